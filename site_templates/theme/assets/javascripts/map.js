/* The map page: a card for the paper that is pointed at, arrow keys from mark to mark; and of the
   topics that meet, the lines of one alone. Without it, marks are links with titles. */

import { element } from "./dom.js";

const REACH = { touch: 28, mouse: 12 }; // CSS pixels
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function explore(map) {
  const frame = map.querySelector("[data-map-frame]");
  const links = [...frame.querySelectorAll("a")];
  const card = map.appendChild(element("a", "ps-map__card"));
  card.hidden = true;
  card.tabIndex = -1;
  let shown;
  let pointer;

  for (const link of links) {
    const title = link.querySelector("title");
    link.ariaLabel = title.textContent;
    title.remove(); // the card says it, and sooner
  }
  const place = (link) => ["x", "y"].map((axis) => link.querySelector("use")[axis].baseVal.value);
  function nearest(cost, most = Infinity) {
    let best;
    for (const link of links) {
      const value = cost(...place(link));
      if (value < most) [best, most] = [link, value];
    }
    return best;
  }
  function under({ clientX, clientY }, reach) {
    const { left, top } = frame.firstElementChild.getBoundingClientRect();
    return nearest((x, y) => Math.hypot(left + x - clientX, top + y - clientY), reach);
  }
  function show(link) {
    if (link === shown) return;
    shown?.removeAttribute("data-shown");
    shown = link;
    card.hidden = !link;
    if (!link) return;
    link.setAttribute("data-shown", "");
    const [title, note] = link.ariaLabel.split("\n");
    card.href = link.href.baseVal;
    card.replaceChildren(element("strong", "", title), element("span", "ps-quiet", note));
    const [x, y] = place(link);
    const [left, top] = [x - frame.scrollLeft, y - frame.scrollTop];
    card.style.left = `${Math.max(0, Math.min(left + 12, map.clientWidth - card.offsetWidth))}px`;
    card.style.top = `${top > frame.clientHeight / 2 ? top - card.offsetHeight - 12 : top + 12}px`;
  }

  frame.addEventListener("pointerdown", (event) => { pointer = event.pointerType; });
  frame.addEventListener("pointermove", (event) => event.pointerType === "mouse" && show(under(event, REACH.mouse)));
  map.addEventListener("pointerleave", (event) => event.pointerType === "mouse" && show());
  frame.addEventListener("click", (event) => {
    if (pointer !== "touch") return;
    event.preventDefault(); // the first tap shows the card, one on the card opens the paper
    show(under(event, REACH.touch));
  });
  frame.addEventListener("scroll", () => show());

  // One stop for the Tab key; the arrows go on from there.
  links[0]?.setAttribute("tabindex", "0");
  frame.addEventListener("focusin", (event) => show(event.target.closest("a")));
  frame.addEventListener("keydown", (event) => {
    const way = ARROWS[event.key];
    if (!way || !shown) return;
    event.preventDefault();
    const here = place(shown);
    const next = nearest((x, y) => {
      const [right, down] = [x - here[0], y - here[1]];
      const ahead = right * way[0] + down * way[1];
      return ahead > 0 ? ahead + 2 * Math.abs(right * way[1] + down * way[0]) : Infinity;
    });
    shown.setAttribute("tabindex", next ? "-1" : "0");
    next?.setAttribute("tabindex", "0");
    next?.focus();
  });
}

function light(meet) {
  const choose = (event) => {
    const chosen = /leave|out/.test(event.type) ? null : event.target.closest("g, li");
    meet.toggleAttribute("data-chosen", Boolean(chosen));
    const lit = new Set([chosen?.dataset.topic]);
    for (const line of meet.querySelectorAll("g")) {
      const { one, other } = line.dataset;
      const on = line === chosen || chosen?.dataset.topic === one || chosen?.dataset.topic === other;
      line.toggleAttribute("data-lit", on);
      if (on) lit.add(one).add(other);
    }
    for (const item of meet.querySelectorAll("li")) item.toggleAttribute("data-lit", lit.has(item.dataset.topic));
  };
  for (const sign of ["pointerover", "pointerleave", "focusin", "focusout"]) meet.addEventListener(sign, choose);
}

document.querySelectorAll("[data-map]").forEach(explore);
document.querySelectorAll("[data-meet]").forEach(light);
