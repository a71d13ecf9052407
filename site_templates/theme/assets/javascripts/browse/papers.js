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
    this.size = columns.listed.length;
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

  /**
   * For each value under a name, how many papers there would be if it were chosen (too).
   *
   * fit: the rows that fit the whole state.
   */
  counts(name, rows, state, fit) {
    const column = this.columns[name];
    const counts = new Uint32Array(this.keys[name].length);
    const open = ANY.has(name) && state[name].length;
    for (const row of open ? this.fitting(rows, state, name) : fit) {
      for (const place of column[row]) counts[place] += 1;
    }
    return new Map(this.keys[name].map((key, place) => [key, counts[place]]));
  }

  /** Rows in an order; "relevance" and "newest" are the orders in which they come. */
  async sorted(rows, sort) {
    const { listed } = this.columns;
    if (sort === "listed") return [...rows].sort((a, b) => listed[b] - listed[a] || a - b);
    if (sort === "title") {
      const title = await file("titles.json");
      return [...rows].sort((a, b) => title[a] - title[b]);
    }
    return sort === "newest" ? [...rows].sort((a, b) => a - b) : rows;
  }

  /** What a list shows of a paper. */
  async card(row) {
    const size = this.columns.cards;
    const cards = await file(`cards-${Math.floor(row / size)}.json`);
    return cards[row % size];
  }
}
