"""All that pages can learn of a library and its analysis: one place through which it is read.

Whoever wants to know what a page is made of has only to look on here: no view takes anything from
elsewhere. What is asked of one paper, tag, edition or reading path has a method that takes its
id; what is asked of all has a property.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import cached_property

from builder import citation
from builder.analysis import Analysis, Backlinks, Mention, Neighbour, Related, TagUse, Trend
from builder.citation import Reference
from builder.content.authors import Namesake
from builder.content.collection import Collection
from builder.content.edition import Edition
from builder.content.paper import Paper
from builder.content.vocabulary import Vocabulary
from builder.feedlist import FeedInfo
from builder.library import Appearance, Library


class Facts:
    """What a library and its analysis say.

    library, analysis: both immutable. feeds: those that pages may lead to. references: how each
    paper is cited, where the caller made them already. site_name, address: of the site, as the
    heads of pages name them; the address with a slash at its end, or "".
    """

    def __init__(
        self,
        library: Library,
        analysis: Analysis,
        feeds: Iterable[FeedInfo] = (),
        *,
        references: Mapping[str, Reference] | None = None,
        site_name: str = "",
        address: str = "",
    ) -> None:
        self.library = library
        self.analysis = analysis
        self.feeds = tuple(feeds)
        self.site_name = site_name
        self.address = address
        self._references = references

    # ---------------------------------------------------------------- of one

    def paper(self, slug: str) -> Paper:
        """What a paper's file says."""
        return self.library.papers[slug]

    def year(self, slug: str) -> int | None:
        """The year of a paper."""
        return self.library.papers[slug].year

    def date(self, slug: str) -> datetime.date | None:
        """The day of a paper."""
        return self.library.papers[slug].date

    def reference(self, slug: str) -> Reference:
        """How a paper is cited."""
        return self.references[slug]

    def tags(self, slug: str) -> tuple[TagUse, ...]:
        """The tags of a paper, most central first."""
        return self.analysis.tags[slug]

    def links(self, slug: str) -> tuple[Related, ...]:
        """The cross-links from a paper, nearest first."""
        return self.analysis.related[slug]

    def mentions(self, slug: str) -> tuple[Mention, ...]:
        """The names of other papers in a paper's abstract."""
        return self.analysis.mentions[slug]

    def backlinks(self, slug: str) -> Backlinks:
        """Who points to a paper."""
        return self.analysis.backlinks[slug]

    def trend(self, slug: str) -> Trend:
        """How often a paper was listed."""
        return self.analysis.trends[slug]

    def appearances(self, slug: str) -> tuple[Appearance, ...]:
        """Where a paper was listed, newest edition first."""
        return self.library.appearances.get(slug, ())

    def author_ids(self, slug: str) -> tuple[str, ...]:
        """The ids of a paper's authors, in printed order."""
        return self.library.authorship[slug]

    def namesake(self, author: str) -> Namesake | None:
        """What tells an author from others of the same name, where that is needed."""
        return self.library.authors.namesakes.get(author)

    def neighbours(self, tag: str) -> tuple[Neighbour, ...]:
        """The tags that a tag meets more often than by chance."""
        return self.analysis.neighbours[tag]

    def edition(self, key: str) -> Edition:
        """What an edition's file says."""
        return self.library.editions[key]

    def collection(self, key: str) -> Collection:
        """What a reading path's file says."""
        return self.library.collections[key]

    def feed(self, kind: str, key: str) -> str:
        """The path of the Atom file of a tag, series or collection; "" where there is none."""
        return self._atom.get((kind, key), "")

    def by_hand(self, path: str) -> bool:
        """Whether there is a hand-written page, such as "contribute.md"."""
        return (self.library.root / "pages" / path).is_file()

    # ---------------------------------------------------------------- of all

    @property
    def slugs(self) -> Iterable[str]:
        """Every paper, in alphabetical order."""
        return self.library.papers.keys()

    @property
    def edition_ids(self) -> Iterable[str]:
        """Every edition, newest first, undated last."""
        return self.library.editions.keys()

    @property
    def collection_ids(self) -> Iterable[str]:
        """Every reading path, by title."""
        return self.library.collections.keys()

    @property
    def vocabulary(self) -> Vocabulary:
        """Facets and tags."""
        return self.library.vocabulary

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """How each paper is cited: together, for no two may have the same key."""
        return self._references or citation.references(self.library.papers.values())

    @cached_property
    def _atom(self) -> Mapping[tuple[str, str], str]:
        return {(feed.kind, feed.key): feed.atom for feed in self.feeds}
