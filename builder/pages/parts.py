"""A long list of papers over several pages, such that one paper more changes few of them.

A list is divided by year, and a year of very many papers into parts. Parts are counted from the
oldest one and are all of the same length, but for the newest: what is added at the front, as most
papers are, leaves all others as they were; and what is added to an old year changes that year.
Pages that were counted from the newest paper on would all change with each.

A page has an address below the list's, such as "2022" for the newest papers of that year (most
often all of them), "2022/3" for the third part of it, "unknown" for papers without a year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

# A part has so many papers, and a list is long from twice as many on: some 20 kB, packed.
PART = 160
UNKNOWN = "unknown"


def long(slugs: Sequence[str]) -> bool:
    """Whether a list is divided."""
    return len(slugs) >= 2 * PART


def by_year(
    slugs: Iterable[str], year: Callable[[str], int | None]
) -> Mapping[str, tuple[str, ...]]:
    """Year -> its papers, for papers newest first."""
    return {str(found or UNKNOWN): tuple(group) for found, group in groupby(slugs, year)}


def spread(years: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    """Page -> its papers, newest first, for a list that is divided by year; oldest page first."""
    return {
        page: slugs for year in reversed(list(years)) for page, slugs in _parts(year, years[year])
    }


def _parts(year: str, slugs: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    full = max(len(slugs) // PART - 1, 0)
    ends = [len(slugs) - PART * index for index in range(full + 1)]
    for number in range(1, full + 1):
        yield f"{year}/{number}", tuple(slugs[ends[number] : ends[number - 1]])
    yield year, tuple(slugs[: ends[full]])


def year_of(page: str) -> str:
    """The year of a page: "2022" or "unknown"."""
    return page.partition("/")[0]


def year_name(year: str) -> str:
    """A year as a heading."""
    return "Year unknown" if year == UNKNOWN else year


def page_name(page: str) -> str:
    """What a page is called: "2022" or "2022, part 3"."""
    year, _, number = page.partition("/")
    return f"{year_name(year)}, part {number}" if number else year_name(year)
