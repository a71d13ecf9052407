/* What came to the list since the last visit, and which papers have another name now. */

import { root } from "./place.js";
import { change, state } from "./store.js";

const PAUSE = 30 * 60_000; // milliseconds without a sign of the reader: behind it a visit begins

/** api/changes.json (builder/exports/changes.py). Rejects when it cannot be had. */
export async function changes() {
  const answer = await fetch(new URL("api/changes.json", root), { cache: "no-cache" });
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return answer.json();
}

/** Put papers that are kept under an old name under the new one. */
export function rename(lists, moved) {
  for (const list of ["saved", "read", "basket"]) {
    for (const slug of Object.keys(lists[list])) {
      if (!Object.hasOwn(moved, slug)) continue;
      lists[list][moved[slug]] ??= lists[list][slug];
      delete lists[list][slug];
    }
  }
}

/** Note that the reader is here; at the beginning of a visit, look for what is new. */
export async function visit(now = Date.now()) {
  const { at, known } = state.visit;
  if (!at) return change((kept) => (kept.visit = { at: now }));
  if (now - at < PAUSE) return change((kept) => (kept.visit.at = now));
  // The newest that the last visit knew of; the first visit looked at nothing.
  const from = known ?? new Date(at).toISOString();
  let moved, added;
  try {
    ({ moved, added } = await changes());
  } catch {
    return; // offline, say: the next page tries again
  }
  const fresh = added.filter(({ time }) => Date.parse(time) > Date.parse(from));
  change((kept) => {
    rename(kept, moved);
    kept.fresh = Object.fromEntries(fresh.map(({ slug, title }) => [slug, { title, at: now }]));
    kept.visit = { at: now, known: added[0]?.time ?? from };
  });
}
