"""The list of editions, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.feedlist import series_of
from builder.pages import views
from builder.pages.page import Page, around
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, and the editions newest first."""
    yield Page(path="editions/index.md", template="editions.md.j2", make=partial(_list, shaper))
    for key in shaper.edition_ids:
        yield Page(
            path=f"editions/{key}.md",
            template="edition.md.j2",
            source=f"editions/{key}.yml",
            make=partial(edition_view, shaper, key),
        )


def _list(shaper: Shaper) -> views.EditionsView:
    return views.EditionsView(rows=tuple(shaper.edition_rows.values()))


def edition_view(shaper: Shaper, key: str) -> views.EditionView:
    """What an edition's page shows."""
    edition, row = shaper.edition(key), shaper.edition_rows[key]
    newer, older = around(shaper.edition_ids, key)
    return views.EditionView(
        row=row,
        source=edition.source,
        description=f"{row.name}: {len(edition.papers)} papers, in the listing's order.",
        entries=tuple(
            views.EditionEntry(
                position=position,
                card=shaper.card(listing.paper),
                comments=listing.comments,
                first_seen=shaper.debuts.get(listing.paper) == key,
            )
            for position, listing in enumerate(edition.papers, start=1)
        ),
        newer=shaper.edition_rows[newer] if newer else None,
        older=shaper.edition_rows[older] if older else None,
        edit_path=f"editions/{key}.yml",
        feed=shaper.feed("series", series_of(edition)),
    )
