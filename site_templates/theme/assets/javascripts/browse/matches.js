/* What the browse page needs only while something is searched for. */

import { find } from "../search/engine.js";
import { excerpt, marked, matcher } from "../search/mark.js";
import { nothingFor, notesOn } from "../search/notes.js";

export { nothingFor, notesOn };

/**
 * Search; verbatim: for the words as typed.
 *
 * Returns {found, text, paper}: what `find` says; text(words): the nodes of a text with the words
 * marked; paper(result): what `item` in results.js needs to know of a result.
 */
export async function matches(query, verbatim) {
  const found = await find(query, { verbatim });
  const isMatch = matcher(found.words);
  const paper = async (result) => {
    const page = await result.data();
    const { title, byline = "", date = "", teaser = "" } = page.meta;
    return { title, byline, date, teaser, href: page.url, passage: excerpt(page, isMatch) };
  };
  return { found, text: (words) => marked(words, isMatch), paper };
}
