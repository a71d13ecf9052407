/* Papers as cards or rows. */

import { element } from "../dom.js";

const day = new Intl.DateTimeFormat("en-US", { year: "numeric", month: "short", day: "numeric", timeZone: "UTC" });

/* "2025-03-06" -> Mar 6, 2025; of "2025-00-00" only the year is known, of "0000" nothing. */
function dated(date) {
  const [year, month] = date.split("-");
  if (!month) return "";
  const known = month !== "00";
  const node = element("time", "", known ? day.format(new Date(`${date}T00:00:00Z`)) : year);
  node.dateTime = known ? date : year;
  return node;
}

/**
 * The list item of a paper: {title, byline, date, teaser, href, passage}, where passage are the
 * nodes of a text that is shown instead of the teaser, or none.
 *
 * topics: [{name, facet, href}]; facts: {venue, code, pick, listed}; view: "cards" or "rows";
 * text(words): the nodes of a text.
 */
export function item(paper, { topics, facts, view, text }) {
  const kind = view === "rows" ? "ps-row" : "ps-card";
  const link = element("a", "", ...text(paper.title));
  link.href = paper.href;
  const meta = [paper.byline, dated(paper.date), facts.venue, facts.code && "code"].filter(Boolean);
  const marks = [
    facts.pick && element("span", "ps-pick", "★ Editors’ pick"),
    facts.listed > 1 && element("span", "ps-trend", `Listed ${facts.listed} times`),
  ].filter(Boolean);
  const article = element("article", kind, element("h3", `${kind}__title`, link));
  article.dataset.paper = link.pathname.split("/").at(-2);
  if (meta.length) article.append(element("p", "ps-meta", ...meta.map((each) => element("span", "", each))));
  article.append(element("p", `${kind}__teaser`, ...(paper.passage.length ? paper.passage : text(paper.teaser))));
  if (marks.length) article.append(element("p", "ps-marks", ...marks));
  if (topics.length) article.append(chips(topics));
  return element("li", "", article);
}

function chips(topics) {
  const items = topics.map(({ name, facet, href }) => {
    const chip = element("a", "ps-chip", name);
    chip.dataset.facet = facet;
    chip.href = href;
    return element("li", "", chip);
  });
  const list = element("ul", "ps-chips", ...items);
  list.setAttribute("aria-label", "Topics");
  return list;
}
