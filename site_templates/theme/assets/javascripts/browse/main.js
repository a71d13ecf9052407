/* The browse page: all papers, searched, filtered and sorted, each state at its own address. */

import { button, element, plural } from "../dom.js";
import { file, root as site } from "../search/data.js";
import { showActive } from "./active.js";
import { Facets } from "./facets.js";
import { Papers } from "./papers.js";
import { item } from "./results.js";
import { MANY, format, parse, usualSort } from "./state.js";

const PAGE = 20;
const WAIT = 220;
const TOPICS_SHOWN = { cards: 4, rows: 3 };

const page = document.querySelector("[data-browse]");
const part = (name) => page.querySelector(`[data-browse-${name}]`);
const form = part("form");
const list = page.querySelector("[data-results]");
const facets = new Facets(part("facets"));
const top = history.state?.top; // how far the list was scrolled when the reader left it

let papers; // once they are loaded
let state = parse(location.search);
let matching; // matches.js, once something is searched for
let verbatim = false; // the words as typed, whatever their spelling
let turn = 0; // grows with every change: work for older ones is dropped
let timer;

/** Take over a change, and what stands in the field. step: whether "back" leads to what was before. */
function go(change, step = true) {
  clearTimeout(timer);
  const { q } = state;
  state = { ...state, q: form.elements.q.value.trim(), page: 1, ...change };
  if (state.q !== q) verbatim = false;
  history[step ? "pushState" : "replaceState"](null, "", location.pathname + format(state));
  return update();
}

/** What was typed and chosen before this script ran: that counts, too. */
function already() {
  const { q, sort, view } = form.elements;
  q.value ||= state.q;
  for (const name of MANY) state[name] = [...new Set([...state[name], ...facets.chosen(name)])];
  if (sort.value !== "newest") state.sort = sort.value;
  return { view: view.value || state.view, page: state.page };
}

async function update() {
  const mine = (turn += 1);
  showControls();
  if (!papers) return;
  page.toggleAttribute("data-busy", true);
  try {
    const searched = await search();
    const fitting = papers.fitting(searched.rows, state);
    const rows = await papers.sorted(fitting, state.sort || usualSort(state));
    const shown = rows.slice(0, PAGE * state.page);
    const items = await Promise.all(shown.map((row) => listItem(row, searched)));
    if (mine !== turn) return;
    facets.update((name) => papers.counts(name, searched.rows, state, fitting));
    showResults(items, shown, searched);
    showCount(rows.length, shown.length);
    showNotes(searched, rows.length);
  } catch {
    if (mine !== turn) return;
    list.replaceChildren();
    showCount(0, 0);
    note([element("p", "", "The search could not be loaded."), button("ps-link", "Try again", update)]);
  }
  page.toggleAttribute("data-busy", false);
}

/** The papers before filtering, in the order of the match, as matches.js says. */
async function search() {
  if (!state.q) return { rows: [...Array(papers.size).keys()], text: (words) => [words], paper: fromCard };
  matching ??= await import("./matches.js");
  return matching.matches(state, verbatim);
}

async function fromCard(row) {
  const card = await papers.card(row);
  return { ...card, href: new URL(card.url, site).href, passage: [] };
}

async function listItem(row, { text, paper }) {
  const topics = papers.values("tag", row).slice(0, TOPICS_SHOWN[state.view]);
  const has = papers.values("has", row);
  return item(await paper(row), {
    topics: topics.map((id) => ({
      name: facets.label("tag", id),
      facet: facets.facetOf(id),
      href: new URL(`tags/${id}/`, site).href,
    })),
    facts: {
      venue: papers.values("venue", row)[0] ?? "",
      code: has.includes("code"),
      pick: has.includes("pick"),
      listed: papers.columns.listed[row],
    },
    view: state.view,
    text,
  });
}

function showResults(items, rows, { grouped }) {
  const view = (some) => element("ul", `ps-${state.view}`, ...some);
  list.replaceChildren(...(grouped ? grouped(items, rows, view) : [view(items)]));
}

function showCount(count, shown) {
  const all = plural(papers.size, "paper");
  part("count").textContent = count === papers.size ? all : `${count.toLocaleString("en")} of ${all}`;
  const more = part("more");
  const left = count - shown;
  more.hidden = !left;
  more.querySelector("button").textContent = `Show ${Math.min(left, PAGE)} more`;
  more.querySelector("span").textContent = `${shown} of ${count.toLocaleString("en")} shown`;
}

function note(notes) {
  part("note").replaceChildren(...notes);
  part("note").hidden = !notes.length;
}

function showNotes({ rows, notes }, count) {
  const again = () => {
    verbatim = true;
    update();
  };
  if (rows.length && !count) note([element("p", "", "No paper fits all of these filters.")]);
  else note(notes?.((q) => go({ q }), again) ?? []);
}

function showControls() {
  const { q, sort, view } = form.elements;
  if (q.value.trim() !== state.q) q.value = state.q;
  const [best] = sort.options;
  best.hidden = best.disabled = !state.q;
  sort.value = state.sort || usualSort(state);
  view.value = state.view;
  const chosen = showActive(part("active"), state, (name, value) => facets.label(name, value), go);
  part("chosen").textContent = chosen ? `(${chosen})` : "";
  facets.check(state);
}

form.addEventListener("input", ({ target }) => {
  if (target.name !== "q") return;
  clearTimeout(timer);
  timer = setTimeout(go, WAIT, {}, false);
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (form.elements.q.value.trim() !== state.q) go({});
});

form.addEventListener("change", ({ target }) => {
  if (target.id === "sort") go({ sort: target.value });
  else if (target.name === "view") go({ view: target.value, page: state.page });
});

part("facets").addEventListener("change", ({ target }) => go({ [target.name]: facets.chosen(target.name) }));

part("fold").addEventListener("click", ({ currentTarget }) => {
  const open = currentTarget.getAttribute("aria-expanded") !== "true";
  currentTarget.setAttribute("aria-expanded", String(open));
});

part("more").querySelector("button").addEventListener("click", async () => {
  const at = list.querySelectorAll("li > article").length;
  await go({ page: state.page + 1 });
  list.querySelectorAll("h3 a")[at]?.focus({ preventScroll: true });
});

part("copy").addEventListener("click", async ({ currentTarget }) => {
  await navigator.clipboard.writeText(location.href);
  currentTarget.textContent = "Copied";
  setTimeout(() => (currentTarget.textContent = "Copy link"), 2000);
});

addEventListener("popstate", () => {
  state = parse(location.search);
  verbatim = false;
  update();
});

// Whoever comes back from a paper finds the list where it was left.
addEventListener("pagehide", () => history.replaceState({ top: scrollY }, ""));

part("copy").hidden = !navigator.clipboard; // without https there is none

go(already(), false);
try {
  papers = new Papers(await file("papers.json"), facets.topics);
  facets.fill(papers);
  await go({ page: state.page }, false);
  if (top) scrollTo(0, top);
} catch {
  // Without the search's files there is the plain list.
  page.hidden = true;
  document.querySelector("[data-browse-fallback]").dataset.shown = "";
}
