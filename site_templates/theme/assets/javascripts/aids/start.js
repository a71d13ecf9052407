/* The reader's own marks, and the keys. Nothing of them is loaded before there is a mark to show
   or a person to make one. */

import { KEY } from "./place.js";
import "./trail.js";

const SIGNS = ["pointermove", "pointerdown", "focusin", "keydown", "scroll"];
const KEYS = "jkosxbc?";

function marks() {
  for (const sign of SIGNS) removeEventListener(sign, marks);
  import("./marks.js");
}

let kept;
try {
  kept = JSON.parse(localStorage.getItem(KEY));
} catch {
  // No storage, or not ours: as on the first visit.
}
if (kept?.keys === false) document.documentElement.dataset.keys = "off";
if (kept) marks();
else for (const sign of SIGNS) addEventListener(sign, marks, { passive: true });

// A button that stands in the page may be pressed before marks.js is there to hear it.
addEventListener("click", ({ target }) => {
  const pressed = !("aids" in document.documentElement.dataset) && target.closest?.(".ps-aids button, [data-basket-all]");
  if (pressed) import("./marks.js").then(() => pressed.click());
});

if (document.querySelector("#__config")?.textContent.includes("navigation.instant")) import("../instant.js");

const typing = (node) => node.isContentEditable
  || node.matches?.("textarea, select, input:not([type=checkbox], [type=radio])");

let triage;
addEventListener("keydown", async (event) => {
  if (!KEYS.includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.defaultPrevented || event.isComposing || typing(event.target)) return;
  if (document.documentElement.dataset.keys === "off" || document.querySelector("dialog[open]")) return;
  // One promise, for keys pressed before it is fulfilled have to wait in their order.
  triage ??= import("./triage.js");
  (await triage).press(event.key);
});
