/* The nearest words of the index to a word that is not in it.

   The words lie in small files, once ordered by their beginnings and once by their ends
   (builder/site/spelling.py): a slip spoils one end of a word and leaves the other, so two or
   three files of a few kB hold every candidate, however many papers there are. */

import { distance } from "./distance.js";
import { starting } from "./shards.js";

const WANTED = 5;
// A third of a word's letters wrong is another word.
const mostSlips = (word) => (word.length < 3 ? 0 : word.length < 7 ? 1 : 2);
const digits = (word) => word.replace(/\D+/g, "");
const reverse = (word) => [...word].reverse().join("");

export class Spelling {
  /** manifest.forward, manifest.backward: the first entry of each file; load(path): its JSON. */
  constructor(manifest, load) {
    this.manifest = manifest;
    this.load = load;
  }

  /** Entries [word, pages] that start with `start`, in one of the two orders. */
  async starting(order, start) {
    const entries = await starting(`words/${order}`, this.manifest[order], start, 2, this.load);
    return order === "forward" ? entries : entries.map(([word, pages]) => [reverse(word), pages]);
  }

  /** Words of the index that begin so, most frequent first. */
  async completions(start) {
    const found = await this.starting("forward", start);
    return found.sort((a, b) => b[1] - a[1]).map(([word]) => word);
  }

  /**
   * Corrections {words, score} of a word, best first; higher scores are likelier.
   * unfinished: the word may still be being typed; most: so many slips at the most.
   */
  async near(word, unfinished, most = mostSlips(word)) {
    if (!most) return [];
    const short = word.length < 6;
    const lists = await Promise.all([
      this.starting("forward", word.slice(0, short ? 1 : 2)),
      this.starting("backward", reverse(word).slice(0, short ? 1 : 3)),
    ]);
    const found = new Map();
    for (const [candidate, pages] of lists.flat()) {
      if (found.has(candidate) || candidate.length < 3) continue;
      // Numbers are not misspelt: "gpt5" is not "gpt4".
      if (digits(candidate) !== digits(word)) continue;
      const slips = distance(word, candidate, most);
      const begun = unfinished && word.length > 3 ? distance(word, candidate, most, true) : Infinity;
      if (word.length === 3 && !shortSlip(word, candidate)) continue;
      const cost = Math.min(slips, begun + 0.4);
      if (cost === Infinity) continue;
      found.set(candidate, { words: [candidate], score: likelihood(word, candidate, cost, pages) });
    }
    const ranked = [...found.values()].sort((a, b) => b.score - a.score).slice(0, WANTED);
    return [...ranked, ...(await this.cuts(word))].sort((a, b) => b.score - a.score);
  }

  /** Two words of the index that were typed without the space between them. */
  async cuts(word) {
    if (word.length < 7) return [];
    const heads = (await this.starting("forward", word.slice(0, 3)))
      .filter(([head]) => head.length <= word.length - 3 && word.startsWith(head))
      .sort((a, b) => b[0].length - a[0].length)
      .slice(0, 3);
    const found = [];
    for (const [head, pages] of heads) {
      const tail = word.slice(head.length);
      const hit = (await this.starting("forward", tail)).find(([candidate]) => candidate === tail);
      if (hit) found.push({ words: [head, tail], score: likelihood(word, word, 1, Math.min(pages, hit[1])) });
    }
    return found;
  }
}

/* Two right letters of three prove little: only a swap, or one letter left out behind the first. */
const shortSlip = (typed, word) =>
  typed[0] === word[0] ? word.length === 4 || sorted(typed) === sorted(word) : sorted(typed) === sorted(word);
const sorted = (word) => [...word].sort().join("");

/* The logarithm of a guess: a slip costs as much as a word that is e^3 times as rare, the first
   letter is seldom the wrong one, and letters are seldom new ones when the same stand there. */
function likelihood(typed, candidate, slips, pages) {
  const first = typed[0] === candidate[0] ? 0 : 0.7;
  const letters = new Set(typed).size === new Set(typed + candidate).size ? 0 : 0.4;
  return 0.5 * Math.log(1 + pages) - 3 * slips - first - letters;
}
