/* A short word at the foot of the window, read out by screen readers too. */

import { element } from "../dom.js";

const SHOWN_FOR = 8000; // milliseconds

const box = element("div", "ps-aids-said");
box.setAttribute("role", "status");
document.body.append(box);
let timer;

/** Say something: strings or nodes. */
export function say(...words) {
  clearTimeout(timer);
  box.replaceChildren(...words);
  timer = setTimeout(() => box.replaceChildren(), SHOWN_FOR);
}
