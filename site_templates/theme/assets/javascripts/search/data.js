/* Where the search's files lie, and each of them fetched once. */

// This module is at assets/javascripts/search/ below the root of the site, wherever that is.
export const root = new URL("../../../", import.meta.url);

async function fetchJson(url, options) {
  const answer = await fetch(url, options);
  if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  return answer.json();
}

let opened;
const files = new Map();

/** search/index.json, which names the version of all other files; asked for anew on each visit. */
export function manifest() {
  opened ??= fetchJson(new URL("search/index.json", root), { cache: "no-cache" }).catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

/**
 * The entries that begin with `start`, each of so many values, of those that lie in order in files
 * NAME-0.json, NAME-1.json...; firsts: the first value of each file.
 */
export async function starting(name, firsts, start, values, load = file) {
  const asked = [];
  for (let at = 0; at < firsts.length; at += 1) {
    const tooEarly = at + 1 < firsts.length && firsts[at + 1] < start;
    const tooLate = firsts[at] > start && !firsts[at].startsWith(start);
    if (!tooEarly && !tooLate) asked.push(load(`${name}-${at}.json`));
  }
  const flat = (await Promise.all(asked)).flat();
  const entries = [];
  for (let at = 0; at < flat.length; at += values) {
    if (flat[at].startsWith(start)) entries.push(flat.slice(at, at + values));
  }
  return entries;
}

/** A file of the search data, such as "topics.json". */
export async function file(path) {
  const { version } = await manifest();
  if (!files.has(path)) {
    const fetched = fetchJson(new URL(`search/${version}/${path}`, root));
    fetched.catch(() => files.delete(path));
    files.set(path, fetched);
  }
  return files.get(path);
}
