"""What feeds tell: entries of papers, editions, reading paths and corrections."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from types import MappingProxyType

from markupsafe import Markup

from builder import markup
from builder.analysis import Analysis
from builder.content.collection import Step
from builder.content.edition import Edition
from builder.content.paper import Paper
from builder.exports.site import Site
from builder.feed import FeedInfo
from builder.feedlist import series
from builder.history import Timeline
from builder.history.corrections import Correction, corrections
from builder.library import Library
from builder.memory import Memory
from builder.outlinks import Outlink, outlinks
from builder.wording import byline, day, edition_names, shorten

# The newest so many papers, and so many listings, each of which names all of its papers.
PAPERS = 50
EDITIONS = 10


@dataclass(frozen=True, kw_only=True)
class Entry:
    """An entry of a feed.

    id: an URI that stays when the site moves or a paper is renamed. title, summary: plain
    text in one line, the summary "" where there is none; content: HTML. published, updated: UTC.
    url: of the page it leads to, absolute. links: elsewhere. tags: (id, name).
    """

    id: str
    url: str
    title: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    tags: tuple[tuple[str, str], ...]
    summary: str
    content: Markup
    links: tuple[Outlink, ...]


class Entries:
    """Makes the entries of a library's feeds, each once.

    digests: slug -> digest of all that the paper's file says; needed for `stamps` alone. memory:
    where corrections are kept, for Git is asked for old texts to tell them.
    """

    def __init__(
        self,
        library: Library,
        analysis: Analysis,
        timeline: Timeline,
        site: Site,
        digests: Mapping[str, str] = MappingProxyType({}),
        memory: Memory | None = None,
    ) -> None:
        self._digests = digests
        self._memory = memory or Memory()
        self.library = library
        self.analysis = analysis
        self.timeline = timeline
        self.site = site
        self._papers: dict[str, Entry] = {}

    def uri(self, path: str) -> str:
        """The tag URI (RFC 4151) of something named by a path that stays."""
        return f"tag:{self.site.authority}:{path}"

    def of(self, feed: FeedInfo) -> tuple[Entry, ...]:
        """The entries of a feed, newest first."""
        if feed.kind == "tag":
            return tuple(self.paper(slug) for slug in self._tagged[feed.key][:PAPERS])
        if feed.kind == "series":
            return tuple(self._series(feed.key))
        if feed.kind == "collection":
            return tuple(self._steps(feed.key))
        if feed.kind == "corrections":
            return tuple(map(self._correction, self._corrections))
        return tuple(self.paper(slug) for slug in self._newest[:PAPERS])

    def stamps(self, feed: FeedInfo) -> list[str]:
        """Stamps of all that the entries of a feed are made of, without making any."""
        if feed.kind == "tag":
            return list(map(self._stamp, self._tagged[feed.key][:PAPERS]))
        if feed.kind == "series":
            return [
                f"{self._names[item.id]} {self.timeline.editions[item.id]} {item!r}"
                + "".join(self._known(listing.paper) for listing in item.papers)
                for item in self._listings(feed.key)
            ]
        if feed.kind == "collection":
            return [
                f"{self.timeline.steps[feed.key, step.paper]} {self._stamp(step.paper)} {step.note}"
                for step in self._path(feed.key)
            ]
        if feed.kind == "corrections":
            return [f"{item!r} {self._stamp(item.slug)}" for item in self._corrections]
        return list(map(self._stamp, self._newest[:PAPERS]))

    def _stamp(self, slug: str) -> str:
        """All that the entry of a paper is made of."""
        known = self.library.vocabulary.tags
        tags = " ".join(f"{use.id} {known[use.id].name}" for use in self.analysis.tags[slug])
        moment, first = self.timeline.papers.get(slug), self.timeline.names[slug][0]
        return f"{self._known(slug)} {moment} {first} {tags}"

    def _known(self, slug: str) -> str:
        return f"{slug} {self._digests.get(slug, '')}"

    @cached_property
    def _corrections(self) -> tuple[Correction, ...]:
        return corrections(self.timeline, PAPERS, self._memory)

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return edition_names(self.library.editions.values())

    @cached_property
    def _newest(self) -> list[str]:
        """The dated papers: last added first; of those that came together, the latest paper."""
        papers, moments = self.library.papers, self.timeline.papers
        found = [slug for slug in papers if slug in moments]
        found.sort(key=lambda s: papers[s].date.toordinal() if papers[s].date else 0, reverse=True)
        found.sort(key=lambda s: moments[s].added, reverse=True)
        return found

    @cached_property
    def _tagged(self) -> Mapping[str, list[str]]:
        """Tag id -> its dated papers, newest first."""
        found: dict[str, list[str]] = {tag: [] for tag in self.library.vocabulary.tags}
        for slug in self._newest:
            for use in self.analysis.tags[slug]:
                found[use.id].append(slug)
        return found

    def paper(self, slug: str) -> Entry:
        """The entry of a paper that has a date."""
        if slug not in self._papers:
            self._papers[slug] = self._paper(self.library.papers[slug])
        return self._papers[slug]

    def _paper(self, paper: Paper) -> Entry:
        moment = self.timeline.papers[paper.slug]
        known = self.library.vocabulary.tags
        return Entry(
            id=self.uri(f"papers/{self.timeline.names[paper.slug][0]}"),
            url=f"{self.site.url}papers/{paper.slug}/",
            title=markup.to_plain(paper.title),
            published=moment.added,
            updated=moment.changed,
            authors=paper.authors,
            tags=tuple((use.id, known[use.id].name) for use in self.analysis.tags[paper.slug]),
            summary=markup.to_plain(paper.summary or ""),
            content=_joined(self._content(paper)),
            links=outlinks(paper),
        )

    def _content(self, paper: Paper) -> Iterator[Markup]:
        if paper.summary:
            yield Markup("<p><strong>{}</strong></p>").format(markup.to_inline(paper.summary))
        yield markup.to_html(paper.abstract)
        if paper.notes:
            yield Markup("<h4>Notes</h4>{}").format(markup.to_html(paper.notes))
        facts = [
            byline(paper),
            paper.organization,
            paper.venue,
            day(paper.date) if paper.date else "",
        ]
        links = [Markup('<a href="{}">{}</a>').format(x.url, x.label) for x in outlinks(paper)]
        yield Markup("<p>{}</p>").format(Markup(" · ").join([*filter(None, facts), *links]))

    def _path(self, key: str) -> list[Step]:
        """The newest steps of a reading path that have a date, last added first."""
        path, added = self.library.collections[key], self.timeline.steps
        steps = [step for step in path.papers if (key, step.paper) in added]
        steps.sort(key=lambda step: added[key, step.paper], reverse=True)
        return steps[:PAPERS]

    def _steps(self, key: str) -> Iterator[Entry]:
        """The papers of a reading path with their notes, last added to it first."""
        added = self.timeline.steps
        for step in self._path(key):
            paper = self.library.papers[step.paper]
            moment = self.timeline.papers.get(step.paper)
            since = added[key, step.paper]
            note = Markup("<p><em>{}</em></p>").format(markup.to_inline(step.note))
            yield Entry(
                id=self.uri(f"collections/{key}/{self.timeline.names[step.paper][0]}"),
                url=f"{self.site.url}papers/{step.paper}/",
                title=markup.to_plain(paper.title),
                published=since,
                updated=max(since, moment.changed) if moment else since,
                authors=paper.authors,
                tags=(),
                summary=markup.to_plain(step.note),
                content=_joined([note, *self._content(paper)]),
                links=outlinks(paper),
            )

    def _listings(self, key: str) -> list[Edition]:
        """The newest listings of a series that have a date, last come first."""
        editions = series(self.library.editions.values())[key]
        dated = [item for item in editions if item.id in self.timeline.editions]
        # Sorting is stable: of listings that came together, the newest stays first.
        dated.sort(key=lambda item: self.timeline.editions[item.id].added, reverse=True)
        return dated[:EDITIONS]

    def _series(self, key: str) -> Iterator[Entry]:
        for item in self._listings(key):
            moment = self.timeline.editions[item.id]
            yield Entry(
                id=self.uri(f"editions/{item.id}"),
                url=f"{self.site.url}editions/{item.id}/",
                title=self._names[item.id],
                published=moment.added,
                updated=moment.changed,
                authors=(),
                tags=(),
                summary=f"{len(item.papers)} papers, in the listing's order",
                content=self._listing(item),
                links=(),
            )

    def _listing(self, edition: Edition) -> Markup:
        """An edition's papers in a list: title, authors, and what each is about."""
        rows = Markup("\n").join(
            Markup('<li><p><a href="{}">{}</a><br>{}</p><p>{}</p></li>').format(
                f"{self.site.url}papers/{paper.slug}/",
                markup.to_inline(paper.title),
                byline(paper),
                markup.to_inline(paper.summary)
                if paper.summary
                else shorten(markup.body_to_plain(paper.abstract)),
            )
            for paper in (self.library.papers[listing.paper] for listing in edition.papers)
        )
        return Markup("<ol>\n{}\n</ol>").format(rows)

    def _correction(self, item: Correction) -> Entry:
        paper = self.library.papers[item.slug]
        first = self.timeline.names[item.slug][0]
        return Entry(
            id=self.uri(f"corrections/{first}/{item.commit[:16]}"),
            url=f"{self.site.url}papers/{item.slug}/",
            title=f"Corrected: {markup.to_plain(paper.title)}",
            published=item.time,
            updated=item.time,
            authors=(),
            tags=(),
            summary=item.sentence,
            content=Markup("<p>{}</p>").format(item.sentence),
            links=(),
        )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("\n").join(parts)
