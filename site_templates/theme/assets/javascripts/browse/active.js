/* The chosen filters as chips, each of which takes its filter away again. */

import { button, element } from "../dom.js";
import { MANY } from "./state.js";

/** Fill `list`. label(name, value): words for a filter; change: takes over a changed state. */
export function showActive(list, state, label, change) {
  const chosen = MANY.flatMap((name) => state[name].map((value) => ({ name, value })));
  const items = chosen.map(({ name, value }) => {
    const words = label(name, value);
    const chip = button("ps-browse__chip", words, () => {
      const at = [...list.children].indexOf(chip.parentElement);
      change({ [name]: state[name].filter((other) => other !== value) });
      // The focus stays where the next press of a key takes the next one away.
      (list.children[Math.min(at, list.children.length - 1)] ?? list).querySelector("button")?.focus();
    });
    chip.setAttribute("aria-label", `Remove filter: ${words}`);
    return element("li", "", chip);
  });
  if (chosen.length) {
    const none = Object.fromEntries(MANY.map((name) => [name, []]));
    items.push(element("li", "", button("ps-link", "Clear all", () => change({ ...none, q: "" }))));
  }
  list.replaceChildren(...items);
  list.hidden = !items.length;
  return chosen.length;
}
