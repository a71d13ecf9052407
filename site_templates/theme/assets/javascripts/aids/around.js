/* "Previous" and "next" on a paper's page, in the list from which the reader came. */

import { element } from "../dom.js";
import { TRAIL } from "./trail.js";

const ARROWS = { before: "M13 8H3.5M7 4 3 8l4 4", after: "M3 8h9.5M9 4l4 4-4 4" };

function arrow(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.classList.add("ps-icon");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(svg.namespaceURI, "path");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function step(side, words, paper) {
  const text = element("span", "", element("span", "ps-quiet", words), " ", element("span", "", paper.title));
  const parts = [arrow(ARROWS[side]), text];
  const link = element("a", `ps-around__${side}`, ...(side === "before" ? parts : parts.reverse()));
  link.href = paper.url;
  link.rel = side === "before" ? "prev" : "next";
  return link;
}

/** Did the reader come here from that list, or from one of its papers? */
function came({ from, papers }, before) {
  if (!before) return true; // hosts may keep it back
  const { pathname } = new URL(before);
  return pathname === from || papers.some(({ url }) => new URL(url).pathname === pathname);
}

/** Put them into the page. */
export function lead() {
  const trail = JSON.parse(sessionStorage.getItem(TRAIL));
  const at = trail.papers.findIndex(({ url }) => new URL(url).pathname === location.pathname);
  if (at < 0 || trail.papers.length < 2 || !came(trail, document.referrer)) return;
  const nav = document.querySelector("nav.ps-around") ?? element("nav", "ps-around");
  const [before, after] = [trail.papers[at - 1], trail.papers[at + 1]];
  nav.setAttribute("aria-label", `In ${trail.name}`);
  nav.replaceChildren(
    ...(before ? [step("before", `Before it in ${trail.name}`, before)] : []),
    ...(after ? [step("after", `After it in ${trail.name}`, after)] : []),
  );
  if (!nav.isConnected) document.querySelector(".ps-page").append(nav);
}
