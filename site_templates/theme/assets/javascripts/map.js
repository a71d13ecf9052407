/* The map: a card for the paper that is pointed at or tapped, arrow keys from mark to mark; and of
   the topics that meet, the lines of one alone. Without it, marks are links with titles. */

import { element } from "./dom.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const REACH = { mouse: 8, touch: 28 }; // CSS pixels

function explore(map) {
  const frame = map.querySelector("[data-map-frame]");
  const links = [...frame.querySelectorAll("a")];
  const card = map.appendChild(element("a", "ps-map__card"));
  card.hidden = true;
  card.tabIndex = -1;
  let [shown, pointer, size] = [null, "mouse", 1];

  for (const link of links) {
    const title = link.querySelector("title");
    link.ariaLabel = title.textContent;
    title.remove(); // the card says it, and sooner
  }
  const place = (link) => ["x", "y"].map((axis) => link.lastElementChild[axis].baseVal.value);
  function nearest(cost, most = Infinity) {
    let best = null;
    for (const link of links) {
      const value = cost(...place(link));
      if (value < most) [best, most] = [link, value];
    }
    return best;
  }
  function point(event) {
    const { left, top } = frame.firstElementChild.getBoundingClientRect();
    show(nearest((x, y) => Math.hypot(left + x - event.clientX, top + y - event.clientY), REACH[pointer]));
  }
  function show(link) {
    shown?.removeAttribute("data-shown");
    shown = link;
    card.hidden = !link;
    if (!link) return;
    link.setAttribute("data-shown", "");
    const [title, note] = link.ariaLabel.split("\n");
    card.href = link.href.baseVal;
    card.replaceChildren(element("strong", "", title), element("span", "ps-quiet", note));
    const [x, y] = place(link);
    const [left, top] = [x - frame.scrollLeft + 12, y - frame.scrollTop];
    card.style.left = `${Math.max(0, Math.min(left, map.clientWidth - card.offsetWidth))}px`;
    card.style.top = `${top > frame.clientHeight / 2 ? top - card.offsetHeight - 12 : top + 12}px`;
  }

  for (const sign of ["pointerdown", "pointermove"]) {
    frame.addEventListener(sign, (event) => {
      pointer = event.pointerType === "touch" ? "touch" : "mouse";
      if (pointer === "mouse") point(event);
    });
  }
  frame.addEventListener("click", (event) => {
    if (pointer === "mouse") return;
    event.preventDefault(); // the first tap shows the card, one on the card opens the paper
    point(event);
  });
  map.addEventListener("mouseleave", () => show(null));
  frame.addEventListener("scroll", () => show(null));
  map.addEventListener("change", ({ target }) => { // the size: what was in the middle stays there
    const grow = target.value / size;
    const [width, height] = [frame.clientWidth / 2, frame.clientHeight / 2];
    size = target.value;
    frame.scrollTo((frame.scrollLeft + width) * grow - width, (frame.scrollTop + height) * grow - height);
  });

  // One stop for the Tab key; the arrows go on from there.
  links[0]?.setAttribute("tabindex", "0");
  frame.addEventListener("focusin", ({ target }) => show(target));
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
    if (!next) return;
    shown.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

function light(meet) {
  for (const sign of ["pointerover", "pointerleave", "focusin", "focusout"]) {
    meet.addEventListener(sign, ({ type, target }) => {
      const chosen = /leave|out/.test(type) ? null : target.closest("g, li");
      const topic = chosen?.dataset.topic;
      const lit = new Set([topic]);
      meet.toggleAttribute("data-chosen", Boolean(chosen));
      for (const line of meet.querySelectorAll("g")) {
        const ends = [line.dataset.one, line.dataset.other];
        const on = line === chosen || ends.includes(topic);
        line.toggleAttribute("data-lit", on);
        if (on) ends.forEach((end) => lit.add(end));
      }
      for (const item of meet.querySelectorAll("li")) item.toggleAttribute("data-lit", lit.has(item.dataset.topic));
    });
  }
}

document.querySelectorAll("[data-map]").forEach(explore);
document.querySelectorAll("[data-meet]").forEach(light);
