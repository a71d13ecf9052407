"""The ways to follow the list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.pages import views
from builder.pages.page import Page
from builder.pages.shape import Shaper


def pages(shaper: Shaper, newsletter: views.Newsletter | None) -> Iterator[Page]:
    """The one page, where there is a way to follow."""
    if shaper.feeds or newsletter:
        yield Page(
            path="subscribe/index.md",
            template="subscribe.md.j2",
            make=partial(_view, shaper, newsletter),
        )


def _view(shaper: Shaper, newsletter: views.Newsletter | None) -> views.SubscribeView:
    tags = {row.key: row for row in _rows(shaper, "tag")}
    facets = [
        (facet, tuple(tags[tag.id] for tag in facet.tags if tag.id in tags))
        for facet in shaper.facets
    ]
    return views.SubscribeView(
        newsletter=newsletter,
        all_papers=_rows(shaper, "all"),
        corrections=_rows(shaper, "corrections"),
        series=_rows(shaper, "series"),
        collections=_rows(shaper, "collection"),
        facets=tuple((facet, found) for facet, found in facets if found),
    )


def _rows(shaper: Shaper, kind: str) -> tuple[views.FeedRow, ...]:
    return tuple(
        views.FeedRow(
            name=feed.name,
            key=feed.key,
            url=feed.page,
            atom=feed.atom,
            json=feed.json,
            entries=feed.entries,
        )
        for feed in shaper.feeds
        if feed.kind == kind
    )
