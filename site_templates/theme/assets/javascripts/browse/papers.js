/* All papers as columns: which of them fit, how many there are of each kind, in which order. */

import { file } from "../search/data.js";
import { MANY } from "./state.js";

// A paper has one year and venue: of several chosen ones any will do. Of topics it must have all.
const ANY = new Set(["year", "edition", "venue"]);
const HAS = { code: "code", pick: "editors' pick" };

export class Papers {
  /** columns: papers.json; topics: Map of a tag's id to its name. */
  constructor(columns, topics) {
    this.columns = columns;
    this.size = columns.ids.length;
    this.rows = new Map(columns.ids.map((id, row) => [id, row]));
    this.keys = {};
    const ids = new Map([...topics].map(([id, name]) => [name, id]));
    const toKey = {
      tag: (name) => ids.get(name) ?? name,
      has: (name) => Object.keys(HAS).find((key) => HAS[key] === name) ?? name,
    };
    for (const name of MANY) this.keys[name] = columns.names[name].map(toKey[name] ?? ((value) => value));
  }

  /** The values of a row under a name, as an address writes them. */
  values(name, row) {
    return this.columns[name][row].map((place) => this.keys[name][place]);
  }

  /** The rows of `rows` that fit the state, leaving aside what is chosen under `except`. */
  fitting(rows, state, except = "") {
    const tests = MANY.filter((name) => name !== except && state[name].length).map((name) => {
      const places = state[name].map((value) => this.keys[name].indexOf(value));
      const column = this.columns[name];
      return ANY.has(name)
        ? (row) => places.some((place) => column[row].includes(place))
        : (row) => places.every((place) => column[row].includes(place));
    });
    return rows.filter((row) => tests.every((test) => test(row)));
  }

  /** For each value under a name, how many papers there would be if it were chosen (too). */
  counts(name, rows, state) {
    const counts = new Map(this.keys[name].map((key) => [key, 0]));
    for (const row of this.fitting(rows, state, ANY.has(name) ? name : "")) {
      for (const key of this.values(name, row)) counts.set(key, counts.get(key) + 1);
    }
    return counts;
  }

  /** Rows in an order; "relevance" and "newest" are the orders in which they come. */
  sorted(rows, sort) {
    const { listed, title } = this.columns;
    if (sort === "listed") return [...rows].sort((a, b) => listed[b] - listed[a] || a - b);
    if (sort === "title") return [...rows].sort((a, b) => title[a] - title[b]);
    return sort === "newest" ? [...rows].sort((a, b) => a - b) : rows;
  }

  /** What a list shows of a paper. */
  async card(row) {
    const size = this.columns.cards;
    const cards = await file(`cards-${Math.floor(row / size)}.json`);
    return cards[row % size];
  }
}
