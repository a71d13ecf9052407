"""What the templates of lists see: editions, topics, authors, years, reading paths."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from markupsafe import Markup

from builder.pages.views.shared import Bar, Card, Count, FacetView, TagRow


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
    """The list of editions, newest first, undated last."""

    rows: tuple[EditionRow, ...]


@dataclass(frozen=True, kw_only=True)
class TagsView:
    """The vocabulary by facet. untagged: papers without any tag."""

    facets: tuple[FacetView, ...]
    untagged: int


@dataclass(frozen=True, kw_only=True)
class NeighbourRow:
    """A tag that this one meets more often than chance: on `papers` papers, `lift`
    times as often."""

    tag: TagRow
    papers: int
    lift: float


@dataclass(frozen=True, kw_only=True)
class TagView:
    """A tag's page: papers newest first; years: papers a year, without gaps; feed: the path of its
    Atom file, or ""."""

    tag: TagRow
    facet_name: str
    description: str
    synonyms: tuple[str, ...]
    see_also: tuple[TagRow, ...]
    neighbours: tuple[NeighbourRow, ...]
    years: tuple[Bar, ...]
    papers: tuple[Card, ...]
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
    """The authors under one letter of the alphabet, by family name."""

    letter: str
    authors: tuple[AuthorRow, ...]


@dataclass(frozen=True, kw_only=True)
class AuthorsView:
    """All authors. frequent: those with the most papers; letters: everyone."""

    frequent: tuple[AuthorRow, ...]
    letters: tuple[LetterView, ...]
    unnamed: int


@dataclass(frozen=True, kw_only=True)
class AuthorView:
    """An author's page. papers: newest first; coauthors: with how many papers together; tags:
    topics by papers."""

    author: AuthorRow
    description: str
    papers: tuple[Card, ...]
    coauthors: tuple[Count, ...]
    tags: tuple[Count, ...]


@dataclass(frozen=True, kw_only=True)
class YearRow:
    """A year in a list. id: "2025", or "unknown"; tags: its most frequent topics; share: of the
    year with the most papers, 0 to 1."""

    id: str
    name: str
    url: str
    papers: int
    tags: tuple[Count, ...]
    share: float


@dataclass(frozen=True, kw_only=True)
class YearsView:
    """All years, newest first, papers without a year last."""

    rows: tuple[YearRow, ...]


@dataclass(frozen=True, kw_only=True)
class YearView:
    """A year's page. months: (name, papers), newest first; "" for papers without a day."""

    row: YearRow
    description: str
    months: tuple[tuple[str, tuple[Card, ...]], ...]
    older: YearRow | None
    newer: YearRow | None


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
