/* Pagefind, loaded when the first search is made. */

import { manifest, root } from "./data.js";

// From here on a search takes long enough to be felt while typing, and a worker is worth its 12 kB.
const WORKER_FROM = 2000;

let opened;

async function load() {
  const { papers, version } = await manifest();
  const pagefind = await import(new URL("pagefind/pagefind.js", root));
  const index = pagefind.createInstance({
    noWorker: papers < WORKER_FROM,
    metaCacheTag: version,
    excerptLength: 28,
  });
  await index.init();
  return index;
}

/** The index; a failure (offline, say) is forgotten, so that the next search tries again. */
export function open() {
  opened ??= load().catch((error) => {
    opened = undefined;
    throw error;
  });
  return opened;
}

// The first part of an id says what kind of page it is (builder/site/bundle.py): a filter would
// be a list of all papers for everybody to load.
const isPaper = ({ id }) => id.startsWith("en_");
const isEdition = ({ id }) => id.startsWith("e_");

const known = new Map();

/** Is this word, in any of its grammatical forms, in the index? */
export async function knows(word) {
  if (!known.has(word)) {
    // In quotation marks Pagefind neither extends nor shortens a word.
    const exact = (await open()).search(`"${word}"`).then(({ results }) => results.length > 0);
    exact.catch(() => known.delete(word));
    known.set(word, exact);
  }
  return known.get(word);
}

// What was answered last: with every sign that is typed most words of a query stay what they were,
// and are asked for again, alone and with others.
const KEPT = 32;
const answers = new Map();

/** Pages that hold all the words: nobody may change what is given. */
function holding(words, filters) {
  const key = JSON.stringify([words, filters]);
  const answer = answers.get(key) ?? open().then((index) => index.search(words.join(" "), { filters })).then(({ results }) => results);
  answer.catch(() => answers.delete(key));
  answers.delete(key);
  answers.set(key, answer);
  if (answers.size > KEPT) answers.delete(answers.keys().next().value);
  return answer;
}

/** Papers that hold all the words, best first: {id, score, data()}. The last may be unfinished. */
export const all = async (words, filters) => (await holding(words, filters)).filter(isPaper);

/** Editions that hold all the words. */
export const allEditions = async (words) => (await holding(words)).filter(isEdition);
