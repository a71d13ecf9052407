"""Papers over time, as bars by year, or by month where the list is young."""

from __future__ import annotations

import calendar
from collections import Counter
from collections.abc import Mapping, Sequence

from builder.pages import pictures, views
from builder.pages.shape import Shaper

# A chart of more bars is none; what is older goes into the first one.
MOST_COLUMNS = 30
# So many bars have their name below them on a small screen.
_MOST_LABELS = 11
# By month, where all papers are of so many years and of nearly all the month is known.
_YEARS_BY_MONTH = 2
_MONTHS_KNOWN = 0.9

# A year and a month; the month is 0 where bars are years.
Period = tuple[int, int]


def timeline(shaper: Shaper, keys: Sequence[views.FacetKey]) -> views.TimelineView:
    """The bars of a library's papers, each in parts by the facet of the papers' first tags.

    keys: the facets in the order of stacking; every paper is of one of them.
    """
    years = {slug: shaper.year(slug) for slug in shaper.slugs}
    times = _by_month(shaper, years) or {
        slug: (year, 0) if year else None for slug, year in years.items()
    }
    known = sorted({time for time in times.values() if time})
    if not known:
        return views.TimelineView(unit="year", columns=(), ticks=(), undated=len(years))
    periods = _between(known[0], known[-1])
    shown = periods[-MOST_COLUMNS:]
    counts = {period: Counter[str]() for period in shown}
    for slug, time in times.items():
        if time:
            counts[max(time, shown[0])][shaper.facet(slug)] += 1
    numbers = [tuple(counts[period][key.id] for key in keys) for period in shown]
    ticks = pictures.scale(max(map(sum, numbers)))
    rects = pictures.stacked(numbers, ticks[-1].value)
    # The newest bar is labeled, and every so many before it.
    step = -(-len(shown) // _MOST_LABELS)
    columns = []
    for index, (period, parts) in enumerate(zip(shown, numbers, strict=True)):
        older = index == 0 and len(periods) > len(shown)
        name, label = _names(period)
        url = f"years/{period[0]}/" if any(parts) else ""
        columns.append(
            views.Column(
                name=f"{name} and before" if older else name,
                label="" if (len(shown) - 1 - index) % step else f"≤ {label}" if older else label,
                url="years/" if older else url,
                papers=sum(parts),
                x=round(rects[index][0].x + rects[index][0].width / 2, 2),
                y=rects[index][-1].y,
                counts=parts,
                segments=tuple(
                    views.Segment(facet=key.id, name=key.name, papers=number, rect=rect)
                    for key, number, rect in zip(keys, parts, rects[index], strict=True)
                    if number
                ),
            )
        )
    return views.TimelineView(
        unit="month" if known[0][1] else "year",
        columns=tuple(columns),
        ticks=ticks,
        undated=sum(time is None for time in times.values()),
    )


def _by_month(shaper: Shaper, years: Mapping[str, int | None]) -> dict[str, Period | None]:
    """Slug -> the month of first publication; nothing where years are the better bars."""
    known_years = {year for year in years.values() if year}
    if not known_years or max(known_years) - min(known_years) >= _YEARS_BY_MONTH:
        return {}
    months = {slug: shaper.month(slug) for slug in years}
    known = sum(month is not None for month in months.values())
    return months if known >= _MONTHS_KNOWN * len(months) else {}


def _between(first: Period, last: Period) -> list[Period]:
    """All months, or, where the months are 0, all years, from the first to the last."""
    if not last[1]:
        return [(year, 0) for year in range(first[0], last[0] + 1)]
    start, end = (year * 12 + month - 1 for year, month in (first, last))
    return [(at // 12, at % 12 + 1) for at in range(start, end + 1)]


def _names(period: Period) -> tuple[str, str]:
    """In full and in short: "March 2025", "Mar 25"; of a year, the year."""
    year, month = period
    if not month:
        return str(year), str(year)
    return f"{calendar.month_name[month]} {year}", f"{calendar.month_abbr[month]} {year % 100:02}"
