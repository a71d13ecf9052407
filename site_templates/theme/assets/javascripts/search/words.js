/* Words: how a query and a text are cut into them. The same rules as builder/site/spelling.py. */

/** Lower case, without accents: the form in which words are compared. */
export const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The parts of a word between its hyphens, dots and other signs: "Qwen2.5-Math" -> qwen2, 5, math. */
export const partsOf = (word) => fold(word).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

// Words that say nothing of a subject; they are searched for only where nothing else was typed.
const EMPTY = new Set(
  ("a about an and any are as at be by can do does for from get has have how i in into is it its me my of on " +
    "or our paper papers so some such than that the their them then these they this to toward towards us using via " +
    "was we were what when where which who why will with without you your").split(" "),
);

export const saysNothing = (word) => EMPTY.has(word);

/** The typed words in order, each with its parts; `joined` is how the index knows a compound. */
export function read(query) {
  return query
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ""))
    .map((typed) => ({ typed, parts: partsOf(typed) }))
    .filter(({ parts }) => parts.length)
    .map((word) => ({ ...word, joined: word.parts.join("") }));
}

/** Without the ending of a plural, so that "adapters" meets "adapter". */
export const singular = (word) =>
  word.length > 3 && word.endsWith("s") && !word.endsWith("ss") ? word.slice(0, -1) : word;
