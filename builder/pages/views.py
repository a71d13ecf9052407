"""What a template may see: one documented, immutable view for each kind of page.

Every `url` is relative to the site's root, without a leading slash, such as "papers/half-a-loaf/";
a template writes href="{{ base }}{{ item.url }}", where `base` leads from the page to the root.
Text is plain and escaped by the template; what is HTML already is of the type Markup. Lists are
in display order: a template neither sorts nor looks up.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from markupsafe import Markup


@dataclass(frozen=True, kw_only=True)
class SiteView:
    """The site as a whole; every template has it as `site`.

    It says nothing that changes with the papers: every page would change with them.
    edit_base: address under which the files of content/ are edited on the forge, or "".
    """

    name: str
    description: str
    edit_base: str


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
class Count:
    """Something with a number of papers: a tag, an author. facet: of a tag, else ""."""

    name: str
    url: str
    papers: int
    facet: str = ""


@dataclass(frozen=True, kw_only=True)
class Chip:
    """A tag on a paper. by: "curator" or "auto" (a suggestion); why: the suggestion's reason."""

    id: str
    name: str
    url: str
    facet: str
    by: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """An author in a list. url: the author's page; "" where there is none."""

    name: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Card:
    """A paper in a list.

    title: HTML; plain_title: text. byline: "Ada Example, Bo Sample and 3 others", or "".
    teaser: the list's summary, else the first words of the abstract (`is_summary` tells which).
    trend: "listed 3 times, Jan to Mar 2026"; listings, comments: its numbers.
    """

    slug: str
    url: str
    title: Markup
    plain_title: str
    byline: str
    date: datetime.date | None
    year: int | None
    venue: str | None
    teaser: str
    is_summary: bool
    tags: tuple[Chip, ...]
    has_code: bool
    pick: bool
    trend: str
    listings: int
    comments: int


@dataclass(frozen=True, kw_only=True)
class Button:
    """A link out. kind: "pdf", "arxiv", "doi", "search", or a kind of content link."""

    kind: str
    label: str
    url: str


@dataclass(frozen=True, kw_only=True)
class ListedIn:
    """An edition that listed the paper, at `position` (from 1), and its neighbours there.

    name: as in EditionRow.
    """

    name: str
    url: str
    id: str
    date_inferred: bool
    position: int
    size: int
    comments: int | None
    previous: Card | None
    next: Card | None


@dataclass(frozen=True, kw_only=True)
class RelatedCard:
    """A cross-link with its reason. by: "curator", "name" or "similar"."""

    card: Card
    reason: str
    by: str


@dataclass(frozen=True, kw_only=True)
class CollectionLink:
    """A reading path that holds the paper."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class MetaTag:
    """<meta ATTRIBUTE="NAME" content="CONTENT">. attribute: "name" or "property"."""

    attribute: str
    name: str
    content: str


@dataclass(frozen=True, kw_only=True)
class CiteView:
    """How to cite a paper.

    key: its citation key; text: the citation as a line of text; bibtex: the entry, in lines.
    head: what the page's head says to machines; json_ld: a schema.org object, safe as the content
    of <script type="application/ld+json">. The same as files lie beside the page: cite.bib,
    cite.ris, cite.csl.json, and index.md with the page as Markdown.
    """

    key: str
    text: str
    bibtex: str
    head: tuple[MetaTag, ...]
    json_ld: Markup


@dataclass(frozen=True, kw_only=True)
class PaperView:
    """A paper's page.

    card: what lists show of it. authors, authors_folded: named, in printed order, of a long list
    the first ones and the rest; `authors_more`: how many more are known to exist without a name.
    abstract, notes: HTML. related_from: papers that point here and are not among `related`.
    suggested: some of the tags are suggestions.
    filters: (name, value) pairs for the search index, such as ("year", "2025"); sort_date: the
    date, "2025-00-00" where the year alone is known, "0000" where nothing is; sorts as text.
    edit_path: the file below content/, such as "papers/half-a-loaf.md".
    """

    card: Card
    description: str
    authors: tuple[Person, ...]
    authors_folded: tuple[Person, ...]
    authors_more: int
    organization: str | None
    arxiv: str | None
    doi: str | None
    buttons: tuple[Button, ...]
    summary: Markup | None
    abstract: Markup
    notes: Markup | None
    editions: tuple[ListedIn, ...]
    related: tuple[RelatedCard, ...]
    mentioned_by: tuple[Card, ...]
    related_from: tuple[Card, ...]
    collections: tuple[CollectionLink, ...]
    suggested: bool
    filters: tuple[tuple[str, str], ...]
    sort_date: str
    cite: CiteView
    edit_path: str


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
class TagRow:
    """A tag in a list. share: of the tag with the most papers, 0 to 1."""

    id: str
    name: str
    url: str
    facet: str
    definition: str
    papers: int
    suggested: int
    share: float


@dataclass(frozen=True, kw_only=True)
class FacetView:
    """A facet with its tags, in the vocabulary's order."""

    id: str
    name: str
    definition: str
    tags: tuple[TagRow, ...]


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
class Bar:
    """One bar of a small bar chart. share: of the highest bar, 0 to 1."""

    label: str
    value: int
    share: float


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


@dataclass(frozen=True, kw_only=True)
class BrowseView:
    """The page that finds papers; without a script, a plain list by year.

    years: newest first, unknown last: (name, papers as (url, title)).
    """

    years: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    facets: tuple[FacetView, ...]


@dataclass(frozen=True, kw_only=True)
class HomeView:
    """The home page."""

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
