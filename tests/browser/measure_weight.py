"""What each kind of page loads, and whether anything in it moves.

    python tests/browser/measure_weight.py [--site DIR]

Each page is opened in a new browser, at the size of a phone, and read by a server that compresses.
Printed are, for every kind of page,

- the requests, and the bytes over the line until the page comes to rest, fonts included: of texts
  compressed, of pictures and fonts as they are, without the head of each answer;
- the layout shift, of which there shall be none;
- the bytes, not compressed, of the site's own scripts: for whoever is here for the first time, and
  for a reader who has saved and read papers, hides what is read, and has used the keys.

The command fails where a page is over its bar.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Browser, BrowserContext, Page, Response

from builder.site.build import Request, build
from tests.browser import serving
from tests.browser.kinds import kinds

ROOT = Path(__file__).parents[2]
# kB over the line, by the first word of a kind's name; and of own scripts on every page.
BARS = {"home": 200, "paper": 150}
SCRIPTS = 25
HOUR = 3_600_000

_WATCH = """
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries()) {
      if (!hadRecentInput) window.shifted += value;
    }
  }).observe({ type: "layout-shift", buffered: true });
"""


@dataclass(frozen=True, kw_only=True)
class Weight:
    """What a page loads. size: bytes over the line; shift: of both visits; scripts, returning:
    bytes of own scripts on the first visit, and for a reader who comes back and uses the keys."""

    requests: int
    size: int
    shift: float
    scripts: int
    returning: int


def watch(context: BrowserContext) -> None:
    """From now on the pages of a context add up their layout shift."""
    context.add_init_script(_WATCH)


def shift(page: Page) -> float:
    """The layout shift of a page that is watched."""
    return page.evaluate("window.shifted")


def own_scripts(page: Page) -> dict[str, int]:
    """Path -> bytes of each script of the site's own that a page has loaded, but for the search's.

    A page of which the address searches has opened the search.
    """
    urls = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    own = re.compile(r".*/(assets/javascripts/(?!bundle|workers).*\.js)$")
    found = {match[1]: url for url in urls if (match := own.match(url))}
    searched = "?q=" in page.url or "&q=" in page.url
    return {
        path: len(page.request.get(url).body())
        for path, url in sorted(found.items())
        if not (searched and ("/search/" in path or path.endswith("matches.js")))
    }


def return_to(page: Page, root: str) -> None:
    """Be a reader who was here hours ago, and has papers saved, read, in the basket and hidden."""
    entry = {"title": "A paper", "at": 1}
    state = {"version": 1, "hideRead": True, "visit": {"at": 1_000 * HOUR}}
    state |= {name: {f"paper-{name}": entry} for name in ("saved", "read", "basket")}
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)",
        [f"papershelf:{root}", json.dumps(state)],
    )
    page.reload()
    page.wait_for_load_state("networkidle")


def use_keys(page: Page) -> None:
    """Go to a paper and mark it with keys."""
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.locator(".ps-aids-said:not(:empty)").wait_for()


def weigh(browser: Browser, address: str, path: str) -> Weight:
    """Open a page in a new browser, and again as a reader who comes back."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    watch(context)
    page = context.new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto(address + path)
    page.wait_for_load_state("networkidle")
    asked = [answer for answer in answers if answer.url.startswith(address)]
    size = sum(answer.request.sizes()["responseBodySize"] for answer in asked)
    first, moved = sum(own_scripts(page).values()), shift(page)
    return_to(page, "/" + address.split("/", 3)[3])
    moved += shift(page)
    use_keys(page)
    returning = sum(own_scripts(page).values())
    context.close()
    return Weight(requests=len(asked), size=size, shift=moved, scripts=first, returning=returning)


def failures(name: str, found: Weight) -> list[str]:
    """Where a page is over its bar."""
    bar = BARS.get(re.split(r"\W", name)[0], 10**6)
    return [
        *([f"over {bar} kB"] if found.size > bar * 1000 else []),
        *(["moves"] if found.shift else []),
        *([f"scripts over {SCRIPTS} kB"] if found.scripts > SCRIPTS * 1000 else []),
        *([f"scripts of a reader over {SCRIPTS} kB"] if found.returning > SCRIPTS * 1000 else []),
    ]


def main() -> None:
    """Read the options, build the site unless one is given, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, help="a built site (default: content/ is built)")
    options = parser.parse_args()
    failed = False
    with tempfile.TemporaryDirectory() as temporary:
        site = options.site or Path(temporary) / "site"
        if not options.site:
            build(Request(config=ROOT / "mkdocs.yml", site=site))
        print(f"{'':<24}requests      kB   shift  scripts kB  of a reader")
        with serving.serve(site, compress=True) as address, serving.chromium() as browser:
            for name, path in kinds(site).items():
                if name == "404":
                    continue  # it names its files from the root of its host
                found = weigh(browser, address, path)
                wrong = failures(name, found)
                failed = failed or bool(wrong)
                print(
                    f"{name:<24}{found.requests:>8}{found.size / 1000:>8.1f}{found.shift:>8.3f}"
                    f"{found.scripts / 1000:>12.1f}{found.returning / 1000:>13.1f}"
                    f"{'  ' + ', '.join(wrong) if wrong else ''}"
                )
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
