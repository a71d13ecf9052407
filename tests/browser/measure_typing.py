"""How long a keystroke in the search dialog takes to be answered.

    python tests/browser/measure_typing.py --site SITE [QUERY]...

Each query is typed into the dialog of a built site in Chromium, sign by sign, each when the answer
to the one before stands there: twice, and the second time counts, in a page that was loaded anew,
when the browser has all that it needs at hand, and nothing that was answered before.
Printed are the median and the 95th percentile, in milliseconds, of the time from the input event to
the frame that shows the answer: of keystrokes that begin a word, its first two letters, for which
the dialog waits on purpose, and of all others. Without queries they are the first words of some of
the site's titles.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Page

from tests.browser import serving

TYPE = r"""async (query) => {
  const dialog = document.querySelector("[data-search]");
  const input = dialog.querySelector("[role=combobox]");
  const told = (at) => new Promise((resolve) => {
    const seen = new MutationObserver(() => {
      if (dialog.hasAttribute("data-busy")) return;
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - at)));
    });
    seen.observe(dialog, { subtree: true, childList: true, attributes: true });
    input.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  const begun = [], further = [];
  // One letter is not looked for.
  for (let length = 2; length <= query.length; length += 1) {
    input.value = query.slice(0, length);
    if (query[length - 1] === " ") continue;
    const times = /(^|[^\p{L}\p{N}])[\p{L}\p{N}]{1,2}$/u.test(input.value) ? begun : further;
    times.push(await told(performance.now()));
  }
  return [begun, further];
}"""


def queries(site: Path, count: int = 12) -> list[str]:
    """The first three words of titles that stand far apart in the site's list."""
    papers = json.loads((site / "api" / "papers.json").read_text(encoding="utf-8"))["papers"]
    chosen = papers[:: max(1, len(papers) // count)][:count]
    return [" ".join(paper["title"].split()[:3]) for paper in chosen]


def keystrokes(page: Page, query: str) -> tuple[list[float], list[float]]:
    """Milliseconds of each keystroke of a query: of those that begin a word, and of the others."""
    return page.evaluate(TYPE, query)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--site", type=Path, required=True, help="a built site")
    parser.add_argument("queries", nargs="*", help="what is typed")
    options = parser.parse_args()
    begun: list[float] = []
    further: list[float] = []
    with serving.serve(options.site) as address, serving.chromium() as browser:
        page = browser.new_page()
        for query in options.queries or queries(options.site):
            for _ in range(2):
                page.goto(f"{address}about/")
                page.keyboard.press("/")
                page.locator("[role=combobox]:focus").wait_for()
                first, others = keystrokes(page, query)
            begun += first
            further += others
    for name, times in (("that begin a word", begun), ("after that", further)):
        median, high = statistics.median(times), statistics.quantiles(times, n=20)[-1]
        print(
            f"{len(times)} keystrokes {name}: {median:.0f} ms (median), {high:.0f} ms (95th "
            "percentile)"
        )


if __name__ == "__main__":
    main()
