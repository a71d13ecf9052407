"""The list of years, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import groupby

from builder.pages import views
from builder.pages.page import Page, around
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, and the years newest first."""
    yield Page(path="years/index.md", template="years.md.j2", make=partial(_list, shaper))
    for key in shaper.by_year:
        yield Page(path=f"years/{key}.md", template="year.md.j2", make=partial(_view, shaper, key))


def _list(shaper: Shaper) -> views.YearsView:
    return views.YearsView(rows=tuple(shaper.year_rows.values()))


def _view(shaper: Shaper, key: str) -> views.YearView:
    row = shaper.year_rows[key]
    newer, older = around(shaper.by_year, key)
    months = groupby(
        shaper.cards(shaper.by_year[key]), lambda card: f"{card.date:%B}" if card.date else ""
    )
    return views.YearView(
        row=row,
        description=f"{row.papers} papers of this list, {row.name}.",
        months=tuple((name, tuple(group)) for name, group in months),
        newer=shaper.year_rows[newer] if newer else None,
        older=shaper.year_rows[older] if older else None,
    )
