/* The dialog that lists the keys, and turns them off (WCAG 2.1.4). */

import { button, element } from "../dom.js";
import { change, state } from "./store.js";

const KEYS = [
  ["j", "next paper"],
  ["k", "previous paper"],
  ["o", "open it"],
  ["s", "save it for later, or no longer"],
  ["x", "mark it as read, or no longer"],
  ["b", "put it into the basket, or take it out"],
  ["c", "copy its citation (BibTeX)"],
  ["/", "search"],
  ["?", "this help"],
];

const on = element("input", "");
on.type = "checkbox";
on.addEventListener("change", () => change((kept) => (kept.keys = on.checked)));

const rows = KEYS.map(([key, what]) => element("div", "", element("dt", "", element("kbd", "", key)), element("dd", "", what)));
const title = element("h2", "", "Keys");
title.id = "aids-help";
const dialog = element(
  "dialog",
  "ps-aids-help",
  title,
  element("dl", "", ...rows),
  element("label", "", on, " These keys are on"),
  element("p", "", "Once off, they are turned on again on the page of saved papers."),
  button("ps-button", "Close", () => dialog.close()),
);
dialog.setAttribute("aria-labelledby", title.id);
dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
document.body.append(dialog);

/** Open it. */
export function show() {
  on.checked = state.keys;
  if (!dialog.open) dialog.showModal();
}
