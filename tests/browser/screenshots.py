"""Pictures of pages of a built site, for whoever reviews a change.

    papershelf diff origin/main --format pages > pages.txt
    python tests/browser/screenshots.py --site site --pages pages.txt --out screenshots

Each path of the list is opened in an installed Chromium as a reader would see it, on a telephone
and on a laptop, and photographed as a whole (the first LONGEST points of it). The folder gets
PATH-WIDTH-SCHEME.png of each, with hyphens for the slashes of the path, and an index.html that
shows them side by side. The site is served by this program to this machine alone; what a page asks
of any other host is refused. Of a long list the first --limit pages are taken, and it is told how
many are left out. A page that is not there, or whose script fails, is told and makes the exit code
1; the other pictures are taken all the same.
"""

from __future__ import annotations

import argparse
import functools
import html
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import Browser, BrowserContext, Error, Route

from tests.browser import serving

WIDTHS = (390, 1280)
SCHEMES = ("light",)
LIMIT = 20
# Points from the top: a picture of ten screens tells all that a reviewer looks for.
LONGEST = 9000


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A page that was opened. name: of the picture, "" where there is none; wrong: what failed."""

    path: str
    name: str
    wrong: tuple[str, ...] = ()


def paths_in(text: str) -> list[str]:
    """The paths of a list of pages, one a line, each once."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


def name_of(path: str) -> str:
    """The name of a page's pictures: "/papers/x/" -> "papers-x", "/" -> "home"."""
    return path.strip("/").replace("/", "-") or "home"


def file_of(site: Path, path: str) -> Path | None:
    """The file of a page; None where the site has no such page."""
    folder = (site / path.strip("/")).resolve()
    if not folder.is_relative_to(site.resolve()):
        return None
    found = folder / "index.html"
    return found if found.is_file() else None


def take(
    browser: Browser,
    site: Path,
    paths: Iterable[str],
    out: Path,
    *,
    widths: Iterable[int] = WIDTHS,
    schemes: Iterable[str] = SCHEMES,
) -> Iterator[Picture]:
    """Take the pictures of pages of a site into the folder `out`, which is there."""
    paths = list(paths)
    with serving.serve(site) as address:
        for width in widths:
            for scheme in schemes:
                context = browser.new_context(
                    viewport={"width": width, "height": 844 if width < 500 else 900},
                    color_scheme=scheme,
                    reduced_motion="reduce",
                    has_touch=width < 500,
                )
                context.route("**/*", functools.partial(_ask, address))
                for path in paths:
                    if file_of(site, path) is None:
                        yield Picture(path=path, name="", wrong=("the site has no such page",))
                        continue
                    name = f"{name_of(path)}-{width}-{scheme}.png"
                    yield _one(context, address, path, out / name)
                context.close()


def _one(context: BrowserContext, address: str, path: str, file: Path) -> Picture:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error).splitlines()[0]))
    name = file.name
    try:
        page.goto(address + quote(path.lstrip("/")))
        page.wait_for_load_state("networkidle")
        width, height = page.evaluate("[innerWidth, document.documentElement.scrollHeight]")
        clip = {"x": 0, "y": 0, "width": width, "height": min(height, LONGEST)}
        page.screenshot(path=file, full_page=True, clip=clip)
    except Error as error:
        name = ""
        wrong.append(error.message.splitlines()[0])
    finally:
        page.close()
    return Picture(path=path, name=name, wrong=tuple(wrong))


def _ask(address: str, route: Route) -> None:
    if route.request.url.startswith((address, "data:", "blob:")):
        route.continue_()
    else:
        route.abort()


def index(pictures: Iterable[Picture]) -> str:
    """A page that shows the pictures, those of one page side by side."""
    rows: dict[str, list[str]] = {}
    for picture in pictures:
        rows.setdefault(picture.path, []).append(picture.name)
    parts = [
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Changed pages</title>',
        "<style>body{font:1rem system-ui;margin:2rem}div{display:flex;gap:1rem;"
        "align-items:flex-start}img{max-width:45vw;border:1px solid #999}</style>",
        "<h1>Changed pages</h1>",
    ]
    for path, names in rows.items():
        shown = html.escape(path)
        images = "".join(
            f'<a href="{name}"><img src="{name}" alt="{shown}, {html.escape(name)}"></a>'
            for name in map(quote, names)
        )
        parts.append(f"<h2>{shown}</h2><div>{images}</div>")
    return "\n".join(parts) + "\n"


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--site", type=Path, default=Path("site"), help="the built site")
    parser.add_argument("--pages", type=Path, required=True, help="paths of pages, one a line")
    parser.add_argument("--out", type=Path, default=Path("screenshots"), help="a folder")
    parser.add_argument("--width", type=int, action="append", help="in points, repeatable")
    parser.add_argument("--scheme", choices=("light", "dark"), action="append", help="repeatable")
    parser.add_argument("--limit", type=int, default=LIMIT, help="at most so many pages")
    given = parser.parse_args(arguments)
    try:
        paths = paths_in(given.pages.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        print(f"{given.pages}: cannot be read: {error}", file=sys.stderr)
        return 1
    if paths and not (given.site / "index.html").is_file():
        print(f"{given.site}: there is no built site; run papershelf build", file=sys.stderr)
        return 1
    given.out.mkdir(parents=True, exist_ok=True)
    pictures: list[Picture] = []
    if paths:
        try:
            with serving.chromium() as browser:
                for picture in take(
                    browser, given.site, paths[: given.limit], given.out,
                    widths=given.width or WIDTHS, schemes=given.scheme or SCHEMES,
                ):  # fmt: skip
                    pictures.append(picture)
                    for wrong in picture.wrong:
                        print(f"{picture.path}: {wrong}", file=sys.stderr)
        except RuntimeError as error:
            print(error, file=sys.stderr)
            return 1
    taken = [picture for picture in pictures if picture.name]
    (given.out / "index.html").write_text(index(taken), encoding="utf-8")
    seen = len({picture.path for picture in taken})
    more = f"; {len(paths) - given.limit:,} more are left out" if len(paths) > given.limit else ""
    print(f"{len(taken):,} pictures of {seen:,} pages in {given.out}/{more}")
    return int(any(picture.wrong for picture in pictures))


if __name__ == "__main__":
    sys.exit(main())
