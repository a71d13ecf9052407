"""The automatic tagger: phrases of the vocabulary, and what the curated papers teach.

A tag's points on a paper are those of its phrases plus those that a ridge regression on the
paper's words, learned from the curated papers, gives it. A tag with enough points is suggested.
Both parts, their weights and thresholds were chosen by cross-validation, which
`papershelf eval tags` repeats: phrases alone hold up without any curated paper, and each curated
paper adds to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from builder.analysis.documents import TITLE_WEIGHT
from builder.analysis.learning import Judged, Lesson, examples, judge, learn, likeness
from builder.analysis.model import TagUse
from builder.analysis.reading import Reading
from builder.analysis.rows import Rows
from builder.analysis.terms import STEPS
from builder.content.paper import Paper
from builder.content.vocabulary import Vocabulary
from builder.markup import to_plain

Method = Literal["both", "phrases", "learned"]

MOST_TAGS = 5
# A phrase found once in an abstract gives a point if no other paper has it, and less the more
# have it; a second and a third time give a half and a quarter of that, the title gives
# TITLE_WEIGHT times as much. A point is enough.
PHRASE_THRESHOLD = 1.0
# However common a phrase: in a library on vision "images" still tells.
_LEAST_WEIGHT = 6
# The regression says 1 for "surely" and 0 for "surely not"; as points, and enough of them:
LEARNED_POINTS = 5.0
LEARNED_THRESHOLD = 1.0
# With so many curated papers, what they teach counts half. A handful teaches nothing reliable: five
# of them, fully trusted, cost 0.07 of F1 (tests/benchmarks/learning.py prints the curve).
HALF_TRUST = 20
# A reason names at most so many words; and similar papers only where learning gave this share.
_MOST_WORDS = 3
_SIMILAR_SHARE = 0.4
_TITLE_LENGTH = 60
# So many papers are tagged at a time, and so many of their tags explained.
_BLOCK = 2048
_FEW = 256


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A tag suggested for a paper.

    points: see the module's head. phrases: those that speak for it, strongest first; where there is
    none, terms: the terms that do. similar: the row of a paper that taught it, or None.
    """

    tag: str
    points: float
    phrases: tuple[str, ...]
    terms: tuple[int, ...]
    similar: int | None


