"""Venues: what a line such as "NeurIPS 2023" or "Journal of X 58(5), 2021" says.

A venue is one line of text in a paper's file. Citation formats want to know whether it is a
conference or a journal, and have fields of their own for year, volume, issue and pages. Only what
the line says is taken; a venue of which the kind cannot be told is of the kind "other".
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Literal

VenueKind = Literal["conference", "journal", "preprint", "other"]

_YEAR = re.compile(r"(?<![\d.])(?:19|20)\d\d(?![\d.])")
# Volume, issue, and pages or the number of the article: "24(2), 41", "58(5)", "vol. 12, pp. 1-20".
_VOLUME = re.compile(
    r"\b(?:vol(?:ume|\.)?\s*)?(?P<volume>\d{1,4})\s*"
    r"\((?P<issue>\d{1,4}(?:[-–]\d{1,4})?)\)"
    # A year alone is no page.
    r"(?:\s*[,:]\s*(?:pp?\.\s*)?(?P<pages>(?!(?:19|20)\d\d\b(?!\s*[-–]))"
    r"[A-Za-z]?\d+(?:\s*[-–]+\s*[A-Za-z]?\d+)?))?"
)
_PREPRINT = re.compile(
    r"(?:arxiv|corr|biorxiv|medrxiv|ssrn|openreview|preprints?)\b.*", re.IGNORECASE
)
# How a paper was presented there belongs to the paper, not to the venue's name.
_PRESENTED = re.compile(r"\s*\(?\b(?:oral|spotlight|poster)\b\)?", re.IGNORECASE)
_CONFERENCE = re.compile(
    r"\b(?:conference|workshops?|symposium|proceedings|findings|meeting|congress|colloquium"
    r"|advances in neural information processing systems|proc|interspeech|siggraph|usenix)\b",
    re.IGNORECASE,
)
# Journals that call themselves proceedings.
_PROCEEDINGS_JOURNAL = re.compile(
    r"^(?:the )?(?:proceedings|proc\.?) (?:of|on) (?:the )?"
    r"(?:acm on|ieee$|national academy|vldb endowment|royal society|privacy enhancing)",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|letters|reviews?|surveys|annals|bulletin|magazine|access"
    r"|communications of|frontiers in|nature|npj|science advances|scientific reports|plos)\b"
    r"|^(?:(?:ACM|IEEE) )?(?:TACL|TMLR|JMLR|JAIR|T?PAMI|T-PAMI|PNAS|PACMPL|PVLDB|TKDE|TNNLS|TIST"
    r"|TOSEM|TSE|TOG|TIP|TASLP|TOCHI|TOIS|TKDD|IJCV|JACM|CACM|RA-L|Cell|Science|Neurocomputing)$",
    re.IGNORECASE,
)
# Acronyms of one or two words stand for conferences: ICLR, NeurIPS, LoG, IJCNLP-AACL, RSS.
_ACRONYM = re.compile(r"(?:(?:ACM|IEEE) )?(?=[^ ]*[A-Z][^ ]*[A-Z])[A-Za-z][A-Za-z+*-]{1,14}")


@dataclass(frozen=True, kw_only=True)
class Venue:
    """Where a paper appeared. title: the venue's name, without year, volume, issue and pages."""

    kind: VenueKind
    title: str
    year: int | None = None
    volume: str | None = None
    issue: str | None = None
    pages: str | None = None


@functools.lru_cache(maxsize=4096)
def parse(text: str) -> Venue:
    """What a venue's line says. Of several years the last one is the venue's (`Paper.year`)."""
    numbers = _VOLUME.search(text)
    rest = text.replace(numbers[0], " ") if numbers else text
    years = _YEAR.findall(rest)
    title = _YEAR.sub(" ", rest)
    title = re.sub(r"\(\s*\)|\[\s*\]", " ", _PRESENTED.sub("", title))
    title = re.sub(r"\s+([,;:.])", r"\1", " ".join(title.split()))
    title = re.sub(r"(?:[,;:]\s*)+([,;:])", r"\1", title).strip(" ,;:–-")
    return Venue(
        kind=_kind(title, is_numbered=numbers is not None),
        title=title or text.strip(),
        year=int(years[-1]) if years else None,
        volume=numbers["volume"] if numbers else None,
        issue=numbers["issue"] if numbers else None,
        pages=numbers["pages"] if numbers else None,
    )


def _kind(title: str, *, is_numbered: bool) -> VenueKind:
    if _PREPRINT.fullmatch(title):
        return "preprint"
    if _PROCEEDINGS_JOURNAL.search(title):
        return "journal"
    if _CONFERENCE.search(title):
        return "conference"
    if is_numbered or _JOURNAL.search(title):
        return "journal"
    return "conference" if _ACRONYM.fullmatch(title) else "other"
