/* All papers that fit the state of the browse page, into the basket. */

import { Facets } from "../browse/facets.js";
import { Papers } from "../browse/papers.js";
import { parse } from "../browse/state.js";
import { element, plural } from "../dom.js";
import { file } from "../search/data.js";
import { root } from "./place.js";
import { say } from "./say.js";
import { keep, state as kept } from "./store.js";

/** {slug, title} of every paper that the address asks for, also of those further down. */
async function fitting() {
  const state = parse(location.search); // the page's address is its state
  const { topics } = new Facets(document.querySelector("[data-browse-facets]"));
  const papers = new Papers(await file("papers.json"), topics);
  let rows = [...Array(papers.size).keys()];
  if (state.q) {
    const { matches } = await import("../browse/matches.js");
    ({ rows } = await matches(state, false));
  }
  const cards = await Promise.all(papers.fitting(rows, state).map((row) => papers.card(row)));
  return cards.map(({ url, title }) => ({ slug: url.split("/").at(-2), title }));
}

/** Put them into the basket, and say so. */
export async function gather() {
  try {
    const papers = await fitting();
    keep("basket", papers);
    const link = element("a", "", `${plural(Object.keys(kept.basket).length, "paper")} in the basket`);
    link.href = new URL("saved/#basket", root);
    say(papers.length ? `${plural(papers.length, "paper")} put into the basket. ` : "No paper fits. ", link);
  } catch {
    say("The papers could not be loaded; nothing was put into the basket.");
  }
}