class Tagger:
    """Suggests tags for documents.

    reading: all of the library. curated: row -> tags of the papers to learn from; tags that the
    vocabulary does not know are ignored. lesson: what they teach, where that is known already.
    method: which of the two parts speak; "both" but for measuring.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        reading: Reading,
        curated: Mapping[int, Sequence[str]],
        *,
        method: Method = "both",
        lesson: Lesson | None = None,
    ) -> None:
        self._tags = tuple(vocabulary.tags)
        self._column = {tag: index for index, tag in enumerate(self._tags)}
        self._reading = reading
        self._phrases = method != "learned"
        self._curated = curated
        self._lesson = lesson
        self._trust = 0.0
        self._threshold = PHRASE_THRESHOLD if self._phrases else 0.0
        if method != "phrases" and curated and self._tags:
            self._trust = len(curated) / (len(curated) + HALF_TRUST)
            self._threshold += LEARNED_THRESHOLD * self._trust
        self._phrase_tag = np.array(
            [self._column[phrase.tag] for phrase in reading.finder.phrases], dtype=np.int64
        )
        self._short: dict[int, str] = {}

    @property
    def learns(self) -> bool:
        """Whether curated papers have a say."""
        return self._trust > 0

    @cached_property
    def lesson(self) -> Lesson:
        """What the curated papers teach; learned when it is first asked for."""
        if self._lesson is not None:
            return self._lesson
        reading = self._reading
        rows = examples(self._curated, reading.slugs)
        return learn(reading.documents.terms, reading.words, rows, self._curated, self._tags)

    def tags(self, row: int) -> list[str]:
        """The ids of the suggested tags of a document, at most MOST_TAGS, surest first."""
        return [item.tag for item in self.suggest([row])[0]]

    def uses(self, row: int, papers: Sequence[Paper]) -> tuple[TagUse, ...]:
        """The suggested tags of a document, each with its reason in words: 'because of: low-rank,
        adapters; similar to: "Half a Loaf"'.

        papers: in the order of the documents.
        """
        return self.all_uses([row], papers)[0]

    def all_uses(self, rows: Sequence[int], papers: Sequence[Paper]) -> list[tuple[TagUse, ...]]:
        """The `uses` of some documents."""
        return [
            tuple(
                TagUse(id=item.tag, by="auto", why=self._reason(item, papers)) for item in suggested
            )
            for first in range(0, len(rows), _BLOCK)
            for suggested in self.suggest(rows[first : first + _BLOCK])
        ]

    def suggest(self, rows: Sequence[int]) -> list[list[Suggestion]]:
        """The suggested tags of some documents, each with what speaks for it."""
        phrases = self._reading.documents.phrases.take(rows)
        spoken = self._spoken(phrases)
        points = np.zeros((len(rows), len(self._tags)))
        if self._phrases:
            np.add.at(points, (phrases.owners, self._phrase_tag[phrases.columns]), spoken)
        judged, learned = None, np.zeros((0, 0))
        if self.learns:
            judged = judge(self.lesson, self._reading.documents.terms.take(rows))
            learned = LEARNED_POINTS * self._trust * judged.scores
            points += learned
        # Rounded, so that another machine's last digit decides nothing.
        rounded = np.round(points, 6)
        order = np.argsort(-rounded, axis=1, kind="stable")[:, :MOST_TAGS]
        best = np.take_along_axis(rounded, order, axis=1)
        places, ranks = np.nonzero((best >= self._threshold) & (best > 0))
        columns = order[places, ranks]
        teachers: dict[tuple[int, int], int | None] = {}
        if judged:
            similar = learned[places, columns] >= _SIMILAR_SHARE * points[places, columns]
            teachers = self._teachers(rows, judged, places[similar], columns[similar])
        found: list[list[Suggestion]] = [[] for _ in rows]
        for place, column in zip(places.tolist(), columns.tolist(), strict=True):
            span = slice(phrases.starts[place], phrases.starts[place + 1])
            own = [
                (-round(value, 6), self._reading.finder.phrases[number].text)
                for number, value in zip(
                    phrases.columns[span].tolist(), spoken[span].tolist(), strict=True
                )
                if self._phrase_tag[number] == column
            ]
            terms = () if own or not judged else self._telling_terms(judged.texts, place, column)
            found[place].append(
                Suggestion(
                    tag=self._tags[column],
                    points=float(points[place, column]),
                    phrases=tuple(text for _, text in sorted(own)),
                    terms=terms,
                    similar=teachers.get((place, column)),
                )
            )
        return found

    def _spoken(self, phrases: Rows) -> np.ndarray:
        """The points of each phrase on its paper."""
        times, titled = phrases.values >> 1, phrases.values & 1
        weight = np.maximum(_LEAST_WEIGHT, self._reading.common.rarity[phrases.columns]) / STEPS
        return (TITLE_WEIGHT * titled + 2 - 0.5 ** (times - 1)) * weight

    def _reason(self, item: Suggestion, papers: Sequence[Paper]) -> str:
        shown = list(item.phrases[:_MOST_WORDS]) or [*map(self._reading.shown, item.terms)]
        parts = [f"because of: {', '.join(shown)}"] if shown else []
        if item.similar is not None:
            if item.similar not in self._short:
                self._short[item.similar] = short_title(papers[item.similar].title)
            parts.append(f'similar to: "{self._short[item.similar]}"')
        return "; ".join(parts)

    def _telling_terms(self, texts: Rows, place: int, column: int) -> tuple[int, ...]:
        """The terms of a text that speak most for a tag."""
        terms, values = texts.row(place)
        weights = self.lesson.weights[self.lesson.column[terms], column]
        keep = (weights > 0) & self._reading.common.topic[terms]
        names = self._reading.words.terms
        parts = sorted(
            (-part, names[term], term)
            for part, term in zip(
                (values * weights)[keep].tolist(), terms[keep].tolist(), strict=True
            )
        )
        return tuple(term for _, _, term in parts[:_MOST_WORDS])

    def _teachers(
        self, rows: Sequence[int], judged: Judged, places: np.ndarray, columns: np.ndarray
    ) -> dict[tuple[int, int], int | None]:
        """For tags of texts the curated papers that speak most for them: like the text, and tagged
        so."""
        asked, at = np.unique(places, return_inverse=True)
        alike = likeness(self.lesson, judged.texts.take(asked))
        own = np.asarray(rows)
        found: dict[tuple[int, int], int | None] = {}
        for first in range(0, len(at), _FEW):
            span = slice(first, first + _FEW)
            parts = np.round(alike[at[span]] * self.lesson.duals.T[columns[span]], 6)
            parts[self.lesson.examples == own[places[span], None]] = 0
            best = parts.argmax(axis=1)
            sure = parts[np.arange(len(best)), best] > 0
            teachers = np.where(sure, self.lesson.examples[best], -1).tolist()
            for place, column, teacher in zip(
                places[span].tolist(), columns[span].tolist(), teachers, strict=True
            ):
                found[place, column] = teacher if teacher >= 0 else None
        return found


def curated_rows(papers: Sequence[Paper]) -> dict[int, tuple[str, ...]]:
    """Row -> tags of the papers that curators have tagged."""
    return {row: paper.tags for row, paper in enumerate(papers) if paper.tags is not None}


def tag_papers(papers: Sequence[Paper], tagger: Tagger) -> list[tuple[TagUse, ...]]:
    """The tags of each paper: its curators' where they have spoken, suggestions where not.

    papers: in the order of the tagger's documents.
    """
    return tags_of(range(len(papers)), papers, tagger)


def tags_of(
    rows: Sequence[int], papers: Sequence[Paper], tagger: Tagger
) -> list[tuple[TagUse, ...]]:
    """The tags of some papers, as `tag_papers` tells them."""
    free = [row for row in rows if papers[row].tags is None]
    suggested = dict(zip(free, tagger.all_uses(free, papers), strict=True))
    return [
        suggested[row]
        if (tags := papers[row].tags) is None
        else tuple(TagUse(id=tag, by="curator") for tag in tags)
        for row in rows
    ]


def short_title(title: str) -> str:
    """A title's head, as plain text: up to its colon, or cut at a word."""
    plain = to_plain(title)
    head = plain.split(": ")[0]
    if len(head) <= _TITLE_LENGTH:
        return head
    return head[: _TITLE_LENGTH + 1].rsplit(" ", 1)[0][:_TITLE_LENGTH].rstrip(" ,-") + "…"
