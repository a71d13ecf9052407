/* The filters at the side: one box a value, with the number of papers that it would leave. */

import { button, element, plural } from "../dom.js";
import { MANY } from "./state.js";

const FEW = 8;

export class Facets {
  /** root: the element that holds them; the topics stand in it already. */
  constructor(root) {
    this.root = root;
    const inputs = this.inputs("tag");
    this.topics = new Map(inputs.map((input) => [input.value, input.dataset.name]));
    this.facetIds = new Map(inputs.map((input) => [input.value, input.closest("[data-facet]").dataset.facet]));
  }

  inputs(name) {
    return [...this.root.querySelectorAll(`input[name="${name}"]`)];
  }

  /** Add the filters that the papers themselves bring. */
  fill(papers) {
    const { keys, columns } = papers;
    const has = Object.fromEntries(this.inputs("has").map((input) => [input.value, input.nextSibling.textContent]));
    this.labels = { has, edition: columns.labels, tag: Object.fromEntries(this.topics) };
    const rows = [...Array(papers.size).keys()];
    const none = Object.fromEntries(MANY.map((name) => [name, []]));
    const frequent = papers.counts("venue", rows, none, rows);
    const venues = [...keys.venue].sort((a, b) => frequent.get(b) - frequent.get(a));
    this.root.append(
      this.group("Year", "year", [...keys.year].reverse(), { open: true }),
      this.group("Edition", "edition", [...keys.edition].reverse()),
      this.group("Venue", "venue", venues),
    );
  }

  group(title, name, values, { open = false } = {}) {
    const list = element("ul", "", ...values.map((value) => this.box(name, value)));
    list.setAttribute("aria-label", title);
    const node = element("details", "ps-filter", element("summary", "", title), list);
    node.open = open;
    node.hidden = !values.length;
    if (values.length > FEW + 2) {
      const rest = [...list.children].slice(FEW);
      for (const item of rest) item.hidden = true;
      const more = button("ps-link", `All ${plural(values.length, title.toLowerCase())}`, () => {
        for (const item of rest) item.hidden = false;
        more.remove();
        rest[0].querySelector("input").focus();
      });
      node.append(more);
    }
    return node;
  }

  box(name, value) {
    const input = element("input", "");
    Object.assign(input, { type: "checkbox", name, value });
    const count = element("span", "ps-filter__count");
    return element("li", "", element("label", "", input, element("span", "", this.label(name, value)), " ", count));
  }

  /** The facet of the vocabulary that a topic belongs to. */
  facetOf(id) {
    return this.facetIds.get(id) ?? "";
  }

  /** How a value is called. */
  label(name, value) {
    return this.labels?.[name]?.[value] ?? value;
  }

  /** What is chosen under a name. */
  chosen(name) {
    return this.inputs(name).filter((input) => input.checked).map((input) => input.value);
  }

  /** Show what is chosen. */
  check(state) {
    for (const name of MANY) {
      for (const input of this.inputs(name)) input.checked = state[name].includes(input.value);
    }
  }

  /** Show the numbers. counts(name): Map of value to number. */
  update(counts) {
    for (const name of MANY) {
      const numbers = counts(name);
      for (const input of this.inputs(name)) {
        const count = numbers.get(input.value) ?? 0;
        const item = input.closest("li");
        item.classList.toggle("ps-filter__none", !count && !input.checked);
        if (input.checked) item.hidden = false;
        item.querySelector(".ps-filter__count").textContent = count.toLocaleString("en");
      }
    }
    for (const group of this.root.querySelectorAll(".ps-filter")) {
      if (group.querySelector(":checked")) group.open = true;
    }
  }
}
