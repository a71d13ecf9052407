/* Opens the search: by a button, "/", Ctrl-K or Cmd-K. Everything else is loaded by the first
   sign that somebody wants to search. */

const load = () => import("./search/dialog.js");
const BUTTON = "[data-search-open]";

const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

// A reader may turn off keys without Ctrl (WCAG 2.1.4): assets/javascripts/aids/start.js knows.
const keysOn = () => document.documentElement.dataset.keys !== "off";

async function open() {
  if (!document.querySelector("[data-search]")) return;
  (await load()).open();
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.(BUTTON)) open();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const held = event.ctrlKey || event.metaKey;
  const wanted = held ? event.key.toLowerCase() === "k" && !event.shiftKey : event.key === "/" && !typing(event.target) && keysOn();
  if (!wanted || !document.querySelector("[data-search]")) return;
  event.preventDefault();
  open();
});

// Whoever points at the button will press it in a moment.
for (const sign of ["pointerenter", "focusin"]) {
  document.addEventListener(sign, (event) => event.target.closest?.(BUTTON) && load(), { capture: true });
}
