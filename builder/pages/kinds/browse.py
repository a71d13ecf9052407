"""The page that finds papers, and the one of those that a reader saved."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.pages import views
from builder.pages.kinds.spread import years_pager
from builder.pages.page import Page
from builder.pages.parts import long
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The two pages."""
    yield Page(path="browse/index.md", template="browse.md.j2", make=partial(_view, shaper))
    yield Page(path="saved/index.md", template="saved.md.j2", make=lambda: None)


def _view(shaper: Shaper) -> views.BrowseView:
    divided = long(shaper.newest)
    by_year = [
        (
            shaper.year_rows[year].name,
            tuple((card.url, card.plain_title) for card in shaper.cards(slugs)),
        )
        for year, slugs in (() if divided else shaper.by_year.items())
    ]
    return views.BrowseView(
        years=tuple(by_year),
        pages=years_pager(shaper, "years") if divided else None,
        facets=shaper.facets,
    )
