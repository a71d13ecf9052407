/* What is kept, shown on papers in lists, on a paper's own page and in the header. */

import { button, element } from "../dom.js";
import { has, keep, state } from "./store.js";

const all = (selector) => document.querySelectorAll(selector);
const site = document.documentElement;

/** {slug, title} of an element with data-paper: a paper in a list, or the buttons of its page. */
export function paperOf(item) {
  const { paper, title } = item.dataset;
  return { slug: paper, title: title ?? item.querySelector(":is(h2, h3) a").textContent };
}

function control(item) {
  const save = button("ps-keep__button", "");
  save.dataset.keep = "saved";
  save.setAttribute("aria-label", `Save “${paperOf(item).title}”`);
  return element("div", "ps-keep", save, element("span", "ps-keep__state"));
}

function show(item) {
  const slug = item.dataset.paper;
  if (!item.querySelector("[data-keep]")) item.append(control(item));
  for (const each of item.querySelectorAll("[data-keep]")) each.ariaPressed = has(each.dataset.keep, slug);
  const read = has("read", slug);
  item.toggleAttribute("data-read", read);
  const words = (read && "Read") || (has("fresh", slug) && "New") || "";
  const said = item.querySelector(".ps-keep__state");
  if (said && said.textContent !== words) said.textContent = words;
}

function showAll() {
  for (const item of all("[data-paper]")) show(item);
  site.toggleAttribute("data-hide-read", state.hideRead);
  site.dataset.keys = state.keys ? "on" : "off";
  site.dataset.aids = ""; // start.js need not hear the buttons any more
  const fresh = Object.keys(state.fresh).length;
  for (const link of all("[data-saved-link]")) {
    link.toggleAttribute("data-new", fresh > 0);
    link.ariaLabel = fresh ? `Saved papers; ${fresh} new on the list` : "Saved papers";
  }
  if (state.hideRead) import("./hidden.js").then(({ count }) => count());
}

document.addEventListener("click", ({ target }) => {
  const pressed = target.closest?.("[data-keep]");
  if (pressed) keep(pressed.dataset.keep, [paperOf(pressed.closest("[data-paper]"))], pressed.ariaPressed !== "true");
  else if (target.closest?.("[data-basket-all]")) import("./gather.js").then(({ gather }) => gather());
});
document.addEventListener("papershelf:kept", showAll);
// Browse makes its list anew with every choice; Material may exchange the page.
new MutationObserver(showAll).observe(document.body, { childList: true, subtree: true });
showAll();
if (Date.now() - (state.visit.at ?? 0) > 60_000) import("./visits.js").then(({ visit }) => visit());
