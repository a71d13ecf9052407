/* Entries that lie in order in small files (builder/site/shards.py). */

import { file } from "./data.js";

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
