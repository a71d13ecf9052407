/* The search dialog: a combo box whose list is filled while the reader types. */

import { button, element, plural } from "../dom.js";
import { authorsNamed } from "./authors.js";
import { root } from "./data.js";
import { find } from "./engine.js";
import { allEditions, open as openIndex } from "./index.js";
import { nothingFor, notesOn } from "./notes.js";
import { render } from "./render.js";
import { begun } from "./topics.js";

// How long a pause in typing must be: the first search has much to load, and so has the beginning
// of a word, which begins many. Else a search is done in 30 ms.
const WAIT = 140;
const WAIT_READY = 30;
const BEGINNING = /(^|[^\p{L}\p{N}])[\p{L}\p{N}]{1,2}$/u;
// One letter begins a tenth of all words: that is much to load, and nothing to find.
const ONE_LETTER = /^[a-z0-9]$/i;
const PAPERS_SHOWN = 10;
const TOPICS_SHOWN = 3;
const AUTHORS_SHOWN = 4;
const EDITIONS_SHOWN = 4;

const dialog = document.querySelector("[data-search]");
const part = (name) => dialog.querySelector(`[data-search-${name}]`);
const input = dialog.querySelector("[role=combobox]");
const list = dialog.querySelector("[role=listbox]");
const [body, note, hint, status] = ["body", "note", "hint", "status"].map(part);

let shown = ""; // the query whose results stand in the list
let turn = 0; // grows with every query: answers to older ones are dropped
let timer;
let openFirst = false;
let ready = false; // a search has been answered

/** The dialog has been opened, and perhaps typed into. */
export function begin() {
  // The reader reads and types while the index is on its way.
  openIndex().catch(() => {});
  const query = input.value.trim();
  if (query !== shown) run(query);
}

const options = () => [...list.querySelectorAll("[role=option]")];
const selected = () => list.querySelector("[aria-selected=true]");
const browse = (query) => new URL(`browse/?q=${encodeURIComponent(query)}`, root).href;

function select(option) {
  selected()?.setAttribute("aria-selected", "false");
  if (!option) return input.removeAttribute("aria-activedescendant");
  option.setAttribute("aria-selected", "true");
  option.scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", option.id);
}

function step(by) {
  const all = options();
  const at = all.indexOf(selected());
  // Beyond either end lies the field itself.
  const next = at === -1 && by < 0 ? all.length - 1 : at + by;
  select(all[next]);
  if (!all[next]) body.scrollTop = 0;
}

function show({ nodes = [], notes = [], said = "", hinted = false }) {
  const chosen = selected()?.href;
  list.replaceChildren(...nodes);
  list.hidden = !nodes.length;
  note.replaceChildren(...notes);
  note.hidden = !notes.length;
  hint.hidden = !hinted;
  status.textContent = said;
  input.setAttribute("aria-expanded", String(nodes.length > 0));
  body.scrollTop = 0;
  // What was chosen while this was on its way stays chosen.
  select(chosen && options().find((option) => option.href === chosen));
}

function nothing(query, found) {
  const link = element("a", "", "Browse all papers");
  link.href = new URL("browse/", root).href;
  return [...nothingFor(query, found, type), link];
}

function type(query) {
  input.value = query;
  input.focus();
  select(null);
  run(query);
}

async function editionsFor(found) {
  if (!found.words.length) return [];
  const pages = await allEditions(found.words.map(({ text }) => text));
  return Promise.all(pages.slice(0, EDITIONS_SHOWN).map((result) => result.data()));
}

const authorsFor = async (found) =>
  (await authorsNamed(found.words.flatMap((word) => word.parts))).slice(0, AUTHORS_SHOWN);

/** Topics that the query names or begins to name: [{topic, as}], see `begun`. */
async function topicsFor(found) {
  const parts = found.words.flatMap((word) => word.parts);
  const begins = parts.length ? await begun(parts) : [];
  const as = new Map(begins.map((each) => [each.topic.id, each.as]));
  const topics = [...found.topics, ...begins.map(({ topic }) => topic)];
  const each = new Map(topics.map((topic) => [topic.id, { topic, as: as.get(topic.id) ?? "" }]));
  return [...each.values()].slice(0, TOPICS_SHOWN);
}

async function run(query, choice) {
  clearTimeout(timer);
  const mine = (turn += 1);
  if (!query || ONE_LETTER.test(query)) {
    shown = "";
    return show({ hinted: true });
  }
  dialog.toggleAttribute("data-busy", true);
  try {
    const found = await find(query, choice);
    if (mine !== turn) return;
    const [pages, authors, editions, topics] = await Promise.all([
      Promise.all(found.papers.slice(0, PAPERS_SHOWN).map((paper) => paper.data())),
      authorsFor(found),
      editionsFor(found),
      topicsFor(found),
    ]);
    if (mine !== turn) return;
    shown = query;
    ready = true;
    const count = found.papers.length;
    const papers = pages.map((page, at) => ({ page, partly: Boolean(found.papers[at].partly) }));
    const any = count || authors.length || editions.length || topics.length;
    show({
      nodes: any ? render({ found, papers, authors, editions, topics, more: { url: browse(query), count } }) : [],
      notes: any ? notesOn(query, found, () => run(query, { verbatim: true })) : nothing(query, found),
      said: count ? `${plural(count, "paper")} found` : "No paper found",
    });
    if (openFirst) follow(options()[0]);
  } catch {
    if (mine !== turn) return;
    const again = button("ps-link", "Try again", () => run(query, choice));
    show({ notes: [element("p", "", "The search could not be loaded."), again], said: "The search could not be loaded" });
  } finally {
    if (mine === turn) {
      dialog.toggleAttribute("data-busy", false);
      openFirst = false;
    }
  }
}

function follow(option, newTab = false) {
  if (!option) return;
  if (newTab) window.open(option.href, "_blank", "noopener");
  else location.assign(option.href);
}

input.addEventListener("input", () => {
  clearTimeout(timer);
  openFirst = false;
  select(null);
  const query = input.value.trim();
  const wait = ready && !BEGINNING.test(query) ? WAIT_READY : WAIT;
  if (query) timer = setTimeout(run, wait, query);
  else run("");
});

input.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    step(event.key === "ArrowDown" ? 1 : -1);
  } else if (event.key === "Enter") {
    event.preventDefault();
    const query = input.value.trim();
    const option = selected() ?? (shown === query ? options()[0] : null);
    if (option) follow(option, event.ctrlKey || event.metaKey);
    else if (query && shown !== query) {
      // Faster than the search: the first result opens when it is there.
      run(query);
      openFirst = true;
    }
  }
});

dialog.addEventListener("click", (event) => {
  const outside = event.target === dialog;
  if (!outside && !event.target.closest("[data-search-close]")) return;
  event.preventDefault(); // or its own command would close it a second time
  dialog.close();
});
