/* From typed words to ranked papers.

   Pagefind finds the pages that hold all words. What a reader half remembers needs more:
   - a word that the index does not know is replaced by its nearest spelling (understand.js);
   - "low-rank" is looked for as one word and as two, "lin fusion" as two and as one;
   - papers on a topic that the query names are lifted, and listed even without the words;
   - where few papers hold all words, those that hold most of them follow. */

import { file, manifest } from "./data.js";
import { all, knows } from "./index.js";
import { Spelling } from "./spelling.js";
import { named } from "./topics.js";
import { partsOf } from "./words.js";
import { plain, telling, tells, understand } from "./understand.js";

// With fewer papers that hold all words, those with most of them follow, up to MOST_PARTLY.
const ENOUGH = 10;
const MOST_PARTLY = 20;
// A paper that does not hold all words must hold so much of their weight, or of their number.
const PART = 0.5;
const TOPIC_LIFT = 2;
// So many of the papers that hold a topic's name must be on the topic, if more than it was typed.
const MEANT = 0.5;

/**
 * Search for papers.
 *
 * verbatim: take every word as it was typed. Returns
 * - papers: [{id, partly, data()}], best first; `partly` where the paper does not hold all words
 * - words: those that were looked for; corrected, missing: as `understand` says
 * - topics: those that the query names
 * - nearest: where nothing is found, the index's word nearest to a missing one, or ""
 */
export async function find(query, { verbatim = false } = {}) {
  const quoted = /^\s*["“](.+)["”]\s*$/.exec(query);
  if (quoted) {
    const papers = await all([`"${quoted[1]}"`]);
    const words = quoted[1].split(/\s+/).map(plain);
    return { papers: ranked(papers), words, corrected: [], missing: [], topics: [], nearest: "" };
  }
  const spelling = new Spelling(await manifest(), file);
  const { words, corrected, missing } = await understand(query, spelling, verbatim);
  // Of "the zyxw" nothing is left to look for, and of "the who" everything.
  const sought = missing.length && !words.some(tells) ? [] : telling(words);
  if (!sought.length) {
    return { papers: [], words: [], corrected, missing, topics: [], nearest: await guess(spelling, missing) };
  }
  const parts = sought.flatMap((word) => word.parts);
  const topics = await named(parts);
  const topic = await onTopic(topics[0], parts);

  const tiers = await withAll(sought);
  const few = new Set(tiers.flat().map(({ id }) => id)).size < ENOUGH;
  const partly = (few || topic.ids.size) && parts.length > 1 ? await withSome(sought) : [];
  tiers.push(topic.rest.map((result) => ({ ...result, score: scoreIn(partly, result.id) })));
  for (const tier of tiers) {
    for (const result of tier) if (topic.ids.has(result.id)) result.score *= topic.lift;
  }
  const papers = unique(tiers.flatMap(ranked));
  if (few) {
    const held = new Set(papers.map(({ id }) => id));
    const more = ranked(partly.filter(({ id, share }) => share > PART && !held.has(id)));
    papers.push(...more.slice(0, MOST_PARTLY).map((result) => ({ ...result, partly: true })));
  }
  const nearest = papers.length ? "" : await guess(spelling, missing);
  return { papers, words, corrected, missing, topics: topics.map((each) => each.topic), nearest };
}

/** The index's word nearest to the first of the missing words that has one, or "". */
async function guess(spelling, missing) {
  for (const word of missing) {
    const [best] = await spelling.near(word, false, 3);
    if (best) return best.words.join(" ");
  }
  return "";
}

/* Stable: what is equal stays in the order in which Pagefind gave it. */
const ranked = (results) => [...results].sort((a, b) => b.score - a.score);

const scoreIn = (results, id) => results.find((result) => result.id === id)?.score ?? 0;

function unique(results) {
  const seen = new Set();
  return results.filter(({ id }) => !seen.has(id) && seen.add(id));
}

const copies = (results, factor = 1) =>
  results.map(({ id, score, data }) => ({ id, score: score * factor, data }));

/** Papers that hold all words: first as typed or with two words made one, then compounds in parts. */
async function withAll(sought) {
  const texts = sought.map(({ text }) => text);
  const readings = [texts];
  for (let at = 0; at + 1 < texts.length; at += 1) {
    const joined = texts[at] + texts[at + 1];
    if (await knows(joined)) readings.push(texts.toSpliced(at, 2, joined));
  }
  for (const end of sought.at(-1)?.ends ?? []) readings.push(texts.with(-1, end));
  const best = new Map();
  for (const reading of readings) {
    for (const result of copies(await all(reading))) {
      if (!(best.get(result.id)?.score >= result.score)) best.set(result.id, result);
    }
  }
  const tiers = [[...best.values()]];
  const parts = sought.flatMap((word) => word.parts);
  if (parts.length > texts.length) tiers.push(copies(await all(parts)));
  return tiers;
}

/**
 * Papers on the topic that a query names: `ids` of all, and `rest`: those that hold the words that
 * do not name it. None where the naming words mostly mean something else: "search" may be another
 * word for retrieval, but most papers that hold it are about something else.
 */
async function onTopic(name, parts) {
  if (!name) return { ids: new Set(), rest: [], lift: 1 };
  const filters = { tag: [name.topic.name] };
  // A search for no word would load the whole index; every word of a topic's name is in its papers.
  const longest = partsOf(name.topic.name).sort((a, b) => b.length - a.length)[0];
  const tagged = await all([longest], filters);
  const ids = new Set(tagged.map(({ id }) => id));
  const others = parts.filter((_, at) => !name.used.includes(at));
  if (!others.length) return { ids, rest: copies(tagged), lift: 1 + TOPIC_LIFT };
  const naming = await all(parts.filter((_, at) => name.used.includes(at)));
  const share = naming.filter(({ id }) => ids.has(id)).length / Math.max(1, naming.length);
  const rest = share < MEANT ? [] : copies(await all(others, filters));
  return { ids, rest, lift: 1 + share * TOPIC_LIFT };
}

/**
 * Papers that hold some of the words: [{id, score, share, data()}].
 *
 * share: of the words' number or weight, whichever is more, where a word weighs the logarithm of
 * its rarity. The score is what Pagefind gives for each word alone, by the share of the weight:
 * holding one word often is not holding two.
 */
async function withSome(sought) {
  const { papers } = await manifest();
  const texts = new Set(sought.flatMap((word) => word.ends[0] ?? word.parts));
  const found = new Map();
  let weights = 0;
  for (const text of texts) {
    const results = await all([text]);
    const weight = Math.log((papers + 1) / (results.length + 1));
    weights += weight;
    for (const { id, score, data } of results) {
      const result = found.get(id) ?? { id, score: 0, weight: 0, words: 0, best: 0 };
      result.score += score;
      result.weight += weight;
      result.words += 1;
      // The passage that is shown is of the word that counts most.
      if (score > result.best) Object.assign(result, { best: score, data });
      found.set(id, result);
    }
  }
  return [...found.values()].map(({ id, score, weight, words, data }) => {
    const part = weights ? weight / weights : 0;
    return { id, data, score: score * part, share: Math.max(part, words / texts.size) };
  });
}
