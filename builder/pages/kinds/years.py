"""The list of years, and a page for each, or several for one of very many papers."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.pages import views
from builder.pages.kinds.spread import around, by_month, parts_pager
from builder.pages.page import Page
from builder.pages.parts import page_name
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, and the years oldest first."""
    yield Page(path="years/index.md", template="years.md.j2", make=partial(_list, shaper))
    for page in shaper.pages_of["years"]:
        part = "/" in page
        yield Page(
            path=f"years/{page}.md",
            template="part.md.j2" if part else "year.md.j2",
            make=partial(_part if part else _view, shaper, page),
        )


def _list(shaper: Shaper) -> views.YearsView:
    rows = shaper.year_rows.values()
    most = max((row.papers for row in rows), default=1)
    return views.YearsView(
        rows=tuple(views.YearBar(**vars(row), share=round(row.papers / most, 3)) for row in rows)
    )


def _view(shaper: Shaper, year: str) -> views.YearView:
    row = shaper.year_rows[year]
    older, newer = around(shaper, "years", year)
    return views.YearView(
        row=row,
        description=f"{row.papers} papers of this list, {row.name}.",
        months=by_month(shaper, year),
        parts=next(iter(parts_pager(shaper, "years", year)), None),
        older=older,
        newer=newer,
    )


def _part(shaper: Shaper, page: str) -> views.PartView:
    older, newer = around(shaper, "years", page)
    return views.PartView(
        title=page_name(page),
        description=f"Papers of this list, {page_name(page)}.",
        above=(views.PageLink(name="Years", url="years/"),),
        facet="",
        months=by_month(shaper, page),
        pagers=parts_pager(shaper, "years", page),
        older=older,
        newer=newer,
    )
