"""What views of several pages share: the site, papers in lists, topics, charts."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from markupsafe import Markup

from builder.pages.forge import Forge


@dataclass(frozen=True, kw_only=True)
class SiteView:
    """The site as a whole; every template has it as `site`.

    It says nothing that changes with the papers: every page would change with them.
    edit_base: address under which the files of content/ are edited on the forge, or "".
    forge: where corrections are suggested; `forge.correction(title, url, field)` is the address
    of the form, filled in for a page. None without a repository on a forge that is known.
    """

    name: str
    description: str
    edit_base: str
    forge: Forge | None = None


@dataclass(frozen=True, kw_only=True)
class Count:
    """Something with a number of papers: a tag, an author. facet: of a tag, else ""."""

    name: str
    url: str
    papers: int
    facet: str = ""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A tag on a paper. by: "curator" or "auto" (a suggestion); why: the suggestion's reason, which
    the paper's own page says."""

    id: str
    name: str
    url: str
    facet: str
    by: str
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Person:
    """An author in a list. url: the author's page; "" where there is none."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Face:
    """What lists show of a paper, as its file alone tells it.

    title: HTML; plain_title: text. byline: "Ada Example, Bo Sample and 3 others", or "".
    teaser: the list's summary, else the first words of the abstract (`is_summary` tells which).
    """

    title: Markup
    plain_title: str
    byline: str
    date: datetime.date | None
    year: int | None
    venue: str | None
    teaser: str
    is_summary: bool
    has_code: bool
    pick: bool


@dataclass(frozen=True, kw_only=True)
class Card(Face):
    """A paper in a list.

    trend: "listed 3 times, Jan to Mar 2026"; listings, comments: its numbers.
    """

    slug: str
    url: str
    tags: tuple[Chip, ...]
    trend: str
    listings: int
    comments: int


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A page among others of the same list. papers: how many it shows, or 0 where that is not
    said; current: this very page."""

    name: str
    url: str
    papers: int = 0
    current: bool = False


@dataclass(frozen=True, kw_only=True)
class Pager:
    """The pages over which a long list is spread. label: what they are, such as "Years"."""

    label: str
    pages: tuple[PageLink, ...]


@dataclass(frozen=True, kw_only=True)
class Topic:
    """A tag as the vocabulary has it."""

    id: str
    name: str
    url: str
    facet: str
    definition: str


@dataclass(frozen=True, kw_only=True)
class TagRow(Topic):
    """A tag with its papers; on some of them it is but suggested."""

    papers: int
    suggested: int


@dataclass(frozen=True, kw_only=True)
class TagBar(TagRow):
    """A tag among all others. share: of the tag with the most papers, 0 to 1."""

    share: float


@dataclass(frozen=True, kw_only=True)
class FacetView:
    """A facet with its tags, in the vocabulary's order."""

    id: str
    name: str
    definition: str
    tags: tuple[TagBar, ...]


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a small bar chart. share: of the highest bar, 0 to 1."""

    label: str
    value: int
    share: float
