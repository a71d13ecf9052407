/* The list from which the reader opens a paper: kept in this tab, for "previous" and "next". */

import { KEY } from "./place.js";

export const TRAIL = `${KEY}trail`;

addEventListener("click", ({ target }) => {
  const link = target.closest?.("[data-paper] :is(h2, h3) a");
  const name = document.querySelector(".ps-head h1"); // pages that are lists have one
  const list = name && link?.closest("ul, ol");
  if (!list) return;
  const links = [...list.querySelectorAll("[data-paper] :is(h2, h3) a")];
  const papers = links.map((each) => ({ url: each.href, title: each.textContent }));
  try {
    sessionStorage.setItem(TRAIL, JSON.stringify({ from: location.pathname, name: name.textContent, papers }));
  } catch {
    // Without storage the paper's page leads through its newest edition.
  }
});

function around() {
  try {
    if (sessionStorage.getItem(TRAIL) && document.querySelector(".ps-paper")) import("./around.js").then(({ lead }) => lead());
  } catch {
    // As above.
  }
}

document.addEventListener("papershelf:page", around); // see instant.js
around();
