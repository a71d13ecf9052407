"""What is needed to cite a paper, drawn from its file once for every format."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from builder import markup, remembered
from builder.citation import keys, names, venue
from builder.citation.names import Name
from builder.citation.venue import Venue, VenueKind
from builder.content.paper import Paper
from builder.memory import Memory
from builder.outlinks import outlinks


@dataclass(frozen=True, kw_only=True)
class Reference:
    """A paper as something to be cited. Absent facts are None, absent lists empty.

    kind: what sort of publication it is: the venue's kind; without one "preprint" if it has an
    arXiv id, else "other". venue: None for a preprint.
    title: plain text with TeX mathematics between dollar signs; plain_title, abstract: one line
    of plain text.
    more_authors: there are authors behind those named.
    year: of the publication that is cited: the venue's where it says one, else the paper's.
    date: the day of first publication, which may be that of a preprint in an earlier year.
    url: where to read about it; pdf: the text itself; same_as: the pages of its identifiers.
    """

    slug: str
    key: str
    kind: VenueKind
    title: str
    plain_title: str
    abstract: str
    authors: tuple[Name, ...]
    more_authors: bool
    venue: Venue | None
    year: int | None
    date: datetime.date | None
    arxiv: str | None
    doi: str | None
    url: str | None
    pdf: str | None
    same_as: tuple[str, ...]

    @property
    def publication_date(self) -> str | None:
        """The day of the publication that is cited, "2025-03-06", or its year, "2025".

        Where a paper is both a preprint and in a venue, the day is the preprint's.
        """
        if self.date and not (self.venue and self.arxiv) and self.date.year == self.year:
            return self.date.isoformat()
        return str(self.year) if self.year else None


class References(Mapping[str, Reference]):
    """Slug -> reference of every paper, in the order given; each is drawn up when it is asked for.

    papers: slug -> paper; memory, stamp, digests: as `references` says. keys_of: slug -> citation
    key, of all papers, for a key depends on what the others are.
    """

    def __init__(
        self,
        papers: Mapping[str, Paper],
        memory: Memory,
        stamp: str,
        digests: Mapping[str, str] | None,
    ) -> None:
        self._papers = papers
        self._digests = digests
        find = partial(self._keys, memory)
        # Now, for a process that is copied of this one has no part in the memory.
        self.keys_of: Mapping[str, str] = (
            memory.known("all citation keys", stamp, find) if stamp else find()
        )
        self._made: dict[str, Reference] = {}

    def _keys(self, memory: Memory) -> dict[str, str]:
        stamps = self._digests or {
            slug: f"{paper.year} {paper.authors[0] if paper.authors else ''}"
            for slug, paper in self._papers.items()
        }
        short = remembered.each(memory, "citation keys", stamps, self._short_keys)
        return keys.distinct(short)

    def _short_keys(self, slugs: Iterable[str]) -> Iterator[str]:
        for slug in slugs:
            paper = self._papers[slug]
            first = names.parse(paper.authors[0]) if paper.authors else None
            # The paper's own year stays when it is accepted somewhere; the year to cite does not.
            yield keys.short_key(slug, first, paper.year)

    def __getitem__(self, slug: str) -> Reference:
        if slug not in self._made:
            self._made[slug] = _reference(self._papers[slug], self.keys_of[slug])
        return self._made[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)


def references(
    papers: Mapping[str, Paper],
    memory: Memory | None = None,
    stamp: str = "",
    digests: Mapping[str, str] | None = None,
) -> References:
    """The references of papers, by slug, of which the keys are made over all of them.

    memory: the keys are known of papers whose first author and year are as they were. stamp: of
    all slugs, first authors and years together, or "" where nobody knows: all keys are known if it
    is as it was. digests: slug -> digest of the paper's file, "" where nobody knows; then that
    tells whether a paper is as it was, and is sooner asked.
    """
    return References(papers, memory or Memory(), stamp, digests)


def _reference(paper: Paper, key: str) -> Reference:
    where = venue.parse(paper.venue) if paper.venue else None
    if where and where.kind == "preprint":
        where = None
    # Of two links of a kind the first one counts.
    links = {link.kind: link.url for link in reversed(outlinks(paper))}
    best = next((kind for kind in ("arxiv", "doi", "pdf", "project") if kind in links), "")
    return Reference(
        slug=paper.slug,
        key=key,
        kind=where.kind if where else "preprint" if paper.arxiv else "other",
        title=paper.title,
        plain_title=markup.to_plain(paper.title),
        abstract=markup.body_to_plain(paper.abstract),
        authors=tuple(map(names.parse, paper.authors)),
        more_authors=(paper.author_count or 0) > len(paper.authors) > 0,
        venue=where,
        year=where.year if where and where.year else paper.year,
        date=paper.date,
        arxiv=paper.arxiv,
        doi=paper.doi,
        url=links.get(best),
        pdf=links.get("pdf"),
        same_as=tuple(links[kind] for kind in ("arxiv", "doi") if kind in links),
    )
