/* What was typed, as words that the index knows. */

import { all, knows } from "./index.js";
import { read as readWords, saysNothing } from "./words.js";

// Corrections tried for each unknown word; two unknown words are tried in all pairs.
const TRIED = 4;
const MOST_PAIRS = 12;
// Of an unfinished word so many completions are looked for: Pagefind knows words by their stems,
// and "generati" begins neither "generat" (generation) nor what the reader has in mind.
const COMPLETED = 2;
// A correction that makes all words meet in one paper may be e^4 times as unlikely in itself.
const MEETING = 4;

/** Does a word tell what is sought? */
export const tells = ({ text }) => text.length > 1 && !saysNothing(text);

/** The words that tell what is sought; all of them where none does. */
export function telling(words) {
  const found = words.filter(tells);
  return found.length ? found : words;
}

/**
 * Read a query.
 *
 * Returns {words, corrected, missing}: words as [{text, parts, ends, shown}], where a compound that
 * the index knows as one word has several parts, and a last word that is no word yet has its
 * likeliest completions as ends; corrected as [[typed, [words]]]; missing as typed words that are nowhere in
 * the index and like nothing in it.
 */
export async function understand(query, spelling, verbatim) {
  const cut = [];
  for (const { typed, joined, parts } of readWords(query)) {
    const whole = parts.length === 1 || (await knows(joined));
    if (whole) cut.push({ text: joined, parts, ends: [], shown: typed });
    else cut.push(...parts.map(plain));
  }
  if (verbatim) return { words: cut, corrected: [], missing: [] };
  const read = await Promise.all(
    cut.map(async (word, at) => {
      const unfinished = at === cut.length - 1;
      if (word.parts.length > 1 || (await knows(word.text))) return { word, good: true };
      const ends = unfinished ? (await spelling.completions(word.text)).slice(0, COMPLETED) : [];
      return { word: { ...word, ends }, good: ends.length > 0, unfinished };
    }),
  );
  const joined = await join(read);
  const kept = [];
  const missing = [];
  for (const { word, good, unfinished, choices } of joined) {
    const options = choices ?? (good ? [] : await spelling.near(word.text, unfinished));
    if (good || options.length) kept.push({ word, choices: options.slice(0, TRIED) });
    else missing.push(word.text);
  }
  const best = await likeliest(kept);
  return {
    words: best.flatMap((choice, at) => (choice ? choice.words.map(plain) : [kept[at].word])),
    corrected: best.flatMap((choice, at) => (choice ? [[kept[at].word.text, choice.words]] : [])),
    missing,
  };
}

/** A word that is no compound. */
export const plain = (text) => ({ text, parts: [text], ends: [], shown: text });

/** Words cut in two by a stray space, at least one half of which is no word, are made one again. */
async function join(read) {
  const joined = [];
  for (const each of read) {
    const before = joined.at(-1);
    const whole = before && before.word.text + each.word.text;
    if (before && !(before.good && each.good) && !before.choices && (await knows(whole))) {
      const typed = `${before.word.text} ${each.word.text}`;
      joined.splice(-1, 1, { word: plain(typed), choices: [{ words: [whole], score: 0 }] });
    } else joined.push(each);
  }
  return joined;
}

/** For each word the correction (null: none) that together are the likeliest to be meant. */
async function likeliest(kept) {
  let combinations = [[]];
  for (const { choices } of kept) {
    const options = choices.length ? choices : [null];
    combinations = combinations
      .flatMap((chosen) => options.map((choice) => [...chosen, choice]))
      .sort((a, b) => total(b) - total(a))
      .slice(0, MOST_PAIRS);
  }
  if (combinations.length === 1) return combinations[0];
  const scored = await Promise.all(
    combinations.map(async (chosen) => {
      const words = chosen.flatMap((choice, at) => (choice ? choice.words.map(plain) : [kept[at].word]));
      const meet = (await all(telling(words).map(({ text }) => text))).length > 0;
      return { chosen, score: total(chosen) + (meet ? MEETING : 0) };
    }),
  );
  return scored.sort((a, b) => b.score - a.score)[0].chosen;
}

const total = (chosen) => chosen.reduce((sum, choice) => sum + (choice ? choice.score : 0), 0);
