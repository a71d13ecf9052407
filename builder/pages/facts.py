"""All that pages can learn of a library and its analysis: one place through which it is read.

No view takes anything from elsewhere, so that what a page is made of can be noted here (see
`builder.pages.tracing`). What is asked of one paper, tag, edition or reading path has a method
that takes its id; what is asked of all has a property.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, partial
from typing import Literal, NamedTuple

from builder import citation, remembered
from builder.analysis import Analysis, Backlinks, Mention, Neighbour, TagUse, Trend
from builder.analysis.stamps import stamps_of
from builder.citation import Reference
from builder.content import identifiers
from builder.content.authors import Namesake
from builder.content.collection import Collection
from builder.content.edition import Edition
from builder.content.paper import Paper
from builder.content.removed import Tombstone
from builder.content.vocabulary import Vocabulary
from builder.feed import FeedInfo
from builder.library import Appearance, Library
from builder.memory import Memory, stamp
from builder.pages.tracing import Tracer, digest

# The kinds of facts that there are of every paper, by slug.
_OF_PAPERS = (
    "paper", "title", "day", "names", "pick", "outline", "authorship", "key", "tags", "subjects",
    "links", "ties", "trend", "appearances",
)  # fmt: skip
# Those of them that follow from the paper's file alone.
_OF_FILES = frozenset({"paper", "title", "day", "names", "pick", "outline"})
# Of these citation keys are made.
_OF_KEYS = ("slugs", "names", "day")
# The kind of memory in which digests of these are.
FROM_FILES = "of files"


class Outline(NamedTuple):
    """What a paper's file tells and what it lacks. named: how many authors it names; venue,
    summary, tags: whether it has any."""

    date: datetime.date | None
    year: int | None
    author_count: int | None
    named: int
    arxiv: str | None
    doi: str | None
    venue: bool
    summary: bool
    tags: bool


class Onward(NamedTuple):
    """A cross-link from a paper, as pages show it: its score is for machines."""

    slug: str
    reason: str
    by: Literal["curator", "name", "similar"]


def outline(paper: Paper) -> Outline:
    """The outline of a paper."""
    return Outline(
        date=paper.date,
        year=paper.year,
        author_count=paper.author_count,
        named=len(paper.authors),
        arxiv=paper.arxiv,
        doi=paper.doi,
        venue=bool(paper.venue),
        summary=bool(paper.summary),
        tags=bool(paper.tags),
    )


def _day(paper: Paper) -> tuple[object, ...]:
    return paper.date, paper.year, _month(paper)


def _month(paper: Paper) -> tuple[int, int] | None:
    if paper.date:
        return paper.date.year, paper.date.month
    return identifiers.arxiv_month(paper.arxiv) if paper.arxiv else None


class Facts(Tracer):
    """What a library and its analysis say.

    library, analysis: both immutable. feeds: those that pages may lead to. references: how each
    paper is cited, where the caller made them already. site_name, address: of the site, as the
    heads of pages name them; the address with a slash at its end, or "". previews: the pages of
    papers have preview images. memory: where what takes long to work out is kept.
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
        previews: bool = False,
        memory: Memory | None = None,
    ) -> None:
        super().__init__()
        self.memory = memory or Memory()
        self.library = library
        self.analysis = analysis
        self._feeds = tuple(feeds)
        self.site_name = site_name
        self.address = address
        self.previews = previews
        self._references = references
        made = stamps_of(self.analysis)
        self.stamps |= self._own_stamps(made)
        papers = self.library.papers
        self.keys |= dict.fromkeys(_OF_PAPERS, lambda: papers)
        # Ids follow from names and from the file that tells namesakes apart.
        self.by_file |= dict.fromkeys(_OF_FILES, "") | {"authorship": "authors"}
        self.files = self.library.paper_digests
        self.in_a_row |= {"tags": made["tags"], "links": made["links"], "trend": made["trends"]}
        self.wholes |= self._own_wholes()

    def _own_stamps(
        self, stamps: Mapping[str, Mapping[str, str]]
    ) -> dict[str, Callable[[str], str]]:
        """How each kind of fact below is stamped; stamps: those of the analysis."""
        library, analysis = self.library, self.analysis
        files, papers = library.digests, library.papers

        def of_paper(give: Callable[[Paper], object]) -> Callable[[str], str]:
            return lambda slug: str(give(papers[slug])) if slug in papers else ""

        def listings(slug: str) -> str:
            found = library.appearances.get(slug, ())
            keys = [item.edition.id for item in found]
            return " ".join(f"{key} {files.get(f'editions/{key}.yml')}" for key in keys)

        return {
            "paper": lambda slug: files.get(f"papers/{slug}.md", ""),
            "day": of_paper(_day),
            "names": of_paper(lambda paper: paper.authors),
            "pick": of_paper(lambda paper: paper.pick),
            "title": of_paper(lambda paper: paper.title),
            "outline": of_paper(outline),
            "authorship": lambda slug: str(library.authorship.get(slug)),
            "subjects": lambda slug: str(analysis.subjects.get(slug)),
            "ties": lambda slug: str(analysis.ties.get(slug)),
            "key": lambda slug: self.references.keys_of.get(slug, ""),
            "tags": lambda slug: stamps["tags"].get(slug, ""),
            "links": lambda slug: stamps["links"].get(slug, ""),
            "trend": lambda slug: stamps["trends"].get(slug, ""),
            "appearances": listings,
            "authors": lambda _: files.get("authors.yml", ""),
            "neighbours": lambda tag: repr(analysis.neighbours.get(tag)),
            "met": lambda tag: str(analysis.met.get(tag)),
            "edition": lambda key: files.get(f"editions/{key}.yml", ""),
            "collection": lambda key: files.get(f"collections/{key}.md", ""),
            "feed": lambda key: self._atom.get(tuple(key.split(" ", 1)), ""),
            "by_hand": lambda path: str((library.root / "pages" / path).is_file()),
            "slugs": lambda _: digest(list(papers)),
            "edition_ids": lambda _: digest(list(library.editions)),
            "collection_ids": lambda _: digest(list(library.collections)),
            "vocabulary": lambda _: files.get("tags.yml", ""),
            "removed": lambda _: files.get("removed.yml", ""),
            "feeds": lambda _: digest(self._feeds),
        }

    def _own_wholes(self) -> dict[str, Callable[[], str]]:
        """How each kind of fact below is stamped as a whole, where that can be done in one go."""
        files, stamps, analysis = self.library.digests, self.stamps, self.analysis
        made = analysis.stamps

        def of_papers(values: Callable[[], Iterable[object]]) -> Callable[[], str]:
            # One repr() of many small values takes a tenth of the time of a stamp for each.
            return lambda: stamp(repr(list(values())), self.whole("slugs") or "")

        def in_a_row(kind: str) -> Callable[[], str]:
            """Of the stamps that an analysis has of each paper, in the order of papers."""
            return lambda: stamp("\0".join(made[kind].values()), self.whole("slugs") or "")

        def of_files(folder: str) -> Callable[[], str]:
            return lambda: stamp(
                *(f"{name} {made}" for name, made in files.items() if name.startswith(folder))
            )

        def by_item(
            name: str, known: Mapping[str, str], kinds: Iterable[str]
        ) -> dict[str, Callable[[], str]]:
            """Of kinds whose facts follow from something that has a stamp of each paper."""
            gives = {kind: stamps[kind] for kind in kinds}
            found = cache(lambda: remembered.wholes(self.memory, name, known, gives))
            return {kind: lambda kind=kind: found()[kind] for kind in gives}  # type: ignore[misc]

        of_one = ("authors", "slugs", "edition_ids", "collection_ids", "vocabulary", "removed")
        return {
            "paper": lambda: stamp("\0".join(self.files.values()), self.whole("slugs") or ""),
            **by_item(FROM_FILES, self.files, _OF_FILES - {"paper"}),
            # Ids follow from names and from that file.
            "authorship": lambda: stamp(self.whole("names") or "", files.get("authors.yml", "")),
            # Keys follow from first authors and years.
            "key": lambda: self.whole_of(_OF_KEYS),
            # An analysis without stamps was put together by hand.
            **(
                {
                    "tags": in_a_row("tags"),
                    "links": in_a_row("links"),
                    "trend": in_a_row("trends"),
                    **by_item("of tags", made["tags"], ("subjects",)),
                    **by_item("of links", made["links"], ("ties",)),
                }
                if made
                else {
                    "subjects": of_papers(lambda: analysis.subjects.items()),
                    "ties": of_papers(lambda: analysis.ties.items()),
                }
            ),
            **{kind: partial(stamps[kind], "") for kind in (*of_one, "feeds")},
            "appearances": of_files("editions/"),
            "edition": of_files("editions/"),
            "collection": of_files("collections/"),
            "neighbours": lambda: digest(list(analysis.neighbours.items())),
            "met": lambda: digest(list(analysis.met.items())),
            "feed": lambda: digest(self._feeds),
        }

    # ---------------------------------------------------------------- of one

    def paper(self, slug: str) -> Paper:
        """What a paper's file says."""
        self.note("paper", slug)
        return self.library.papers[slug]

    def year(self, slug: str) -> int | None:
        """The year of a paper."""
        self.note("day", slug)
        return self.library.papers[slug].year

    def date(self, slug: str) -> datetime.date | None:
        """The day of a paper."""
        self.note("day", slug)
        return self.library.papers[slug].date

    def names(self, slug: str) -> tuple[str, ...]:
        """The names of a paper's authors, in printed order."""
        self.note("names", slug)
        return self.library.papers[slug].authors

    def title(self, slug: str) -> str:
        """The title of a paper."""
        self.note("title", slug)
        return self.library.papers[slug].title

    def pick(self, slug: str) -> bool:
        """Whether a paper is an editor's pick."""
        self.note("pick", slug)
        return self.library.papers[slug].pick

    def month(self, slug: str) -> tuple[int, int] | None:
        """The year and month of a paper: of its date or of its arXiv id, whose digits begin with
        it."""
        self.note("day", slug)
        return _month(self.library.papers[slug])

    def outline(self, slug: str) -> Outline:
        """What is known of a paper, and what is not."""
        self.note("outline", slug)
        return outline(self.library.papers[slug])

    def reference(self, slug: str) -> Reference:
        """How a paper is cited."""
        self.note("paper", slug)
        self.note("key", slug)
        return self.references[slug]

    def tags(self, slug: str) -> tuple[TagUse, ...]:
        """The tags of a paper, most central first."""
        self.note("tags", slug)
        return self.analysis.tags[slug]

    def subjects(self, slug: str) -> tuple[tuple[str, str], ...]:
        """(tag, giver) of the tags of a paper, most central first: no reasons, which edits of
        other papers may move."""
        self.note("subjects", slug)
        return self.analysis.subjects[slug]

    def ties(self, slug: str) -> tuple[str, ...]:
        """The slugs of the cross-links from a paper, nearest first."""
        self.note("ties", slug)
        return self.analysis.ties[slug]

    def links(self, slug: str) -> tuple[Onward, ...]:
        """The cross-links from a paper, nearest first."""
        self.note("links", slug)
        return tuple(
            Onward(slug=link.slug, reason=link.reason, by=link.by)
            for link in self.analysis.related[slug]
        )

    def mentions(self, slug: str) -> tuple[Mention, ...]:
        """The names of other papers in a paper's abstract."""
        self.note("links", slug)
        return self.analysis.mentions[slug]

    def backlinks(self, slug: str) -> Backlinks:
        """Who points to a paper."""
        self.note("links", slug)
        return self.analysis.backlinks[slug]

    def trend(self, slug: str) -> Trend:
        """How often a paper was listed."""
        self.note("trend", slug)
        return self.analysis.trends[slug]

    def appearances(self, slug: str) -> tuple[Appearance, ...]:
        """Where a paper was listed, newest edition first."""
        self.note("appearances", slug)
        return self.library.appearances.get(slug, ())

    def author_ids(self, slug: str) -> tuple[str, ...]:
        """The ids of a paper's authors, in printed order."""
        self.note("authorship", slug)
        return self.library.authorship[slug]

    def namesake(self, author: str) -> Namesake | None:
        """What tells an author from others of the same name, where that is needed."""
        self.note("authors")
        return self.library.authors.namesakes.get(author)

    def neighbours(self, tag: str) -> tuple[Neighbour, ...]:
        """The tags that a tag meets more often than by chance."""
        self.note("neighbours", tag)
        return self.analysis.neighbours[tag]

    def met(self, tag: str) -> tuple[tuple[str, int], ...]:
        """(tag, papers) of the same, by which a page that shows no more does not change with the
        number of all papers."""
        self.note("met", tag)
        return self.analysis.met[tag]

    def edition(self, key: str) -> Edition:
        """What an edition's file says."""
        self.note("edition", key)
        return self.library.editions[key]

    def collection(self, key: str) -> Collection:
        """What a reading path's file says."""
        self.note("collection", key)
        return self.library.collections[key]

    def feed(self, kind: str, key: str) -> str:
        """The path of the Atom file of a tag, series or collection; "" where there is none."""
        self.note("feed", f"{kind} {key}")
        return self._atom.get((kind, key), "")

    def by_hand(self, path: str) -> bool:
        """Whether there is a hand-written page, such as "contribute.md"."""
        self.note("by_hand", path)
        return (self.library.root / "pages" / path).is_file()

    # ---------------------------------------------------------------- of all

    @property
    def slugs(self) -> Iterable[str]:
        """Every paper, in alphabetical order."""
        self.note("slugs")
        return self.library.papers.keys()

    @property
    def edition_ids(self) -> Iterable[str]:
        """Every edition, newest first, undated last."""
        self.note("edition_ids")
        return self.library.editions.keys()

    @property
    def collection_ids(self) -> Iterable[str]:
        """Every reading path, by title."""
        self.note("collection_ids")
        return self.library.collections.keys()

    @property
    def vocabulary(self) -> Vocabulary:
        """Facets and tags."""
        self.note("vocabulary")
        return self.library.vocabulary

    @property
    def tombstones(self) -> Iterable[Tombstone]:
        """Every paper that was taken out."""
        self.note("removed")
        return self.library.removed.tombstones.values()

    @property
    def feeds(self) -> tuple[FeedInfo, ...]:
        """Every feed, in the order of display."""
        self.note("feeds")
        return self._feeds

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """How each paper is cited: together, for no two may have the same key."""
        if self._references:
            return self._references
        library, stamp = self.library, self.whole_of(_OF_KEYS)
        return citation.references(library.papers, self.memory, stamp, library.paper_digests)

    @cached_property
    def _atom(self) -> Mapping[tuple[str, str], str]:
        return {(feed.kind, feed.key): feed.atom for feed in self._feeds}
