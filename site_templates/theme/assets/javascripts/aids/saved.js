/* The page of what is kept: lists, files, settings. */

import { button, element, plural } from "../dom.js";
import { FORMATS, collect, download } from "./formats.js";
import { root } from "./place.js";
import { say } from "./say.js";
import { change, keep, state } from "./store.js";
import { BadFile, read, write } from "./transfer.js";
import { changes, rename } from "./visits.js";

const page = document.querySelector("[data-saved]");
const part = (name) => page.querySelector(`[data-saved-${name}]`);
const GONE = { saved: "Remove", read: "Not read", basket: "Take out", fresh: "" };
const day = new Intl.DateTimeFormat("en-US", { year: "numeric", month: "short", day: "numeric" });

const slugs = (list) => Object.keys(state[list]).sort((a, b) => state[list][b].at - state[list][a].at || (a < b ? -1 : 1));

function row(list, slug) {
  const { title, at } = state[list][slug];
  const link = element("a", "", title);
  link.href = new URL(`papers/${slug}/`, root);
  const article = element("article", "ps-row", element("h3", "ps-row__title", link));
  article.dataset.paper = slug;
  const actions = element("p", "ps-meta");
  if (GONE[list]) {
    actions.append(element("span", "", day.format(at)));
    const gone = button("ps-link", GONE[list], () => remove(list, slug));
    gone.setAttribute("aria-label", `${GONE[list]}: ${title}`);
    actions.append(element("span", "", gone));
  }
  article.append(actions);
  return element("li", "", article);
}

function remove(list, slug) {
  const paper = { slug, ...state[list][slug] };
  const at = slugs(list).indexOf(slug);
  keep(list, [paper], false);
  const undo = button("ps-link", "Undo", () => change((kept) => (kept[list][slug] = { title: paper.title, at: paper.at })));
  say(`${paper.title} was removed. `, undo);
  // The focus stays where the next press takes the next one away.
  const rest = part(list).querySelectorAll("li .ps-link");
  (rest[at] ?? rest[rest.length - 1] ?? part(list).querySelector("h2")).focus();
}

function clear(list) {
  const before = state[list];
  change((kept) => (kept[list] = {}));
  const undo = button("ps-link", "Undo", () => change((kept) => (kept[list] = { ...before, ...kept[list] })));
  say(`${plural(Object.keys(before).length, "paper")} removed. `, undo);
}

async function take(list, ending) {
  const wanted = slugs(list);
  const { name, type } = FORMATS[ending];
  const { text, missing } = await collect(wanted, ending, (done) => say(`${done} of ${wanted.length} …`));
  const titles = missing.map((slug) => state[list][slug]?.title ?? slug);
  if (missing.length < wanted.length) download(`papers-${list}.${ending}`, type, text);
  const left = missing.length && `Left out, for they could not be loaded: ${titles.join("; ")}.`;
  say(left || `${plural(wanted.length, "paper")} as ${name}.`);
}

function showLists() {
  for (const list of Object.keys(GONE)) {
    const section = part(list);
    const all = slugs(list);
    const shown = section.querySelector("ul.ps-rows");
    // What did not change stays: so does the focus in it.
    const known = all.join(" ");
    if (shown.dataset.slugs !== known) shown.replaceChildren(...all.map((slug) => row(list, slug)));
    shown.dataset.slugs = known;
    section.querySelector("[data-count]").textContent = all.length || "";
    section.querySelector("[data-none]").hidden = all.length > 0;
    shown.hidden = !all.length;
    for (const some of section.querySelectorAll("[data-some]")) some.hidden = !all.length;
  }
  for (const input of page.querySelectorAll("[data-setting]")) input.checked = state[input.dataset.setting];
}

async function bring(file) {
  const note = part("note");
  try {
    const lists = read(await file.text());
    // A file may be older than a paper's name.
    await changes().then(({ moved }) => rename(lists, moved)).catch(() => {});
    let count = 0;
    change((kept) => {
      for (const [list, papers] of Object.entries(lists)) {
        for (const [slug, paper] of Object.entries(papers)) {
          if (!Object.hasOwn(kept[list], slug)) count += 1;
          kept[list][slug] ??= paper;
        }
      }
    });
    note.textContent = count ? `${plural(count, "mark")} added.` : "Everything in this file was here already.";
  } catch (error) {
    if (!(error instanceof BadFile)) throw error;
    note.textContent = error.message;
  }
}

page.addEventListener("click", ({ target }) => {
  const list = target.closest("[data-list]")?.dataset.list;
  if (target.matches("[data-take]")) take(list, target.dataset.take);
  else if (target.matches("[data-clear]")) clear(list);
  else if (target.matches("[data-export]")) download("papershelf.json", "application/json", write(state));
  else if (target.matches("[data-keys]")) import("./help.js").then(({ show }) => show());
});
page.addEventListener("change", ({ target }) => {
  const { setting } = target.dataset;
  if (setting) change((kept) => (kept[setting] = target.checked));
  if (target.type === "file" && target.files[0]) {
    bring(target.files[0]);
    target.value = ""; // the same file can be chosen again
  }
});
document.addEventListener("papershelf:kept", showLists);
showLists();
page.dataset.ready = "";
