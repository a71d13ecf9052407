/* What a search did beyond the words that were typed, said in words. */

import { button, element } from "../dom.js";

const strong = (text) => element("strong", "", text);

/** Notes on corrected and missing words; `verbatim` searches again for the words as typed. */
export function notesOn(query, found, verbatim) {
  const notes = [];
  if (found.corrected.length) {
    const used = found.words.map(({ shown }) => shown).join(" ");
    notes.push(
      element("p", "", "Showing results for ", strong(used), " instead of ", query, "."),
      button("ps-link", "Search for what I typed", verbatim),
    );
  }
  if (found.missing.length && found.papers.length) {
    const words = found.missing.map((word) => `“${word}”`).join(" and ");
    notes.push(element("p", "", "Nothing here has ", words, "; these have the other words."));
  }
  return notes;
}

/** Notes where nothing was found; `again` searches for a nearer spelling. */
export function nothingFor(query, found, again) {
  const notes = [element("p", "", "Nothing found for ", strong(query), ". Fewer or other words may help.")];
  if (found.nearest) notes.push(button("ps-link", `Try “${found.nearest}”`, () => again(found.nearest)));
  return notes;
}
