"""The catalogue: every paper as JSON, a public contract (/api/papers.json).

`builder.exports.schema` describes it. VERSION grows with it: the first number when a reader of the
catalogue would have to change, the second when something is added.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Sequence
from json.encoder import encode_basestring as _encode
from typing import Any

from builder import __version__
from builder.analysis import Analysis
from builder.content.paper import Paper
from builder.exports.outputs import Form, Joined, Made, ready
from builder.library import Library

VERSION = "1.0"
# A longer list is published by year as well, so that a reader need not fetch all of it.
SHARDS_FROM = 1000


def catalogue(library: Library, analysis: Analysis, slugs: Collection[str] | None = None) -> str:
    """The catalogue of some papers, or of all, as JSON text.

    Papers are in the order given, all of them sorted by slug; absent facts are null; lists are in
    display order; `url` is the page's path below the site's root.
    """
    form = Form(
        name="catalogue",
        between=BETWEEN,
        stamps={},
        make=lambda slug: entry_text(library, analysis, slug),
    )
    return joined(form, list(library.papers if slugs is None else slugs)).text()


BETWEEN = ",\n"


def joined(form: Form, slugs: Sequence[str]) -> Joined:
    """The catalogue of some papers, made of the pieces that `entry_text` makes."""
    head, _, tail = _dump(
        {
            "generated_by": f"papershelf {__version__}",
            "version": VERSION,
            "count": len(slugs),
            "papers": [],
        }
    ).rpartition("]")
    return Joined(
        form=form, slugs=slugs, head=f"{head}\n", tail=f"\n ]{tail}", empty=f"{head}]{tail}"
    )


def joined_shards(library: Library, form: Form) -> dict[str, Joined | Made]:
    """The catalogue of a long list by year of publication: path below the site's root -> file.

    api/papers/YYYY.json (and unknown.json) have the form of the catalogue; api/papers/index.json
    names them. Nothing for a list shorter than SHARDS_FROM.
    """
    if len(library.papers) < SHARDS_FROM:
        return {}
    years: dict[str, list[str]] = {}
    for slug, paper in library.papers.items():
        years.setdefault(str(paper.year or "unknown"), []).append(slug)
    ordered = sorted(years.items(), reverse=True)
    index = {
        "generated_by": f"papershelf {__version__}",
        "version": VERSION,
        "count": len(library.papers),
        "shards": [
            {"year": None if year == "unknown" else int(year), "count": len(slugs),
             "url": f"/api/papers/{year}.json"}
            for year, slugs in ordered
        ],
    }  # fmt: skip
    files = {f"api/papers/{year}.json": joined(form, slugs) for year, slugs in ordered}
    return {"api/papers/index.json": ready(_dump(index)), **files}


def shards(library: Library, analysis: Analysis) -> dict[str, str]:
    """`joined_shards` as texts."""
    form = Form(
        name="catalogue",
        between=BETWEEN,
        stamps={},
        make=lambda slug: entry_text(library, analysis, slug),
    )
    return {path: file.text() for path, file in joined_shards(library, form).items()}


def _dump(whole: dict[str, Any]) -> str:
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def entry_text(library: Library, analysis: Analysis, slug: str) -> str:
    """A paper in the catalogue, as it stands there, without the line's end."""
    return "  " + _json(_entry(library, analysis, library.papers[slug]), "\n   ")


def _json(value: Any, line: str) -> str:
    """A value as json.dumps writes it with indent=1, in a fifth of the time: it encodes nothing in
    C once lines are to be indented. line: the line break before what is in `value`."""
    if isinstance(value, str):
        return _encode(value)
    if value is None:
        return "null"
    if isinstance(value, dict):
        inner = line + " "
        items = [
            f"{_encode(key)}: {_encode(item) if isinstance(item, str) else _json(item, inner)}"
            for key, item in value.items()
        ]
        return f"{{{line}{f',{line}'.join(items)}{line[:-1]}}}"
    if isinstance(value, list):
        if not value:
            return "[]"
        inner = line + " "
        return f"[{line}{f',{line}'.join([_json(item, inner) for item in value])}{line[:-1]}]"
    return repr(value) if isinstance(value, float) else json.dumps(value)


def _entry(library: Library, analysis: Analysis, paper: Paper) -> dict[str, Any]:
    return {
        "slug": paper.slug,
        "url": f"/papers/{paper.slug}/",
        "title": paper.title,
        "authors": list(paper.authors),
        "author_count": paper.author_count or len(paper.authors) or None,
        "organization": paper.organization,
        "date": _day(paper.date),
        "arxiv": paper.arxiv,
        "doi": paper.doi,
        "venue": paper.venue,
        "links": [{"kind": link.kind, "url": link.url} for link in paper.links],
        "summary": paper.summary,
        "abstract": paper.abstract,
        "tags": [{"id": use.id, "by": use.by, "why": use.why} for use in analysis.tags[paper.slug]],
        "related": [
            {"slug": link.slug, "reason": link.reason, "score": link.score}
            for link in analysis.related[paper.slug]
        ],
        "editions": [
            {
                "id": item.edition.id,
                "date": _day(item.edition.date),
                "comments": item.comments,
            }
            for item in library.appearances.get(paper.slug, ())
        ],
    }


def _day(value: datetime.date | None) -> str | None:
    return value.isoformat() if value else None
