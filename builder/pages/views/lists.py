"""What the templates of lists see: editions, topics, authors, years, reading paths."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from markupsafe import Markup

from builder.pages.views.shared import Bar, Card, Count, FacetView, PageLink, Pager, TagRow, Topic


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    """An edition in a list.

    name: tells it from every other one: "Daily Papers, March 17, 2025", "Daily Papers, undated".
    first: its first papers, as a taste; new: how many of its papers no older edition listed;
    tags: what it was about, most frequent first; share: of the longest edition, 0 to 1.
    """

    id: str
    title: str
    name: str
    url: str
    date: datetime.date | None
    date_inferred: bool
    papers: int
    first: tuple[Card, ...]
    new: int
    tags: tuple[Count, ...]
    share: float


@dataclass(frozen=True, kw_only=True)
class EditionEntry:
    """A place in an edition. first_seen: no older edition listed the paper."""

    position: int
    card: Card
    comments: int | None
    first_seen: bool


@dataclass(frozen=True, kw_only=True)
class EditionView:
    """An edition's page. older, newer: its neighbours by date; feed: the path of its series'
    Atom file, or ""."""

    row: EditionRow
    source: str | None
    description: str
    entries: tuple[EditionEntry, ...]
    older: EditionRow | None
    newer: EditionRow | None
    edit_path: str
    feed: str


@dataclass(frozen=True, kw_only=True)
class EditionsView:
    """A list of editions, newest first, undated last.

    title: of the page; years: the pages of all editions, where this one shows but a part of them;
    index: this is the page that leads to the others.
    """

    title: str
    index: bool
    rows: tuple[EditionRow, ...]
    years: Pager | None


@dataclass(frozen=True, kw_only=True)
class TagsView:
    """The vocabulary by facet. untagged: papers without any tag."""

    facets: tuple[FacetView, ...]
    untagged: int


@dataclass(frozen=True, kw_only=True)
class NeighbourRow:
    """A tag that this one meets more often than chance, on `papers` papers."""

    tag: Topic
    papers: int


@dataclass(frozen=True, kw_only=True)
class TagView:
    """A tag's page: papers newest first; years: papers a year, without gaps; feed: the path of its
    Atom file, or "". pages: those of all papers, where `papers` are but the newest."""

    tag: TagRow
    facet_name: str
    description: str
    synonyms: tuple[str, ...]
    see_also: tuple[Topic, ...]
    neighbours: tuple[NeighbourRow, ...]
    years: tuple[Bar, ...]
    papers: tuple[Card, ...]
    pages: Pager | None
    edit_path: str
    feed: str


@dataclass(frozen=True, kw_only=True)
class AuthorRow:
    """An author in a list. note: what tells this author from another of the same name, or "".

    url: of the author's page, "" where there is none; papers: how many there are in this list;
    paper_url: of the newest of them.
    """

    id: str
    name: str
    note: str
    url: str
    papers: int
    paper_url: str


@dataclass(frozen=True, kw_only=True)
class LetterView:
    """The authors under one letter of the alphabet, by family name. name: the letter, or "#" for
    all that begins with none; id: "a", "other"."""

    id: str
    name: str
    authors: tuple[AuthorRow, ...]


@dataclass(frozen=True, kw_only=True)
class AuthorsView:
    """All authors. frequent: those with the most papers; letters: everyone, or nobody where each
    letter has a page of its own; pages: those pages."""

    frequent: tuple[AuthorRow, ...]
    letters: tuple[LetterView, ...]
    pages: Pager | None
    unnamed: int


@dataclass(frozen=True, kw_only=True)
class AuthorLetterView:
    """The authors under a letter, or under the first two of their family names. pages: those of all
    letters; parts: those of this letter, where there are too many for one page."""

    name: str
    authors: tuple[AuthorRow, ...]
    pages: Pager
    parts: Pager | None


@dataclass(frozen=True, kw_only=True)
class AuthorView:
    """An author's page. papers: newest first; coauthors: with how many papers together; tags:
    topics by papers. pages: those of all papers, where `papers` are but the newest."""

    author: AuthorRow
    description: str
    papers: tuple[Card, ...]
    pages: Pager | None
    coauthors: tuple[Count, ...]
    tags: tuple[Count, ...]


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """A year. id: "2025", or "unknown"; tags: its most frequent topics."""

    id: str
    name: str
    url: str
    papers: int
    tags: tuple[Count, ...]


@dataclass(frozen=True, kw_only=True)
class YearBar(YearRow):
    """A year among all others. share: of the year with the most papers, 0 to 1."""

    share: float


@dataclass(frozen=True, kw_only=True)
class YearsView:
    """All years, newest first, papers without a year last."""

    rows: tuple[YearBar, ...]


@dataclass(frozen=True, kw_only=True)
class YearView:
    """A year's page. months: newest first; parts: the pages of all papers, where these are but the
    newest; older, newer: the pages before and behind."""

    row: YearRow
    description: str
    months: tuple[MonthView, ...]
    parts: Pager | None
    older: PageLink | None
    newer: PageLink | None


@dataclass(frozen=True, kw_only=True)
class MonthView:
    """The papers of a month. name: "" where the day is unknown; papers: how many there are, also
    on other pages of a year that has months."""

    name: str
    papers: int
    cards: tuple[Card, ...]


@dataclass(frozen=True, kw_only=True)
class PartView:
    """One page of a long list. above: the pages to which it belongs, the topmost first; facet: of
    the topic, or ""; pagers: the pages of the list; older, newer: those before and behind."""

    title: str
    description: str
    above: tuple[PageLink, ...]
    facet: str
    months: tuple[MonthView, ...]
    pagers: tuple[Pager, ...]
    older: PageLink | None
    newer: PageLink | None


@dataclass(frozen=True, kw_only=True)
class StepView:
    """A paper on a reading path, at `position` (from 1)."""

    position: int
    card: Card
    note: Markup


@dataclass(frozen=True, kw_only=True)
class CollectionRow:
    """A reading path in a list."""

    id: str
    title: str
    url: str
    summary: str
    papers: int


@dataclass(frozen=True, kw_only=True)
class CollectionsView:
    """All reading paths."""

    rows: tuple[CollectionRow, ...]


@dataclass(frozen=True, kw_only=True)
class CollectionView:
    """A reading path's page. intro: HTML; feed: the path of its Atom file, or ""."""

    row: CollectionRow
    description: str
    intro: Markup
    steps: tuple[StepView, ...]
    edit_path: str
    feed: str
