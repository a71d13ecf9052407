/* The authors that a query names (builder/site/authors.py). */

import { manifest } from "./data.js";
import { starting } from "./shards.js";
import { partsOf } from "./words.js";

// So few letters begin too many names: they must be all of a part, such as "Li".
const LETTERS = 3;

/** Authors each of whom has a part of the name for every word that begins with it, those with the
    most papers first: [{name, url, papers}]. */
export async function authorsNamed(words) {
  const longest = words.toSorted((a, b) => b.length - a.length)[0];
  if (!longest) return [];
  const { authors } = await manifest();
  const begins = (part, word) => (word.length < LETTERS ? part === word : part.startsWith(word));
  const found = new Map();
  for (const [part, name, id, papers] of await starting("authors/authors", authors, longest, 4)) {
    const parts = partsOf(name);
    const isNamed = begins(part, longest) && words.every((word) => parts.some((each) => begins(each, word)));
    if (isNamed) found.set(id, { name, url: `authors/${id}/`, papers });
  }
  return [...found.values()].sort((a, b) => b.papers - a.papers);
}
