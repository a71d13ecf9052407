/* Material's instant navigation, where mkdocs.yml turns it on, exchanges the page and leaves the
   header, the footer and what was loaded as they are: what the page came with is run anew here. */

const FRAME = ":is(.ps-header, .ps-footer)";
const met = new Set();
let turn = 0;

// They stay, and lead on from pages at other depths.
for (const link of document.querySelectorAll(`${FRAME} a`)) link.href = String(link.href);
for (const form of document.querySelectorAll("[data-search] form")) form.action = String(form.action);

// Links within pictures are more than Material can exchange: the map is loaded as a page.
addEventListener("click", ({ target }) => {
  const link = target.closest?.("a");
  if (link?.pathname?.endsWith("/map/")) link.target = "_self";
}, { capture: true });

function mark() {
  for (const link of document.querySelectorAll(`${FRAME} a`)) {
    const exact = link.pathname === location.pathname;
    const within = link.closest("li") && link.origin === location.origin && location.pathname.startsWith(link.pathname);
    if (exact || within) link.ariaCurrent = exact ? "page" : "true";
    else link.removeAttribute("aria-current");
  }
}

window.document$.subscribe(() => {
  turn += 1; // the first time, for the page that is there already
  for (const { src } of document.querySelectorAll("[data-md-component=container] script[src]")) {
    // Material runs it, but a module runs once for each address it has.
    if (met.has(src)) import(`${src}?${turn}`);
    met.add(src);
  }
  if (turn === 1) return;
  mark();
  document.querySelector(".ps-menu")?.removeAttribute("open");
  document.dispatchEvent(new Event("papershelf:page"));
});
