"""The home page."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from functools import partial
from itertools import islice

from builder.pages import views
from builder.pages.kinds.editions import edition_view
from builder.pages.page import Page
from builder.pages.shape import Shaper

HOME_CARDS = 6
HOME_EDITIONS = 24


def pages(shaper: Shaper) -> Iterator[Page]:
    """The one page."""
    yield Page(path="index.md", template="home.md.j2", make=partial(_view, shaper))


def _view(shaper: Shaper) -> views.HomeView:
    def listed(slug: str) -> tuple[int, int, datetime.date]:
        trend = shaper.trend(slug)
        return trend.listings, trend.comments, trend.last or datetime.date.min

    # Sorting is stable, so papers that are equal otherwise stay newest first.
    most = sorted(
        (slug for slug in shaper.newest if shaper.trend(slug).listings > 1),
        key=listed,
        reverse=True,
    )
    picks = [slug for slug in shaper.newest if shaper.pick(slug)]
    newest = next(iter(shaper.edition_ids), None)
    return views.HomeView(
        totals=totals(shaper),
        newest=edition_view(shaper, newest) if newest else None,
        most_listed=shaper.cards(most[:HOME_CARDS]),
        picks=shaper.cards(picks[:HOME_CARDS]),
        latest=shaper.cards(shaper.newest[:HOME_CARDS]),
        facets=shaper.facets,
        collections=tuple(map(shaper.collection_row, shaper.collection_ids)),
        editions=tuple(
            shaper.edition_rows[key] for key in islice(shaper.edition_ids, HOME_EDITIONS)
        ),
    )


def totals(shaper: Shaper) -> views.Totals:
    """How much there is of everything."""
    days = [day for key in shaper.edition_ids if (day := shaper.edition(key).date)]
    days = days or [day for slug in shaper.slugs if (day := shaper.date(slug))]
    return views.Totals(
        papers=len(shaper.newest),
        editions=len(tuple(shaper.edition_ids)),
        authors=len(shaper.by_author),
        tags=len(shaper.vocabulary.tags),
        updated=max(days, default=None),
    )
