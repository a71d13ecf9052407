"""sitemap.xml: every page's address and, where Git tells it, the day of its last change.

MkDocs would make it of the pages that it renders, and those may be a few. Sitemaps have a form of
their own, https://www.sitemaps.org/protocol.html, of at most 50,000 addresses a file; a larger
site is told of by an index of several.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from pathlib import Path

from builder.content.files import write_texts

MOST = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(addresses: Mapping[str, date | None], url: str) -> dict[str, str]:
    """File's name -> text. addresses: of pages below `url`, the site's, which ends in a slash."""
    entries = [_entry("url", f"{url}{path}", day) for path, day in sorted(addresses.items())]
    parts = [entries[at : at + MOST] for at in range(0, len(entries), MOST)] or [[]]
    if len(parts) == 1:
        return {"sitemap.xml": _document("urlset", parts[0])}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    index = [_entry("sitemap", f"{url}{name}", None) for name in names]
    return {
        "sitemap.xml": _document("sitemapindex", index),
        **{name: _document("urlset", part) for name, part in zip(names, parts, strict=True)},
    }


def publish(site: Path, files: Mapping[str, str]) -> None:
    """Write the files of a sitemap, and the first of them gzipped beside it: the same text makes
    the same bytes, and where both are there already, nothing is done."""
    main, packed = site / "sitemap.xml", site / "sitemap.xml.gz"
    fresh = (
        packed.is_file()
        and main.is_file()
        and main.read_text(encoding="utf-8") == files["sitemap.xml"]
    )
    write_texts({site / path: text for path, text in files.items()})
    if not fresh:
        packed.write_bytes(gzip.compress(main.read_bytes(), mtime=0))


def _entry(kind: str, address: str, day: date | None) -> str:
    changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
    return f"<{kind}><loc>{escape(address, quote=False)}</loc>{changed}</{kind}>"


def _document(kind: str, entries: Iterable[str]) -> str:
    lines = "\n".join(entries)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<{kind} xmlns="{_NAMESPACE}">\n{lines}\n</{kind}>\n'
    )
