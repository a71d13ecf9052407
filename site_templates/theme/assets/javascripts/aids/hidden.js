/* Says how many papers of a page are hidden because they were read, and shows them again. */

import { button, plural } from "../dom.js";
import { change } from "./store.js";

const pill = button("ps-aids-pill", "", () => change((kept) => (kept.hideRead = false)));

/** Count them anew: marks.js calls it when the page changes. */
export function count() {
  const hidden = document.querySelectorAll(".ps-page li [data-read]").length;
  const words = `${plural(hidden, "read paper")} hidden: show`;
  const wanted = hidden > 0 && document.documentElement.hasAttribute("data-hide-read");
  if (!wanted) pill.remove();
  else if (pill.textContent !== words) pill.textContent = words;
  if (wanted && !pill.isConnected) document.body.append(pill);
}

document.addEventListener("papershelf:kept", count);
