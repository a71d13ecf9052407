"""Which papers tell how common a word, a phrase or a tag is."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from builder.content.paper import Paper

# The number of reference papers has this many significant binary digits: it is 8, 9, ... 15 times
# a power of two, and grows in steps of an eighth at most.
_DIGITS = 4


def reference_rows(papers: Sequence[Paper]) -> list[int]:
    """The rows of the oldest of `papers`, ascending: as many as the largest round number allows.

    All frequencies are taken from these, so that rebuilds are quiet. A new paper is younger than
    the others; it changes no weight, and so no link but its own, until the library has grown by
    another step, and then everything moves once. With frequencies of all papers each new one
    changed the links of every seventh. Papers without a date count as the youngest.
    """
    oldest = sorted(range(len(papers)), key=lambda row: (day(papers[row]), papers[row].slug))
    return sorted(oldest[: reference_count(len(papers))])


def reference_count(papers: int) -> int:
    """How many of so many papers are of reference."""
    spare = max(0, papers.bit_length() - _DIGITS)
    return papers >> spare << spare


def day(paper: Paper) -> datetime.date:
    """The day that counts as a paper's first."""
    if paper.date:
        return paper.date
    return datetime.date(paper.year, 12, 31) if paper.year else datetime.date.max
