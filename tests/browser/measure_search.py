"""How well the search finds, and what a first search loads.

    python tests/browser/measure_search.py --labels FILE
    python tests/browser/measure_search.py --slips 1

Every query of the labels is typed into the search dialog of the real site in Chromium, each in a
new browser that has loaded nothing yet, and the papers are read in the order in which they stand
there. Printed are

- the mean reciprocal rank of the right paper (0 if it is not among the ten that are shown), overall
  and by kind of query;
- for topical queries, the share of the relevant papers in the first ten, of at most ten;
- the bytes that a first search loads: everything of the search (SEARCH) that is requested from its
  opening until its results stand there, each file at its gzip size or its own, whichever is less.

FILE is JSON: {"known_item": [{"query", "kind", "title"}],
"topical": [{"query", "relevant": [title, ...]}]}. With --slips the queries are made from the titles
of content/ instead (slips.py). With --plain they are put to Pagefind alone, without what this site
adds to it.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import json
import re
import statistics
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Browser, Response

from builder import library
from builder.site.build import Request, build
from tests.browser import serving, slips

ROOT = Path(__file__).parents[2]
SHOWN = 10
# Where the search's files lie; what the page loads for other ends is not the search's.
SEARCH = ("pagefind/", "search/", "assets/javascripts/search/", "assets/javascripts/dom.js")


@dataclass(frozen=True, kw_only=True)
class Search:
    """What one search showed and loaded. titles: in order; loaded: path -> compressed bytes."""

    titles: tuple[str, ...]
    loaded: dict[str, int]


def normal(title: str) -> str:
    """A title without what editions of it differ in: case, punctuation, spacing."""
    return re.sub(r"\W+", "", title.lower())


def search(browser: Browser, address: str, query: str) -> Search:
    """Type a query in a new browser, and read what is found."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}about/")
    page.wait_for_load_state("networkidle")
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.keyboard.press("/")
    page.locator("[role=combobox]:focus").wait_for()
    page.keyboard.type(query)
    # The list or, where nothing is found, a note; both stand only when the search is done.
    page.locator("[data-search] :is([role=option], [data-search-note] p)").first.wait_for()
    page.locator("[data-search]:not([data-busy])").wait_for()
    page.wait_for_load_state("networkidle")
    titles = page.locator(".ps-search__paper .ps-search__title").all_inner_texts()
    loaded = {}
    for answer in answers:
        path = answer.url.removeprefix(address)
        if path.startswith(SEARCH):
            body = answer.body()
            loaded[path] = min(len(body), len(gzip.compress(body)))
    context.close()
    return Search(titles=tuple(map(normal, titles)), loaded=loaded)


def plain_search(browser: Browser, address: str, query: str) -> Search:
    """What Pagefind alone finds among the papers."""
    page = browser.new_page()
    page.goto(f"{address}about/")
    titles = page.evaluate(
        """async ([url, query, most]) => {
          const pagefind = await import(url);
          const found = (await pagefind.search(query)).results;
          const shown = found.filter(({ id }) => id.startsWith("en_")).slice(0, most);
          return Promise.all(shown.map(async (result) => (await result.data()).meta.title));
        }""",
        [f"{address}pagefind/pagefind.js", query, SHOWN],
    )
    page.close()
    return Search(titles=tuple(map(normal, titles)), loaded={})


def reciprocal_rank(found: Search, title: str) -> float:
    """1 / the place of the title; 0 if it is not shown."""
    wanted = normal(title)
    return 1 / (found.titles.index(wanted) + 1) if wanted in found.titles else 0.0


def recall(found: Search, relevant: list[str]) -> float:
    """The share of the relevant titles among the first ten, of at most ten."""
    wanted = {normal(title) for title in relevant}
    return len(wanted & set(found.titles[:SHOWN])) / min(SHOWN, len(wanted))


def measure(look: Callable[[str], Search], labels: dict, verbose: bool) -> list[str]:
    """The figures as lines; look: what a query finds."""
    ranks: dict[str, list[float]] = defaultdict(list)
    sizes: list[int] = []
    heaviest: Search | None = None
    for item in labels.get("known_item", []):
        found = look(item["query"])
        rank = reciprocal_rank(found, item["title"])
        ranks[item["kind"]].append(rank)
        if not sizes or sum(found.loaded.values()) > max(sizes):
            heaviest = found
        sizes.append(sum(found.loaded.values()))
        if verbose and rank < 1:
            print(f"{rank:.2f}  {item['query']}  ->  {item['title']}")
    recalls = []
    for item in labels.get("topical", []):
        found = look(item["query"])
        recalls.append(recall(found, item["relevant"]))
        sizes.append(sum(found.loaded.values()))
        if verbose:
            print(f"{recalls[-1]:.2f}  {item['query']}")
    lines = []
    every = [rank for some in ranks.values() for rank in some]
    if every:
        lines.append(f"mean reciprocal rank  {statistics.mean(every):.3f}  of {len(every)} queries")
        for kind, some in sorted(ranks.items()):
            lines.append(f"  {kind:<20}{statistics.mean(some):.3f}  of {len(some)}")
    if recalls:
        mean = statistics.mean(recalls)
        lines.append(f"topical recall at 10  {mean:.3f}  of {len(recalls)} queries")
    if any(sizes):
        median, most = statistics.median(sizes) / 1000, max(sizes) / 1000
        lines.append(f"a first search loads  {median:.1f} kB (median), {most:.1f} kB (most)")
    if verbose and heaviest:
        lines += [f"  {size:>7,}  {path}" for path, size in sorted(heaviest.loaded.items())]
    return lines


def main() -> None:
    """Read the options, build the site unless one is given, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    queries = parser.add_mutually_exclusive_group(required=True)
    queries.add_argument("--labels", type=Path, help="the queries, as JSON")
    queries.add_argument("--slips", type=int, metavar="SEED", help="queries from titles, misspelt")
    parser.add_argument("--plain", action="store_true", help="ask Pagefind alone")
    parser.add_argument("--site", type=Path, help="a built site (default: content/ is built)")
    parser.add_argument("--verbose", action="store_true", help="name what was not found first")
    options = parser.parse_args()
    if options.labels:
        labels = json.loads(options.labels.read_text(encoding="utf-8"))
    else:
        labels = slips.labels(library.load(ROOT / "content"), options.slips)
    one = plain_search if options.plain else search
    with tempfile.TemporaryDirectory() as temporary:
        site = options.site or Path(temporary) / "site"
        if not options.site:
            build(Request(config=ROOT / "mkdocs.yml", site=site))
        with serving.serve(site) as address, serving.chromium() as browser:
            look = functools.partial(one, browser, address)
            print("\n".join(measure(look, labels, options.verbose)))


if __name__ == "__main__":
    main()
