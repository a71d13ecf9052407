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
