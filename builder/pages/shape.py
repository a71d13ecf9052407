"""From a library and its analysis to the views that lists and pages share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from builder import markup, parallel
from builder.content.authors import best_spelling
from builder.content.paper import Paper
from builder.outlinks import outlinks
from builder.pages.lists import OTHER, Lists, family_name
from builder.pages.parts import year_name
from builder.pages.tracing import Fact, digest, kept, shared
from builder.pages.views import (
    AuthorRow,
    Button,
    Card,
    Chip,
    CollectionRow,
    Count,
    EditionRow,
    Face,
    FacetView,
    Person,
    TagRow,
    YearRow,
)
from builder.wording import byline, edition_names, shorten

# More authors than this are folded, and never fewer than three: a fold takes a line itself.
AUTHORS_SHOWN = 12
# An author with one paper here is found on that paper; a page of its own would only repeat it.
AUTHOR_PAGE_FROM = 2
# Of the authors with the most papers so many are named first.
FREQUENT = 24
# Of more authors than these each letter has a page of its own; of as many under one letter, each
# pair of letters. At 30 bytes a name, packed, a page of them has 60 kB.
MOST_AUTHORS = 2000
# What so few papers look like in lists is worked out sooner than it is divided among processes.
FEW = 1000


class Shaper(Lists):
    """Makes the pieces of views, each once: library and analysis are immutable."""

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self._faces: dict[str, tuple[Face, str]] = {}
        self.stamps["face"] = self._face_stamp
        self.by_file.add("face")

    def prepare(self) -> None:
        super().prepare()
        new = [slug for slug in self.library.papers if slug not in self._faces]
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
        """The tags of a paper, most central first."""
        known = self.vocabulary.tags
        return tuple(
            Chip(
                id=use.id,
                name=known[use.id].name,
                url=f"tags/{use.id}/",
                facet=known[use.id].facet,
                by=use.by,
                why=use.why,
            )
            for use in self.tags(slug)
        )

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
        most = max(map(len, self.tagged.values()), default=0) or 1
        return {
            tag.id: TagRow(
                id=tag.id,
                name=tag.name,
                url=f"tags/{tag.id}/",
                facet=tag.facet,
                definition=tag.definition,
                papers=len(self.tagged[tag.id]),
                suggested=suggested[tag.id],
                share=round(len(self.tagged[tag.id]) / most, 3),
            )
            for tag in self.vocabulary.tags.values()
        }

    @shared
    def facets(self) -> tuple[FacetView, ...]:
        """The vocabulary by facet."""
        return tuple(
            FacetView(
                id=facet.id,
                name=facet.name,
                definition=facet.definition,
                tags=tuple(row for row in self.tag_rows.values() if row.facet == facet.id),
            )
            for facet in self.vocabulary.facets.values()
        )

    def tag_counts(self, slugs: Iterable[str], limit: int) -> tuple[Count, ...]:
        """The most frequent tags of some papers, with how many of them have each."""
        counter = Counter(tag for slug in slugs for tag, _ in self.subjects(slug))
        ranked = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
        return tuple(
            Count(name=row.name, url=row.url, papers=number, facet=row.facet)
            for row, number in ((self.tag_rows[tag], number) for tag, number in ranked[:limit])
        )

    # ---------------------------------------------------------------- authors

    @kept
    def author_rows(self) -> Mapping[str, AuthorRow]:
        """Author id -> row, sorted by family name, then the whole name."""
        names: dict[str, Counter[str]] = {}
        for slug in self.slugs:
            for name, key in zip(self.names(slug), self.author_ids(slug), strict=True):
                names.setdefault(key, Counter())[name] += 1
        shown = {key: best_spelling(counts) for key, counts in names.items()}
        return {
            key: self._author_row(key, shown[key])
            for key in sorted(names, key=lambda key: (family_name(shown[key]), shown[key], key))
        }

    def _author_row(self, key: str, name: str) -> AuthorRow:
        namesake, slugs = self.namesake(key), self.by_author[key]
        return AuthorRow(
            id=key,
            name=name,
            note=namesake.note if namesake else "",
            url=self.author_urls[key],
            papers=len(slugs),
            paper_url=f"papers/{slugs[0]}/",
        )

    @kept
    def author_urls(self) -> Mapping[str, str]:
        """Author id -> the author's page; "" where there is none."""
        return {
            key: f"authors/{key}/" if len(slugs) >= AUTHOR_PAGE_FROM else ""
            for key, slugs in self.by_author.items()
        }

    @kept
    def authors_with_pages(self) -> tuple[AuthorRow, ...]:
        """Those of several papers, who have pages of their own, in the order of `author_rows`."""
        return tuple(row for row in self.author_rows.values() if row.url)

    @shared
    def frequent_authors(self) -> tuple[AuthorRow, ...]:
        """Who has the most papers here, of those with several."""
        return tuple(sorted(self.authors_with_pages, key=lambda row: -row.papers)[:FREQUENT])

    @kept
    def letters(self) -> Mapping[str, tuple[str, ...]]:
        """Letter of the alphabet, or "other" -> the pairs of letters by which it is divided, for
        too many authors; else nothing."""
        return {
            letter: ()
            if len(keys) <= MOST_AUTHORS or letter == OTHER
            else tuple(sorted({pair for key in keys if len(pair := self.family(key)[:2]) == 2}))
            for letter, keys in self.by_letter.items()
        }

    @kept
    def authors_under(self) -> Mapping[str, tuple[AuthorRow, ...]]:
        """Letter or pair of letters -> its authors. Of a letter that is divided, those whose family
        name is that letter alone stand under it."""
        found: dict[str, list[AuthorRow]] = {letter: [] for letter in self.letters}
        for row in self.author_rows.values():
            family = self.family(row.id)
            letter = family[0] if family[:1].isalpha() else OTHER
            pair = family[:2] if self.letters[letter] and len(family) > 1 else letter
            found.setdefault(pair, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    def people(self, paper: Paper) -> tuple[Person, ...]:
        """The authors of a paper, in printed order."""
        return tuple(
            Person(name=name, url=self.author_urls[key])
            for name, key in zip(paper.authors, self.author_ids(paper.slug), strict=True)
        )

    # ---------------------------------------------------------------- years

    @shared
    def year_rows(self) -> Mapping[str, YearRow]:
        """Year -> its row, newest first, unknown last."""
        most = max(map(len, self.by_year.values()), default=1)
        return {
            key: YearRow(
                id=key,
                name=year_name(key),
                url=f"years/{key}/",
                papers=len(slugs),
                tags=self.tag_counts(slugs, limit=12),
                share=round(len(slugs) / most, 3),
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
    def edition_rows(self) -> Mapping[str, EditionRow]:
        """Edition id -> its row, newest first, undated last."""
        most = max((len(self.edition(key).papers) for key in self.edition_ids), default=0) or 1
        return {key: self._edition_row(key, most) for key in self.edition_ids}

    def _edition_row(self, key: str, most: int) -> EditionRow:
        edition = self.edition(key)
        slugs = [listing.paper for listing in edition.papers]
        return EditionRow(
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

    def collection_row(self, key: str) -> CollectionRow:
        """A reading path in a list."""
        item = self.collection(key)
        return CollectionRow(
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


def fold(people: tuple[Person, ...]) -> tuple[tuple[Person, ...], tuple[Person, ...]]:
    """A list of authors in two: those to show, and the rest of a long list."""
    if len(people) < AUTHORS_SHOWN + 3:
        return people, ()
    return people[:AUTHORS_SHOWN], people[AUTHORS_SHOWN:]
