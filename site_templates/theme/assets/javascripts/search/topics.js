/* The topics that a query names, by their names and synonyms. */

import { file } from "./data.js";
import { partsOf, singular } from "./words.js";

// With fewer letters, only the names of topics are looked at: their synonyms are many.
const LETTERS = 3;

const keyed = (text) => partsOf(text).map(singular);

/** All topics, each with its names: {text, words}, its own name first. */
async function topics() {
  const list = await file("topics.json");
  return list.map((topic) => {
    const texts = [topic.name, topic.id.replaceAll("-", " "), ...topic.aliases];
    return { ...topic, names: texts.map((text) => ({ text, words: keyed(text) })) };
  });
}

/**
 * Topics that the words name in full, the most words first: {topic, used}, where `used` holds the
 * places of the words that name it. The words of a name may stand in any order.
 */
export async function named(words) {
  const typed = words.map(singular);
  const found = [];
  for (const topic of await topics()) {
    let best = [];
    for (const name of topic.names) {
      const used = name.words.map((word) => typed.indexOf(word));
      if (used.length > best.length && !used.includes(-1)) best = used;
    }
    if (best.length) found.push({ topic, used: best });
  }
  return found.sort((a, b) => b.used.length - a.used.length);
}

/**
 * Topics in one of whose names every word begins a word, the closest name first: {topic, as},
 * where `as` is the synonym that fits, or "" if the topic's own name does.
 */
export async function begun(words) {
  const typed = words.map(singular);
  const short = Math.max(...typed.map((word) => word.length)) < LETTERS;
  const found = [];
  for (const topic of await topics()) {
    const names = short ? topic.names.slice(0, 1) : topic.names;
    const fitting = names.filter((name) =>
      typed.every((word) => name.words.some((part) => part.startsWith(word))),
    );
    if (!fitting.length) continue;
    const own = fitting[0] === topic.names[0] || fitting[0] === topic.names[1];
    const length = Math.min(...fitting.map((name) => name.words.length));
    found.push({ topic, as: own ? "" : fitting[0].text, length });
  }
  return found.sort((a, b) => a.length - b.length);
}
