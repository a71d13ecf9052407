"""The list as a table: one paper a row, for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from builder.analysis import Analysis
from builder.library import Library
from builder.outlinks import outlinks

COLUMNS = (
    "slug", "title", "authors", "author_count", "organization", "date", "year", "venue", "arxiv",
    "doi", "pdf", "code", "tags", "editions", "pick", "summary",
)  # fmt: skip


def table(library: Library, analysis: Analysis, slugs: Iterable[str]) -> str:
    """CSV (RFC 4180, but for line ends: "\\n") with a header; lists are joined by "; ".

    Text is as in the papers' files, TeX mathematics between dollar signs.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for slug in slugs:
        paper = library.papers[slug]
        links = {link.kind: link.url for link in reversed(outlinks(paper))}
        row = {
            "slug": slug,
            "title": paper.title,
            "authors": "; ".join(paper.authors),
            "author_count": paper.author_count or len(paper.authors) or None,
            "organization": paper.organization,
            "date": paper.date,
            "year": paper.year,
            "venue": paper.venue,
            "arxiv": paper.arxiv,
            "doi": paper.doi,
            "pdf": links.get("pdf"),
            "code": links.get("code"),
            "tags": "; ".join(use.id for use in analysis.tags[slug]),
            "editions": "; ".join(item.edition.id for item in library.appearances.get(slug, ())),
            "pick": "yes" if paper.pick else None,
            "summary": paper.summary,
        }
        writer.writerow(row[name] for name in COLUMNS)
    return out.getvalue()
