/* Opens the search: by a button, "/", Ctrl-K or Cmd-K. Everything else is loaded by the first
   sign that somebody wants to search. */

const dialog = document.querySelector("[data-search]");
const load = () => import("./search/dialog.js");
const atButton = ({ target }) => target.closest?.("[data-search-open]");
const typing = (target) => target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

// A reader may turn off keys without Ctrl (WCAG 2.1.4): assets/javascripts/aids/start.js knows.
const keysOn = () => document.documentElement.dataset.keys !== "off";

/** At once: dialog.js begins with what has been typed until it is there. */
async function open() {
  if (!dialog) return;
  if (!dialog.open) {
    dialog.showModal();
    dialog.querySelector("[role=combobox]").select();
  }
  (await load()).begin();
}

// Its button opens it without this script where the browser knows how.
if (dialog?.open) open();

document.addEventListener("click", (event) => {
  if (!atButton(event)) return;
  event.preventDefault(); // or its own command would open it a second time
  open();
});

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || event.altKey) return;
  const held = event.ctrlKey || event.metaKey;
  const wanted = held ? event.key.toLowerCase() === "k" && !event.shiftKey : event.key === "/" && !typing(event.target) && keysOn();
  if (!wanted || !dialog) return;
  event.preventDefault();
  open();
});

// Whoever points at the button will press it in a moment.
for (const sign of ["pointerenter", "focusin"]) {
  document.addEventListener(sign, (event) => atButton(event) && load(), { capture: true });
}
