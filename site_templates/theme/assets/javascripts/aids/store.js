/* What the reader keeps, on this device alone: one entry of the browser's storage.

   {version, saved, read, basket, fresh, hideRead, keys, visit}; the first four are lists,
   {SLUG: {title, at}} with the time in milliseconds; fresh: what came since the last visit. */

import { KEY } from "./place.js";

export const VERSION = 1;
const LISTS = ["saved", "read", "basket", "fresh"];

let foreign = false; // kept by a newer version of this site: it stays as it is

/** What is kept; changed by `change` alone. */
export let state = whole({ hideRead: false, keys: true, visit: {} });

/** `before` with what storage has over it; what is not of the right kind begins anew. */
function whole(before) {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    // No storage, or not ours.
  }
  foreign = kept?.version > VERSION;
  const found = { ...before, ...(kept?.version === VERSION && kept), version: VERSION };
  for (const part of [...LISTS, "visit"]) if (Object(found[part]) !== found[part]) found[part] = {};
  return found;
}

const tell = () => document.dispatchEvent(new Event("papershelf:kept"));

/** Change what is kept: edit(state) on the newest, for other tabs keep things too. */
export function change(edit) {
  state = whole(state);
  edit(state);
  try {
    if (!foreign) localStorage.setItem(KEY, JSON.stringify(state));
  } catch {
    // Full, or forbidden: it holds until the page is left.
  }
  tell();
}

export const has = (list, slug) => Object.hasOwn(state[list], slug);

/** Put papers ({slug, title}) on a list, or take them away; what is there keeps its time. */
export function keep(list, papers, wanted = true) {
  change((kept) => {
    for (const { slug, title } of papers) {
      if (wanted) kept[list][slug] ??= { title, at: Date.now() };
      else delete kept[list][slug];
    }
  });
}

addEventListener("storage", ({ key }) => {
  if (key !== KEY) return;
  state = whole(state);
  tell();
});
