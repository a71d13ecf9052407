/* The keys with which a reader goes through a list. */

import { element } from "../dom.js";
import { paperOf } from "./marks.js";
import { root } from "./place.js";
import { say } from "./say.js";
import { has, keep } from "./store.js";

const TITLE = ":is(h2, h3) a";
const SAID = {
  saved: ["Saved", "No longer saved"],
  read: ["Marked as read", "No longer marked as read"],
  basket: ["Put into the basket", "Taken out of the basket"],
};

let last; // where the reader was, should the focus be elsewhere meanwhile

/** Papers in lists that can be seen. */
const items = () => [...document.querySelectorAll(".ps-page li [data-paper]")].filter(
  (item) => item.querySelector(TITLE)?.checkVisibility(),
);

function here() {
  const item = document.activeElement?.closest?.("[data-paper]") ?? last;
  return item?.isConnected && item.checkVisibility() ? item : undefined;
}

function step(by) {
  const all = items();
  const from = here();
  let at = all.indexOf(from) + by;
  if (!all.includes(from)) at = by > 0 ? all.findIndex((item) => item.getBoundingClientRect().bottom > 0) : -1;
  const item = all[Math.max(at, 0)] ?? all.at(-1);
  if (!item) return;
  last = item;
  const title = item.querySelector(TITLE);
  title.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

/** The paper that a key is meant for: the one in the list, or else the page's own. */
const meant = () => here() ?? document.querySelector(".ps-aids[data-paper]");

function mark(list) {
  const item = meant();
  if (!item) return say("Choose a paper with j or k first.");
  const paper = paperOf(item);
  const wanted = !has(list, paper.slug);
  // A paper that is read may be hidden at once; the reader goes on behind it.
  const next = items()[items().indexOf(item) + 1];
  keep(list, [paper], wanted);
  say(`${SAID[list][wanted ? 0 : 1]}: ${paper.title}`);
  if (!item.checkVisibility() && next) {
    last = next;
    next.querySelector(TITLE).focus();
  }
}

async function cite() {
  const item = meant();
  if (!item) return say("Choose a paper with j or k first.");
  const { slug, title } = paperOf(item);
  try {
    const answer = await fetch(new URL(`papers/${slug}/cite.bib`, root));
    if (!answer.ok) throw new Error(answer.status);
    await navigator.clipboard.writeText(await answer.text());
    say(`BibTeX copied: ${title}`);
  } catch {
    const link = element("a", "", "its citation is on its page");
    link.href = new URL(`papers/${slug}/#cite`, root);
    say("Nothing could be copied; ", link, ".");
  }
}

const ACTIONS = {
  j: () => step(1),
  k: () => step(-1),
  o: () => here()?.querySelector(TITLE)?.click(),
  s: () => mark("saved"),
  x: () => mark("read"),
  b: () => mark("basket"),
  c: cite,
  "?": async () => (await import("./help.js")).show(),
};

/** A key was pressed outside of any field. */
export const press = (key) => ACTIONS[key]();
