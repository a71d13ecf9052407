/* What is kept as a file, and such a file read again. */

import { VERSION } from "./store.js";

const NAMES = ["saved", "read", "basket"];
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const WORDS = { saved: "saved papers", read: "read papers", basket: "the basket" };

/** The text of the file: {"papershelf": VERSION, LIST: [{slug, title, at}]}, newest first. */
export function write(state) {
  const entries = (list) => Object.entries(list)
    .map(([slug, { title, at }]) => ({ slug, title, at: new Date(at).toISOString() }))
    .sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : a.slug < b.slug ? -1 : 1));
  const lists = NAMES.map((name) => [name, entries(state[name])]);
  return `${JSON.stringify({ papershelf: VERSION, ...Object.fromEntries(lists) }, null, 1)}\n`;
}

/** A file that cannot be read; the message is one sentence for the reader. */
export class BadFile extends Error {}

/** The lists of a file: {LIST: {SLUG: {title, at}}}. Throws BadFile. */
export function read(text) {
  let raw;
  try {
    raw = JSON.parse(text);
  } catch {
    throw new BadFile("This file is not JSON: choose the one that “Save as a file” made.");
  }
  if (!Number.isInteger(raw?.papershelf)) {
    throw new BadFile("This file holds no saved papers: choose the one that “Save as a file” made.");
  }
  if (raw.papershelf > VERSION) {
    throw new BadFile("This file comes from a newer version of this site: reload the page and try again.");
  }
  return Object.fromEntries(NAMES.map((name) => [name, list(raw[name] ?? [], name)]));
}

function list(raw, name) {
  if (!Array.isArray(raw)) throw new BadFile(`This file is damaged: ${WORDS[name]} is no list.`);
  return Object.fromEntries(raw.map((entry, index) => {
    const at = Date.parse(entry?.at);
    if (!SLUG.test(entry?.slug) || typeof entry.title !== "string" || !entry.title || Number.isNaN(at)) {
      throw new BadFile(`This file is damaged: number ${index + 1} of ${WORDS[name]} is no paper.`);
    }
    return [entry.slug, { title: entry.title, at }];
  }));
}
