/* Texts with the words that were looked for marked, as DOM nodes: nothing is parsed as HTML. */

import { telling } from "./understand.js";
import { partsOf } from "./words.js";

// The ending that a word's other forms do not share, and what it doubles: planned, plan.
const ENDING = /(?:ations?|ings?|ions?|ities|ity|ies|es|ed|s|y|e)$/;
const stem = (word) => (word.length > 4 ? word.replace(ENDING, "").replace(/([bdfgmnprt])\1$/, "$1") : word);

/** A test whether a word of a text is one of those looked for, or a form or an extension of it. */
export function matcher(words) {
  const stems = telling(words).flatMap(({ text, parts }) => [text, ...parts]).filter((word) => word.length > 1).map(stem);
  return (word) => partsOf(word).some((part) => stems.some((start) => part.startsWith(start)));
}

// A word with what is inside it: hyphens, dots, apostrophes.
const WORD = /([\p{L}\p{N}]+(?:[-.'’][\p{L}\p{N}]+)*)/u;

/** The nodes of a text. */
export function marked(text, isMatch) {
  return text.split(WORD).map((piece) => (isMatch(piece) ? mark(piece) : document.createTextNode(piece)));
}

function mark(text) {
  const node = document.createElement("mark");
  node.textContent = text;
  return node;
}

const LENGTH = 28;
// Words of the title and of names weigh more than this; an excerpt is of what is said of the paper.
const TEXT_WEIGHT = 3.5;

/** The nodes of the passage of a page that holds most of the words; [] where none does. */
export function excerpt(page, isMatch) {
  const words = page.raw_content.split(/\s+/);
  const hits = page.weighted_locations.filter(({ weight }) => weight <= TEXT_WEIGHT).map(({ location }) => location);
  if (!hits.length) return [];
  let best = { start: 0, held: 0 };
  for (const start of hits) {
    const inside = hits.filter((hit) => hit >= start && hit < start + LENGTH - 6);
    const held = new Set(inside.map((hit) => partsOf(words[hit] ?? "").join("").slice(0, 5))).size + inside.length / 100;
    if (held > best.held) best = { start, held };
  }
  // From the beginning of the sentence, if that is near.
  let start = Math.max(0, best.start - 6);
  for (let at = best.start; at > start; at -= 1) if (/[.?!:]$/.test(words[at - 1])) start = at;
  const passage = words.slice(start, start + LENGTH).join(" ").replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const more = start + LENGTH < words.length ? "\u00a0…" : "";
  return marked((start ? "… " : "") + passage + more, isMatch);
}
