/* The topics that a query names, by their names and synonyms. */

import { file } from "./data.js";
import { partsOf, singular } from "./words.js";

const keyed = (text) => partsOf(text).map(singular);

let prepared;

async function topics() {
  prepared ??= file("topics.json").then((list) =>
    list.map((topic) => ({
      ...topic,
      title: keyed(topic.name),
      calls: [topic.name, topic.id.replaceAll("-", " "), ...topic.aliases].map(keyed),
    })),
  );
  return prepared.catch((error) => {
    prepared = undefined;
    throw error;
  });
}

/**
 * Topics that the words name in full, longest name first: {topic, used}, where `used` holds the
 * places of the words that name it. The words of a name may stand in any order.
 */
export async function named(words) {
  const typed = words.map(singular);
  const found = [];
  for (const topic of await topics()) {
    let best = [];
    for (const call of topic.calls) {
      if (call.length <= best.length) continue;
      const used = call.map((word) => typed.indexOf(word));
      if (!used.includes(-1)) best = used;
    }
    if (best.length) found.push({ topic, used: best });
  }
  return found.sort((a, b) => b.used.length - a.used.length);
}

/** Topics in whose name or synonyms every word begins a word; for suggestions while typing. */
export async function begun(words) {
  const typed = words.map(singular);
  const found = [];
  for (const topic of await topics()) {
    const fits = topic.calls.filter((call) =>
      typed.every((word) => call.some((part) => part.startsWith(word))),
    );
    if (fits.length) found.push({ topic, length: Math.min(...fits.map((call) => call.length)) });
  }
  return found.sort((a, b) => a.length - b.length).map(({ topic }) => topic);
}
