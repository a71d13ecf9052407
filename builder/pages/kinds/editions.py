"""The list of editions, by year where they are many, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from builder.feedlist import series_of
from builder.pages import views
from builder.pages.page import Page, around
from builder.pages.parts import UNKNOWN, by_year
from builder.pages.shape import Shaper

# The list of more than these is divided by year, and begins with so many of the newest.
MOST_EDITIONS = 100
EDITIONS_SHOWN = 50


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, and the editions newest first."""
    yield Page(path="editions/index.md", template="editions.md.j2", make=partial(_list, shaper))
    for year in _by_year(shaper):
        yield Page(
            path=f"editions/years/{year}.md",
            template="editions.md.j2",
            make=partial(_year, shaper, year),
        )
    for key in shaper.edition_ids:
        yield Page(
            path=f"editions/{key}.md",
            template="edition.md.j2",
            source=f"editions/{key}.yml",
            make=partial(edition_view, shaper, key),
        )


def _by_year(shaper: Shaper) -> Mapping[str, tuple[str, ...]]:
    """Year -> its editions, newest first, undated last; nothing where one page holds them all."""

    def year(key: str) -> int | None:
        day = shaper.edition(key).date
        return day.year if day else None

    keys = tuple(shaper.edition_ids)
    return by_year(keys, year) if len(keys) > MOST_EDITIONS else {}


def _pager(years: Mapping[str, Sequence[str]], current: str = "") -> views.Pager | None:
    if not years:
        return None
    return views.Pager(
        label="Years",
        pages=tuple(
            views.PageLink(
                name=_year_name(year), url=f"editions/years/{year}/", current=year == current
            )
            for year in years
        ),
    )


def _year_name(year: str) -> str:
    return "Undated" if year == UNKNOWN else year


def _list(shaper: Shaper) -> views.EditionsView:
    keys, years = tuple(shaper.edition_ids), _by_year(shaper)
    return views.EditionsView(
        title="Editions",
        index=True,
        rows=tuple(shaper.edition_rows[key] for key in (keys[:EDITIONS_SHOWN] if years else keys)),
        years=_pager(years),
    )


def _year(shaper: Shaper, year: str) -> views.EditionsView:
    years = _by_year(shaper)
    return views.EditionsView(
        title=f"Editions, {_year_name(year).lower()}",
        index=False,
        rows=tuple(shaper.edition_rows[key] for key in years[year]),
        years=_pager(years, year),
    )


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
