"""The year of a listing that prints only its month and day."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from builder.content import identifiers


def not_before(date: datetime.date | None, arxiv: str | None) -> datetime.date | None:
    """The day before which a paper with these facts cannot have been listed; None if they say
    nothing.

    An arXiv id tells the month of submission (https://info.arxiv.org/help/arxiv_identifier.html).
    """
    if date is not None:
        return date
    if arxiv is not None:
        year, month = identifiers.arxiv_month(arxiv)
        return datetime.date(year, month, 1)
    return None


def first_possible(
    day: tuple[int, int], papers: Iterable[datetime.date | None]
) -> datetime.date | None:
    """The earliest date with this (month, day) that is not before any of `papers`.

    None where no paper has a date: then nothing can be inferred.
    """
    latest = max((date for date in papers if date is not None), default=None)
    if latest is None:
        return None
    # 29 February comes back after eight years at most.
    for year in range(latest.year, latest.year + 9):
        try:
            date = datetime.date(year, *day)
        except ValueError:
            continue
        if date >= latest:
            return date
    raise ValueError(f"there is no day {day}")
