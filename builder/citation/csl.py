"""CSL JSON, which citation processors (Zotero, Pandoc, citeproc) read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from builder.citation.names import Name
from builder.citation.reference import Reference

# https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types: "article" is
# for preprints and the like.
_TYPES = {
    "conference": "paper-conference",
    "journal": "article-journal",
    "preprint": "article",
    "other": "document",
}


def csl(references: Iterable[Reference]) -> str:
    """A CSL JSON file of these references, in this order, one a line."""
    items = [json.dumps(_item(item), ensure_ascii=False) for item in references]
    return "[" + ",".join(f"\n{item}" for item in items) + "\n]\n"


def _item(item: Reference) -> dict[str, Any]:
    place = item.venue
    day = item.publication_date
    parts = {
        "id": item.key,
        "type": _TYPES[item.kind],
        "title": item.plain_title,
        "author": [_name(name) for name in item.authors],
        "container-title": place and place.title,
        "volume": place and place.volume,
        "issue": place and place.issue,
        "page": place and place.pages,
        "issued": {"date-parts": [[int(part) for part in day.split("-")]]} if day else None,
        "publisher": "arXiv" if item.kind == "preprint" else None,
        "number": f"arXiv:{item.arxiv}" if item.arxiv and item.kind == "preprint" else None,
        "archive": "arXiv" if item.arxiv else None,
        "archive_location": item.arxiv,
        "DOI": item.doi,
        "URL": item.url,
        "abstract": item.abstract,
    }
    return {key: value for key, value in parts.items() if value}


def _name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": name.printed}
    parts = {"family": name.family, "given": name.given, "suffix": name.suffix}
    return {key: value for key, value in parts.items() if value}
