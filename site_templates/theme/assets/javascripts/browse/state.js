/* What the reader has chosen, as an address: every state of the page has one. */

export const MANY = ["tag", "year", "edition", "venue", "has"];
const SORTS = ["relevance", "newest", "listed", "title"];
const VIEWS = ["cards", "rows"];

/** The order without a choice: the best match of a search, else the newest papers. */
export const usualSort = (state) => (state.q ? "relevance" : "newest");

/** The state that an address names; what it does not know is left out. */
export function parse(search) {
  const given = new URLSearchParams(search);
  const one = (name, known) => (known.includes(given.get(name)) ? given.get(name) : "");
  const state = { q: (given.get("q") ?? "").trim().slice(0, 200) };
  for (const name of MANY) state[name] = [...new Set(given.getAll(name).filter(Boolean))];
  state.sort = one("sort", SORTS);
  if (state.sort === usualSort(state) || (state.sort === "relevance" && !state.q)) state.sort = "";
  state.view = one("view", VIEWS) || "cards";
  state.page = Math.max(1, Number.parseInt(given.get("page") ?? "1", 10) || 1);
  return state;
}

/** The shortest query of an address that names the state; "" for the plain page. */
export function format(state) {
  const given = new URLSearchParams();
  if (state.q) given.set("q", state.q);
  for (const name of MANY) for (const value of state[name]) given.append(name, value);
  if (state.sort && state.sort !== usualSort(state)) given.set("sort", state.sort);
  if (state.view !== "cards") given.set("view", state.view);
  if (state.page > 1) given.set("page", String(state.page));
  const query = given.toString();
  return query && `?${query}`;
}
