"""What the templates of the ways into the list see: home, browse, subscribe."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from builder.pages.views.lists import CollectionRow, EditionRow, EditionView
from builder.pages.views.shared import Card, FacetView, Pager


@dataclass(frozen=True, kw_only=True)
class BrowseView:
    """The page that finds papers; without a script, a plain list by year.

    years: newest first, unknown last: (name, papers as (url, title)), or nothing of a long list;
    pages: those of the years, then.
    """

    years: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    pages: Pager | None
    facets: tuple[FacetView, ...]


@dataclass(frozen=True, kw_only=True)
class Totals:
    """How much there is of everything. updated: the day of the newest edition or, without one, of
    the newest paper."""

    papers: int
    editions: int
    authors: int
    tags: int
    updated: datetime.date | None


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """The home page. editions: the newest ones."""

    totals: Totals
    newest: EditionView | None
    most_listed: tuple[Card, ...]
    picks: tuple[Card, ...]
    latest: tuple[Card, ...]
    facets: tuple[FacetView, ...]
    collections: tuple[CollectionRow, ...]
    editions: tuple[EditionRow, ...]


@dataclass(frozen=True, kw_only=True)
class Newsletter:
    """A form elsewhere that takes the address of who wants mail.

    action: where the form is sent, an absolute address; field: the name of its address field.
    """

    action: str
    field: str


@dataclass(frozen=True, kw_only=True)
class FeedRow:
    """A feed in a list. key: the id of what it is about; url: of its page; atom, json: of the
    feed's files; entries: how many papers or editions it could tell of."""

    name: str
    key: str
    url: str
    atom: str
    json: str
    entries: int


@dataclass(frozen=True, kw_only=True)
class SubscribeView:
    """The ways to follow the list: every feed, those of topics by facet, and mail.

    newsletter: None where the site has none. all_papers, corrections: one feed or none.
    """

    newsletter: Newsletter | None
    all_papers: tuple[FeedRow, ...]
    corrections: tuple[FeedRow, ...]
    series: tuple[FeedRow, ...]
    collections: tuple[FeedRow, ...]
    facets: tuple[tuple[FacetView, tuple[FeedRow, ...]], ...]
