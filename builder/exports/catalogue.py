"""The catalogue: every paper as JSON, a public contract (/api/papers.json)."""

from __future__ import annotations

import datetime
import json
from typing import Any

from builder import __version__
from builder.analysis import Analysis
from builder.content.paper import Paper
from builder.library import Library


def catalogue(library: Library, analysis: Analysis) -> str:
    """The catalogue as JSON text.

    Papers are sorted by slug; absent facts are null; lists are in display order; `url` is the
    page's path below the site's root.
    """
    papers = [_entry(library, analysis, paper) for paper in library.papers.values()]
    whole = {
        "generated_by": f"papershelf {__version__}",
        "count": len(papers),
        "papers": papers,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


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
