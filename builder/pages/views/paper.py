"""What the template of a paper's page sees."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.citation.head import Meta
from builder.pages.views.shared import Card, Person


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
class Pointing:
    """Papers that point to this one. more: how many there are besides."""

    cards: tuple[Card, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class CollectionLink:
    """A reading path that holds the paper."""

    title: str
    url: str


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
    head: tuple[Meta, ...]
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
    mentioned_by: Pointing
    related_from: Pointing
    collections: tuple[CollectionLink, ...]
    suggested: bool
    filters: tuple[tuple[str, str], ...]
    sort_date: str
    cite: CiteView
    edit_path: str
