/* What the browse page needs only while something is searched for. */

import { element } from "../dom.js";
import { file } from "../search/data.js";
import { find } from "../search/engine.js";
import { excerpt, marked, matcher } from "../search/mark.js";
import { nothingFor, notesOn } from "../search/notes.js";

let rowsById; // Map of the search's id of each paper to its row

/**
 * Search for what a state of the page asks; verbatim: for the words as typed.
 *
 * Returns {rows, text, paper, grouped, notes}: rows in the order of the match; text(words): the nodes
 * of a text with the words marked; paper(row): what `item` in results.js needs to know of a result;
 * grouped(items, rows, view): the lists of items, where view makes one list; notes(search, again):
 * what is to be said, where search(q) searches for something else, and again() for what was typed.
 */
export async function matches({ q, sort }, verbatim) {
  const [found, ids] = await Promise.all([find(q, { verbatim }), file("ids.json")]);
  rowsById ??= new Map(ids.map((id, row) => [id, row]));
  // In an order of the reader's choice, papers that hold only some of the words are in the way.
  const full = found.papers.filter(({ partly }) => !partly);
  const used = sort && full.length ? full : found.papers;
  const known = used.filter(({ id }) => rowsById.has(id));
  const results = new Map(known.map((each) => [rowsById.get(each.id), each]));
  const isMatch = matcher(found.words);
  const paper = async (row) => {
    const page = await results.get(row).data();
    const { title, byline = "", date = "", teaser = "" } = page.meta;
    return { title, byline, date, teaser, href: page.url, passage: excerpt(page, isMatch) };
  };
  const grouped = (items, shown, view) => {
    const [whole, some] = [false, true].map((partly) => items.filter((_, at) => Boolean(results.get(shown[at]).partly) === partly));
    const lists = whole.length ? [view(whole)] : [];
    return some.length ? [...lists, element("p", "ps-label", "With some of the words"), view(some)] : lists;
  };
  const notes = (search, again) => (found.papers.length ? notesOn(q, found, again) : nothingFor(q, found, search));
  return { rows: [...results.keys()], text: (words) => marked(words, isMatch), paper, grouped, notes };
}
