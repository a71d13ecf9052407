/* Papers as BibTeX, CSV or Markdown: made here, of the citations that lie beside each paper. */

import { root } from "./place.js";

const AT_ONCE = 8;
const COLUMNS = ["slug", "title", "authors", "year", "venue", "arxiv", "doi", "url"];

const page = (slug) => new URL(`papers/${slug}/`, root).href;

const name = ({ literal, given, family, suffix }) => literal ?? [given, family, suffix].filter(Boolean).join(" ");

/** What a table says of a paper, of its CSL JSON. */
function facts(slug, text) {
  const [csl] = JSON.parse(text);
  return {
    slug,
    title: csl.title,
    authors: (csl.author ?? []).map(name),
    year: csl.issued?.["date-parts"][0][0] ?? "",
    venue: csl["container-title"] ?? "",
    arxiv: csl.archive_location ?? "",
    doi: csl.DOI ?? "",
    url: page(slug),
  };
}

/* RFC 4180. */
const cell = (value) => (/[",\r\n]/.test(value) ? `"${String(value).replaceAll('"', '""')}"` : String(value));

function csv(all) {
  const rows = all.map((paper) => COLUMNS.map((key) => cell(key === "authors" ? paper.authors.join("; ") : paper[key])));
  return [COLUMNS, ...rows].map((row) => `${row.join(",")}\r\n`).join("");
}

const plain = (text) => text.replace(/[\\`*_[\]<>#$]/g, "\\$&");

function markdown(all) {
  const lines = all.map(({ title, authors, venue, year, url }) => {
    const who = authors.length > 3 ? `${authors[0]} and ${authors.length - 1} others` : authors.join(", ");
    const about = [who, venue, String(year)].filter(Boolean).map(plain).join(", ");
    const line = `- [${plain(title)}](${url})`;
    return about ? `${line}. ${about}.\n` : `${line}\n`;
  });
  return lines.join("");
}

export const FORMATS = {
  bib: { name: "BibTeX", type: "application/x-bibtex", source: "cite.bib", make: (texts) => texts.join("\n") },
  csv: { name: "CSV", type: "text/csv;charset=utf-8", source: "cite.csl.json", make: csv, facts },
  md: { name: "Markdown", type: "text/markdown;charset=utf-8", source: "cite.csl.json", make: markdown, facts },
};

/**
 * The text of a file of papers (slugs, in order), and the slugs that could not be had:
 * {text, missing}. progress(done): told as they come.
 */
export async function collect(slugs, ending, progress = () => {}) {
  const { source, make, facts: shape } = FORMATS[ending];
  const found = new Map();
  const waiting = [...slugs];
  async function work() {
    for (let slug = waiting.shift(); slug; slug = waiting.shift()) {
      try {
        const answer = await fetch(new URL(`papers/${slug}/${source}`, root));
        if (answer.ok) found.set(slug, shape ? shape(slug, await answer.text()) : await answer.text());
      } catch {
        // It is named among the missing.
      }
      progress(slugs.length - waiting.length);
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  const there = slugs.filter((slug) => found.has(slug));
  return { text: make(there.map((slug) => found.get(slug))), missing: slugs.filter((slug) => !found.has(slug)) };
}

/** Hand a text to the reader as a file. */
export function download(filename, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = filename;
  link.click();
  // Behind the download's beginning; some browsers begin late.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
