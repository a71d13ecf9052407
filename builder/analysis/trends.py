"""How often papers were listed, in numbers and in words."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Sequence

from builder.analysis.model import Trend
from builder.library import Appearance, Library

_NEVER = Trend()
_TIMES = {1: "once", 2: "twice"}


def trends(library: Library) -> dict[str, Trend]:
    """The trend of each paper; an edition without a date counts, but dates nothing."""
    return {slug: _trend(library.appearances.get(slug, ())) for slug in library.papers}


def _trend(appearances: Sequence[Appearance]) -> Trend:
    if not appearances:
        return _NEVER
    days = sorted(item.edition.date for item in appearances if item.edition.date)
    times = _TIMES.get(len(appearances), f"{len(appearances):,} times")
    words = f"listed {times}"
    if days:
        words += f", {_span(days[0], days[-1])}"
    return Trend(
        listings=len(appearances),
        comments=max(item.comments or 0 for item in appearances),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        words=words,
    )


def _span(first: datetime.date, last: datetime.date) -> str:
    """The months from `first` to `last`: "Mar 2026", "Jan to Mar 2026", "Dec 2025 to Mar 2026"."""
    start, end = calendar.month_abbr[first.month], calendar.month_abbr[last.month]
    if first.year != last.year:
        return f"{start} {first.year} to {end} {last.year}"
    return f"{end} {last.year}" if first.month == last.month else f"{start} to {end} {last.year}"
