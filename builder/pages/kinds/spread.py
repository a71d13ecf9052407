"""The pages of a list that is too long for one (see `builder.pages.parts`).

`base` is the address of the list, such as "tags/peft"; `page` that of a page of it, such as "2022".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from builder.pages import views
from builder.pages.page import Page
from builder.pages.parts import page_name, year_name, year_of
from builder.pages.shape import Shaper


@dataclass(frozen=True, kw_only=True)
class Head:
    """What stands above each page of a list: its name, the pages that it belongs to, the topmost
    first, and the facet of a topic."""

    name: str
    above: tuple[views.PageLink, ...]
    facet: str = ""


def pages(shaper: Shaper, base: str, head: Callable[[], Head], source: str = "") -> Iterator[Page]:
    """All pages of a list but for the one at `base` itself; none where it is not divided."""
    for page in shaper.pages_of.get(base, ()):
        yield Page(
            path=f"{base}/{page}.md",
            template="part.md.j2",
            source=source,
            make=partial(_view, shaper, base, page, head),
        )


def _view(shaper: Shaper, base: str, page: str, head: Callable[[], Head]) -> views.PartView:
    found = head()
    title = f"{found.name}, {page_name(page)}"
    cards = shaper.cards(shaper.papers_on[f"{base}/{page}"])
    years = dict.fromkeys(year_of(other) for other in reversed(shaper.pages_of[base]))
    older, newer = around(shaper, base, page)
    return views.PartView(
        title=title,
        description=f"{title}: papers of this list, newest first.",
        above=found.above,
        facet=found.facet,
        months=(views.MonthView(name="", papers=len(cards), cards=cards),),
        pagers=(
            views.Pager(
                label="Years",
                pages=tuple(
                    views.PageLink(
                        name=year_name(year), url=f"{base}/{year}/", current=year == year_of(page)
                    )
                    for year in years
                ),
            ),
            *parts_pager(shaper, base, page),
        ),
        older=older,
        newer=newer,
    )


def years_pager(shaper: Shaper, base: str) -> views.Pager | None:
    """From the page of the newest papers to those of all; None where that is one page."""
    years = shaper.spreads.get(base)
    if years is None:
        return None
    return views.Pager(
        label="All papers by year",
        pages=tuple(
            views.PageLink(name=year_name(year), url=f"{base}/{year}/", papers=papers)
            for year, papers in years
        ),
    )


def parts_pager(shaper: Shaper, base: str, page: str) -> tuple[views.Pager, ...]:
    """The parts of a year, newest first; nothing where there is but one."""
    parts = [other for other in shaper.pages_of[base] if year_of(other) == year_of(page)]
    if len(parts) == 1:
        return ()
    return (
        views.Pager(
            label=f"Parts of {year_name(year_of(page))}",
            pages=tuple(
                views.PageLink(
                    name=f"Part {other.partition('/')[2]}" if "/" in other else "Newest",
                    url=f"{base}/{other}/",
                    current=other == page,
                )
                for other in reversed(parts)
            ),
        ),
    )


def around(
    shaper: Shaper, base: str, page: str
) -> tuple[views.PageLink | None, views.PageLink | None]:
    """The pages before and behind one, in the order of time."""
    row = shaper.pages_of[base]
    at = row.index(page)

    def link(at: int) -> views.PageLink | None:
        if not 0 <= at < len(row):
            return None
        return views.PageLink(name=page_name(row[at]), url=f"{base}/{row[at]}/")

    return link(at - 1), link(at + 1)


def by_month(shaper: Shaper, page: str) -> tuple[views.MonthView, ...]:
    """The papers on a page of a year, by month; their numbers are those of the whole year, but
    where the page knows no month."""
    year = year_of(page)
    groups = [
        (name, tuple(slugs))
        for name, slugs in groupby(shaper.papers_on[f"years/{page}"], shaper.month_name)
    ]
    if [name for name, _ in groups] == [""]:
        ((_, slugs),) = groups
        return (views.MonthView(name="", papers=len(slugs), cards=shaper.cards(slugs)),)
    return tuple(
        views.MonthView(
            name=name, papers=shaper.months[f"{year} {name}"], cards=shaper.cards(slugs)
        )
        for name, slugs in groups
    )
