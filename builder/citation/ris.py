"""RIS, the format of most reference managers, written by rispy."""

from __future__ import annotations

import re
from collections.abc import Iterable

import rispy

from builder.citation.names import Name
from builder.citation.reference import Reference

# Of the types for one thing those that Zotero, EndNote and bibutils all know: CONF, not CPAPER.
_TYPES = {"conference": "CONF", "journal": "JOUR", "preprint": "UNPB", "other": "GEN"}


class _Writer(rispy.RisWriter):
    """rispy's writer without the numbers that it puts between records."""

    def set_header(self, count: int) -> str:
        return ""


def ris(references: Iterable[Reference]) -> str:
    """A RIS file of these references, in this order."""
    records = [_record(item) for item in references]
    return rispy.dumps(records, implementation=_Writer) if records else ""


def _record(item: Reference) -> dict[str, str | list[str]]:
    """A record under rispy's names of the tags."""
    place = item.venue
    pages = re.split(r"\s*[-–]+\s*", (place and place.pages) or "")
    parts = {
        "type_of_reference": _TYPES[item.kind],
        "id": item.key,
        "title": item.plain_title,
        "authors": [_author(name) for name in item.authors],
        "alternate_title3" if item.kind == "journal" else "secondary_title": place and place.title,
        "volume": place and place.volume,
        "number": place and place.issue,
        "start_page": pages[0],
        "end_page": pages[-1] if len(pages) > 1 else None,
        "year": item.year and str(item.year),
        "date": _date(item.publication_date),
        "abstract": item.abstract,
        "name_of_database": "arXiv" if item.arxiv else None,
        "accession_number": f"arXiv:{item.arxiv}" if item.arxiv else None,
        "doi": item.doi,
        "urls": [item.url] if item.url else [],
        "file_attachments1": item.pdf,
    }
    return {key: value for key, value in parts.items() if value}


def _author(name: Name) -> str:
    """Family name first; a comma behind a name that is not to be divided. No asterisks: the format
    has another use for them."""
    return (name.inverted if name.family else f"{name.printed},").replace("*", "")


def _date(day: str | None) -> str | None:
    """ "2025/03/06/" of a whole day; a year alone is in its own field."""
    return day.replace("-", "/") + "/" if day and "-" in day else None
