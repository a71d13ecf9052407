"""The automatic tagger: phrases of the vocabulary, and what the curated papers teach.

A tag's points on a paper are those of its phrases plus those that a ridge regression on the
paper's words, learned from the curated papers, gives it. A tag with enough points is suggested.
Both parts, their weights and thresholds were chosen by cross-validation, which
`papershelf eval tags` repeats: phrases alone hold up without any curated paper, and each curated
paper adds to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from builder.analysis import ridge
from builder.analysis.documents import TITLE_WEIGHT, Document, Reading
from builder.analysis.model import TagUse
from builder.analysis.phrases import Phrase
from builder.analysis.terms import TermCounts, rarity, telling, tfidf
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
_LEAST_WEIGHT = 0.4
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


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A tag suggested for a paper.

    points: see the module's head. phrases: those that speak for it, strongest first; where there is
    none, terms: the folded words that do. similar: the row of a paper that taught it, or None.
    """

    tag: str
    points: float
    phrases: tuple[str, ...]
    terms: tuple[str, ...]
    similar: int | None


class Tagger:
    """Suggests tags for documents.

    reading, terms: all of the library. curated: row -> tags of the papers to learn from; tags
    that the vocabulary does not know are ignored.
    method: which of the two parts speak; "both" but for measuring.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        reading: Reading,
        terms: TermCounts,
        curated: Mapping[int, Sequence[str]],
        *,
        method: Method = "both",
    ) -> None:
        self._tags = tuple(vocabulary.tags)
        self._column = {tag: index for index, tag in enumerate(self._tags)}
        self._documents = documents = reading.documents
        self._written = reading.written
        self._terms = terms.terms
        self._tells = telling(terms.known)
        self._phrase_weights = _phrase_weights(reading)
        self._rows = np.array(sorted(curated), dtype=np.int64)
        self._trust = 0.0
        self._threshold = 0.0
        self._points = np.zeros((len(documents), len(self._tags)))
        if method != "learned":
            self._threshold += PHRASE_THRESHOLD
            for row, document in enumerate(documents):
                for phrase, points in self._phrase_points(document).items():
                    self._points[row, self._column[phrase.tag]] += points
        if method != "phrases" and len(self._rows) and self._tags:
            self._trust = len(self._rows) / (len(self._rows) + HALF_TRUST)
            self._threshold += LEARNED_THRESHOLD * self._trust
            self._learn(terms, curated)

    def _learn(self, terms: TermCounts, curated: Mapping[int, Sequence[str]]) -> None:
        # Frequencies are those among the curated papers: an import then leaves all that was
        # learned, and so the suggestions of other papers, as it was.
        self._weighted = tfidf(terms.counts, terms.counts[self._rows], least=2, damped=True)
        self._examples = self._weighted[self._rows]
        targets = np.zeros((len(self._rows), len(self._tags)))
        for example, row in enumerate(self._rows):
            for tag in curated[int(row)]:
                if tag in self._column:
                    targets[example, self._column[tag]] = 1
        self._ridge = ridge.fit(self._examples, targets)
        scale = LEARNED_POINTS * self._trust
        self._learned = scale * self._ridge.predict(self._weighted)
        self._points += self._learned

    def tags(self, row: int) -> list[str]:
        """The ids of the suggested tags of a document, at most MOST_TAGS, surest first."""
        # Rounded, so that another machine's last digit decides nothing.
        points = np.round(self._points[row], 6)
        order = np.argsort(-points, kind="stable")[:MOST_TAGS]
        return [self._tags[i] for i in order if points[i] >= self._threshold and points[i] > 0]

    def suggest(self, row: int) -> list[Suggestion]:
        """`tags`, each with what speaks for it."""
        tags = self.tags(row)
        found = self._phrase_points(self._documents[row]) if tags else {}
        return [self._explained(row, tag, found) for tag in tags]

    def uses(self, row: int, papers: Sequence[Paper]) -> tuple[TagUse, ...]:
        """The suggested tags of a document, each with its reason in words: 'because of: low-rank,
        adapters; similar to: "Half a Loaf"'.

        papers: in the order of the documents.
        """
        return tuple(
            TagUse(id=item.tag, by="auto", why=self._reason(item, papers))
            for item in self.suggest(row)
        )

    def _reason(self, item: Suggestion, papers: Sequence[Paper]) -> str:
        shown = item.phrases[:_MOST_WORDS] or [self._written[term] for term in item.terms]
        parts = [f"because of: {', '.join(shown)}"] if shown else []
        if item.similar is not None:
            parts.append(f'similar to: "{short_title(papers[item.similar].title)}"')
        return "; ".join(parts)

    def _explained(self, row: int, tag: str, found: Mapping[Phrase, float]) -> Suggestion:
        own = [phrase for phrase in found if phrase.tag == tag]
        own.sort(key=lambda phrase: (-round(found[phrase], 6), phrase.text))
        total = self._points[row, self._column[tag]]
        terms: tuple[str, ...] = ()
        similar = None
        if self._trust:
            terms = () if own else self._telling_terms(row, tag)
            if self._learned[row, self._column[tag]] >= _SIMILAR_SHARE * total:
                similar = self._teacher(row, tag)
        return Suggestion(
            tag=tag,
            points=float(total),
            phrases=tuple(phrase.text for phrase in own),
            terms=terms,
            similar=similar,
        )

    def _telling_terms(self, row: int, tag: str) -> tuple[str, ...]:
        text = self._weighted[[row]]
        parts = np.round(text.data * self._ridge.weights[text.indices, self._column[tag]], 6)
        order = [i for i in np.argsort(-parts, kind="stable") if parts[i] > 0]
        order = [i for i in order if self._tells[text.indices[i]]][:_MOST_WORDS]
        return tuple(self._terms[text.indices[i]] for i in order)

    def _teacher(self, row: int, tag: str) -> int | None:
        """The curated paper that speaks most for the tag: like this one, and tagged with it."""
        likeness = self._examples @ self._weighted[[row]].toarray().ravel()
        parts = np.round(likeness * self._ridge.duals[:, self._column[tag]], 6)
        parts[self._rows == row] = 0
        best = int(parts.argmax())
        return int(self._rows[best]) if parts[best] > 0 else None

    def _phrase_points(self, document: Document) -> dict[Phrase, float]:
        points = {}
        for phrase in sorted(document.phrases):
            repeated = 2 - 0.5 ** (document.abstract_phrases.get(phrase, 0) - 1)
            titled = TITLE_WEIGHT if phrase in document.title_phrases else 0
            points[phrase] = (titled + repeated) * self._phrase_weights[phrase]
        return points


def _phrase_weights(reading: Reading) -> dict[Phrase, float]:
    """How much each phrase tells, by its rarity among the documents of reference."""
    known = [reading.documents[row] for row in reading.reference]
    frequency = Counter(phrase for document in known for phrase in document.phrases)
    return {
        phrase: max(_LEAST_WEIGHT, rarity(frequency[phrase], len(known)))
        for document in reading.documents
        for phrase in document.phrases
    }


def curated_rows(papers: Sequence[Paper]) -> dict[int, tuple[str, ...]]:
    """Row -> tags of the papers that curators have tagged."""
    return {row: paper.tags for row, paper in enumerate(papers) if paper.tags is not None}


def tag_papers(papers: Sequence[Paper], tagger: Tagger) -> dict[str, tuple[TagUse, ...]]:
    """The tags of each paper: its curators' where they have spoken, suggestions where not.

    papers: in the order of the tagger's documents.
    """
    return {
        paper.slug: tagger.uses(row, papers)
        if paper.tags is None
        else tuple(TagUse(id=tag, by="curator") for tag in paper.tags)
        for row, paper in enumerate(papers)
    }


def short_title(title: str) -> str:
    """A title's head, as plain text: up to its colon, or cut at a word."""
    plain = to_plain(title)
    head = plain.split(": ")[0]
    if len(head) <= _TITLE_LENGTH:
        return head
    return head[: _TITLE_LENGTH + 1].rsplit(" ", 1)[0][:_TITLE_LENGTH].rstrip(" ,-") + "…"
