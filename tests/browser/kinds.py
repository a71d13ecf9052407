"""Every kind of page that a site has, each by one address of it."""

from __future__ import annotations

from pathlib import Path

# What stands for one: the first page of the kind, unless a better one is named.
LISTS = ("tags", "editions", "collections", "authors", "years")
# Kept apart by what they show, not by their template.
BROWSE = {
    "browse": "browse/",
    "browse, compact": "browse/?view=rows",
    "browse, nothing found": "browse/?q=zzqxj&has=code",
}
SINGLE = ("map", "health", "saved", "subscribe", "about", "contribute")


def kinds(site: Path) -> dict[str, str]:
    """Name of a kind -> the path of a page of it, for a built site.

    Of papers there are the longest page and the shortest; a page that leads on is no kind.
    """
    papers = sorted(_pages(site / "papers"), key=lambda page: len(page.read_bytes()))
    stones = [page for page in papers if b"No longer in this list" in page.read_bytes()]
    papers = [page for page in papers if b'class="ps-split ps-paper"' in page.read_bytes()]
    found = {"home": "", **BROWSE}
    found["paper, short"] = f"papers/{papers[0].parent.name}/"
    found["paper, long"] = f"papers/{papers[-1].parent.name}/"
    if stones:
        found["removed paper"] = f"papers/{stones[0].parent.name}/"
    for name in LISTS:
        pages = _pages(site / name)
        if (site / name / "index.html").is_file():
            found[name] = f"{name}/"
        if pages:
            longest = max(pages, key=lambda page: len(page.read_bytes()))
            found[f"one of {name}"] = f"{name}/{longest.parent.name}/"
    for name in SINGLE:
        if (site / name / "index.html").is_file():
            found[name] = f"{name}/"
    found["404"] = "404.html"
    return found


def _pages(folder: Path) -> list[Path]:
    return sorted(folder.glob("*/index.html"))
