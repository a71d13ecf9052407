/* What the search found, as options of the list box. */

import { element, plural } from "../dom.js";
import { root } from "./data.js";
import { excerpt, marked, matcher } from "./mark.js";

let last = 0;

function option(url, className, ...children) {
  const node = element("a", `ps-search__option ${className}`, ...children);
  node.href = url;
  node.id = `ps-search-option-${(last += 1)}`;
  node.tabIndex = -1;
  node.setAttribute("role", "option");
  node.setAttribute("aria-selected", "false");
  return node;
}

function group(name, options, showName = true) {
  const node = element("div", "ps-search__group", ...options);
  node.setAttribute("role", "group");
  node.setAttribute("aria-label", name);
  if (showName) {
    const label = element("p", "ps-label", name);
    label.setAttribute("aria-hidden", "true");
    node.prepend(label);
  }
  return node;
}

/* Facts about a paper in one line. */
function facts(values) {
  const known = values.filter(Boolean);
  return element("span", "ps-meta", ...known.map((value) => element("span", "", value)));
}

function paperOption(page, isMatch) {
  const { title, byline, year, venue, teaser } = page.meta;
  const passage = excerpt(page, isMatch);
  return option(
    page.url,
    "ps-search__paper",
    element("span", "ps-search__title", ...marked(title, isMatch)),
    facts([byline, year, venue]),
    element("span", "ps-search__excerpt", ...(passage.length ? passage : [teaser ?? ""])),
  );
}

function topicOption({ topic: { name, url, facet, papers }, as }, isMatch) {
  const dot = element("span", "ps-search__dot");
  dot.dataset.facet = facet;
  return option(
    new URL(url, root).href,
    "ps-search__topic",
    dot,
    element("span", "", ...marked(name, isMatch)),
    element("span", "ps-quiet", ...(as ? [...marked(as, isMatch), " · "] : []), plural(papers, "paper")),
  );
}

function editionOption(page, isMatch) {
  return option(page.url, "ps-search__page", element("span", "", ...marked(page.meta.title, isMatch)));
}

function authorOption({ name, url, papers }, isMatch) {
  return option(
    new URL(url, root).href,
    "ps-search__page",
    element("span", "", ...marked(name, isMatch)),
    element("span", "ps-quiet", plural(papers, "paper")),
  );
}

/**
 * The groups of options. found: what `find` says; papers: [{page, partly}]; authors:
 * [{name, url, papers}]; editions: pages; topics: [{topic, as}]; more: {url, count} of the last line.
 */
export function render({ found, papers, authors, editions, topics, more }) {
  const isMatch = matcher(found.words);
  const options = (partly) => papers.filter((each) => each.partly === partly).map(({ page }) => paperOption(page, isMatch));
  const named = (name, list, showName) => (list.length ? [group(name, list, showName)] : []);
  const main = element(
    "div",
    "ps-search__main",
    ...named("Papers", options(false), false),
    ...named("With some of the words", options(true)),
  );
  const aside = [
    ...named("Topics", topics.map((topic) => topicOption(topic, isMatch))),
    ...named("Authors", authors.map((author) => authorOption(author, isMatch))),
    ...named("Editions", editions.map((page) => editionOption(page, isMatch))),
  ];
  const side = element("div", "ps-search__side", ...aside);
  main.setAttribute("role", "none");
  side.setAttribute("role", "none");
  const nodes = [main];
  if (aside.length) nodes.push(side);
  if (more.count) {
    const words = more.count === 1 ? "See it in Browse" : `See all ${more.count.toLocaleString("en")} in Browse`;
    nodes.push(option(more.url, "ps-search__all", words));
  }
  return nodes;
}
