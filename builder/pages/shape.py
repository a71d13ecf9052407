"""From a library and its analysis to the views that lists and pages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from builder import markup, parallel
from builder.content.paper import Paper
from builder.outlinks import outlinks
from builder.pages import views
from builder.pages.parts import year_name
from builder.pages.people import People
from builder.pages.tracing import Fact, digest, shared
from builder.pages.views import (
    Button,
    Card,
    Chip,
    Count,
    Face,
    FacetView,
    TagBar,
    TagRow,
    Topic,
)
from builder.wording import byline, edition_names, shorten

# What so few papers look like in lists is worked out sooner than it is divided among processes.
FEW = 1000
# So many cards are held: of 87,000 papers each process that makes pages would come to hold all.
MOST_CARDS = 20_000


class Shaper(People):
    """Makes the pieces of views, each once: library and analysis are immutable."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._faces: dict[str, tuple[Face, str]] = {}
        self.stamps["face"] = self._face_stamp
        self.by_file["face"] = ""

    def prepare(self, *, faces: bool = True) -> None:
        """Work out all that is shared; faces: those of all papers, too."""
        super().prepare()
        new = [slug for slug in self.library.papers if slug not in self._faces] if faces else []
        self._faces.update(zip(new, parallel.spread(self._faces_of, new, few=FEW), strict=True))

    @contextmanager
    def preparing(self) -> Iterator[None]:
        """Other work that can be done meanwhile, and then `prepare`. What papers look like follows
        from their files alone: a process of its own finds out, where they are many."""
        slugs = list(self.library.papers)
        if len(slugs) <= FEW:
            yield
        else:
            with parallel.aside(lambda: self._faces_of(slugs)) as faces:
                yield
                super().prepare()
                self._faces.update(zip(slugs, faces(), strict=True))
        self.prepare()

    def _faces_of(self, slugs: Iterable[str]) -> list[tuple[Face, str]]:
        return [self._face(slug) for slug in slugs]

    @cached_property
    def _cards(self) -> dict[str, tuple[Card, frozenset[tuple[str, str]]]]:
        return {}

    # ---------------------------------------------------------------- papers

    def card(self, slug: str) -> Card:
        """The card of a paper."""
        if slug not in self._cards:
            if len(self._cards) >= MOST_CARDS:
                self._cards.clear()
            with self.tracing() as notes:
                card = self._card(slug)
            self._cards[slug] = card, frozenset(notes)
        card, read = self._cards[slug]
        self.note_all(read)
        return card

    def _card(self, slug: str) -> Card:
        face, trend = self.face(slug), self.trend(slug)
        return Card(
            **vars(face),
            slug=slug,
            url=f"papers/{slug}/",
            tags=self.chips(slug),
            trend=trend.words,
            listings=trend.listings,
            comments=trend.comments,
        )

    def face(self, slug: str) -> Face:
        """What lists show of a paper. Lists do not change with what they do not show."""
        self.note("face", slug)
        return self._face(slug)[0]

    def _face(self, slug: str) -> tuple[Face, str]:
        """The face and its stamp."""
        if slug not in self._faces:
            face = _face(self.library.papers[slug])
            self._faces[slug] = face, digest(face)
        return self._faces[slug]

    def _face_stamp(self, slug: str) -> str:
        return self._face(slug)[1] if slug in self.library.papers else ""

    def stamp_at_hand(self, fact: Fact) -> str | None:
        """The stamp of a fact that would take long to make where it is not made already."""
        kind, key = fact
        return self._faces[key][1] if kind == "face" and key in self._faces else None

    def cards(self, slugs: Iterable[str]) -> tuple[Card, ...]:
        """The cards of papers, in the order given."""
        return tuple(self.card(slug) for slug in slugs)

    def buttons(self, paper: Paper) -> tuple[Button, ...]:
        """The links out of a paper; where no id is known, a search for its title."""
        return tuple(
            Button(kind=link.kind, label=link.label, url=link.url) for link in outlinks(paper)
        )

    # ---------------------------------------------------------------- tags

    def chips(self, slug: str) -> tuple[Chip, ...]:
        """The tags of a paper, most central first. Lists do not change with their reasons."""
        return tuple(self._chip(tag, by) for tag, by in self.subjects(slug))

    def reasoned_chips(self, slug: str) -> tuple[Chip, ...]:
        """The same with reasons."""
        return tuple(self._chip(use.id, use.by, use.why) for use in self.tags(slug))

    def _chip(self, key: str, by: str, why: str = "") -> Chip:
        tag = self.vocabulary.tags[key]
        return Chip(id=key, name=tag.name, url=f"tags/{key}/", facet=tag.facet, by=by, why=why)

    def facet(self, slug: str) -> str:
        """The facet of a paper's first tag, its most central; "" without one."""
        tags = self.subjects(slug)
        return self.vocabulary.tags[tags[0][0]].facet if tags else ""

    @shared
    def tag_rows(self) -> Mapping[str, TagRow]:
        """Tag id -> its row, in the vocabulary's order."""
        suggested = Counter(
            tag for slug in self.slugs for tag, by in self.subjects(slug) if by == "auto"
        )
        return {
            key: TagRow(
                **vars(self.topic(key)),
                papers=len(self.tagged[key]),
                suggested=suggested[key],
            )
            for key in self.vocabulary.tags
        }

    def topic(self, key: str) -> Topic:
        """A tag without its papers."""
        tag = self.vocabulary.tags[key]
        return Topic(
            id=key,
            name=tag.name,
            url=f"tags/{key}/",
            facet=tag.facet,
            definition=tag.definition,
        )

    @shared
    def facets(self) -> tuple[FacetView, ...]:
        """The vocabulary by facet."""
        rows = self.tag_rows.values()
        most = max((row.papers for row in rows), default=0) or 1
        bars = [TagBar(**vars(row), share=round(row.papers / most, 3)) for row in rows]
        return tuple(
            FacetView(
                id=facet.id,
                name=facet.name,
                definition=facet.definition,
                tags=tuple(bar for bar in bars if bar.facet == facet.id),
            )
            for facet in self.vocabulary.facets.values()
        )

    def tag_counts(self, slugs: Iterable[str], limit: int) -> tuple[Count, ...]:
        """The most frequent tags of some papers, with how many of them have each."""
        counter = Counter(tag for slug in slugs for tag, _ in self.subjects(slug))
        ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        # Of the vocabulary: the rows of tags change with every paper that gets one.
        known = self.vocabulary.tags
        return tuple(
            Count(name=known[tag].name, url=f"tags/{tag}/", papers=number, facet=known[tag].facet)
            for tag, number in ranked[:limit]
        )

    # ---------------------------------------------------------------- years

    @shared
    def year_rows(self) -> Mapping[str, views.YearRow]:
        """Year -> its row, newest first, unknown last."""
        return {
            key: views.YearRow(
                id=key,
                name=year_name(key),
                url=f"years/{key}/",
                papers=len(slugs),
                tags=self.tag_counts(slugs, limit=12),
            )
            for key, slugs in self.by_year.items()
        }

    # ---------------------------------------------------------------- editions, collections

    @shared
    def edition_names(self) -> Mapping[str, str]:
        """Edition id -> what it is called where several stand together; no two are the same."""
        return edition_names(map(self.edition, self.edition_ids))

    @shared
    def debuts(self) -> Mapping[str, str]:
        """Slug -> id of the edition that listed the paper first.

        Undated editions do not count, and what the oldest one listed may have been listed before
        the library begins.
        """
        found: dict[str, str] = {}
        dated = [key for key in self.edition_ids if self.edition(key).date]
        for key in reversed(dated):
            for listing in self.edition(key).papers:
                found.setdefault(listing.paper, key)
        return {slug: key for slug, key in found.items() if key != dated[-1]}

    @shared
    def edition_rows(self) -> Mapping[str, views.EditionRow]:
        """Edition id -> its row, newest first, undated last."""
        most = max((len(self.edition(key).papers) for key in self.edition_ids), default=0) or 1
        return {key: self._edition_row(key, most) for key in self.edition_ids}

    def _edition_row(self, key: str, most: int) -> views.EditionRow:
        edition = self.edition(key)
        slugs = [listing.paper for listing in edition.papers]
        return views.EditionRow(
            id=key,
            title=edition.title,
            name=self.edition_names[key],
            url=f"editions/{key}/",
            date=edition.date,
            date_inferred=edition.date_inferred,
            papers=len(slugs),
            first=self.cards(slugs[:3]),
            new=sum(1 for slug in slugs if self.debuts.get(slug) == key),
            tags=self.tag_counts(slugs, limit=8),
            share=round(len(slugs) / most, 3),
        )

    def collection_row(self, key: str) -> views.CollectionRow:
        """A reading path in a list."""
        item = self.collection(key)
        return views.CollectionRow(
            id=key,
            title=item.title,
            url=f"collections/{key}/",
            summary=markup.to_plain(item.summary)
            if item.summary
            else shorten(markup.body_to_plain(item.intro)),
            papers=len(item.papers),
        )


def _face(paper: Paper) -> Face:
    return Face(
        title=markup.to_inline(paper.title),
        plain_title=markup.to_plain(paper.title),
        byline=byline(paper),
        date=paper.date,
        year=paper.year,
        venue=paper.venue,
        teaser=markup.to_plain(paper.summary)
        if paper.summary
        else shorten(markup.body_to_plain(paper.abstract)),
        is_summary=paper.summary is not None,
        has_code=paper.has_code,
        pick=paper.pick,
    )
