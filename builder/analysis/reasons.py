"""Why two papers are linked, in plain words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import pairwise

import numpy as np

from builder import parallel
from builder.analysis.reading import Reading
from builder.analysis.rows import Rows, products
from builder.analysis.text import words
from builder.content.vocabulary import Tag, Vocabulary

_MOST_TAGS = 2
_MOST_WORDS = 3
# So many pairs are compared at a time.
_BLOCK = 4096


class Reasons:
    """Reasons for links between the papers of a library, which are given as rows.

    reading: of all papers; tags: ids, of all, in the same order; rarity: tag -> how rare it is, see
    `builder.analysis.terms.rarity`.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        reading: Reading,
        tags: Sequence[Sequence[str]],
        rarity: Mapping[str, int],
    ) -> None:
        self._reading = reading
        self._tags = tags
        self._rarity = rarity
        self._names = {tag.id: in_sentence(tag) for tag in vocabulary.tags.values()}
        self._said: dict[str, tuple[str, ...]] = {}

    def between(self, one: int, other: int) -> str:
        """What two papers have in common, such as "both on parameter-efficient fine-tuning;
        low-rank, adapters"; "similar words" where it is nothing in particular."""
        return self.all_between([(one, other)])[0]

    def all_between(self, pairs: Sequence[tuple[int, int]]) -> list[str]:
        """The reasons for some pairs; a pair's order does not matter."""
        if len(pairs) > _BLOCK:
            # Worked out before processes share the work, so that none does it again.
            _ = self._terms, self._phrases, self._topical
        return parallel.spread(self._in_blocks, pairs, few=_BLOCK)

    def _in_blocks(self, pairs: Sequence[tuple[int, int]]) -> list[str]:
        found: list[str] = []
        for first in range(0, len(pairs), _BLOCK):
            found += self._between(pairs[first : first + _BLOCK])
        return found

    def _between(self, pairs: Sequence[tuple[int, int]]) -> list[str]:
        asked = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        phrases = _listed(products(self._phrases, asked))
        terms = _listed(products(self._terms, asked))
        return [
            self._reason(one, other, *shared)
            for (one, other), *shared in zip(pairs, phrases, terms, strict=True)
        ]

    @cached_property
    def _terms(self) -> Rows:
        """The terms that can be named, and their weights."""
        vectors = self._reading.vectors
        return vectors.kept(self._reading.common.says[vectors.columns])

    @cached_property
    def _phrases(self) -> Rows:
        """The phrases that can be named."""
        phrases = self._reading.documents.phrases
        return phrases.kept(~self._reading.common.usual[phrases.columns])

    def _reason(
        self, one: int, other: int, phrases: list[tuple[int, int]], terms: list[tuple[int, int]]
    ) -> str:
        shared = set(self._tags[one]) & set(self._tags[other])
        rarest = sorted(shared, key=lambda tag: (-self._rarity[tag], tag))[:_MOST_TAGS]
        names = [self._names.get(tag, tag) for tag in rarest]
        said = ", ".join(self._words(phrases, terms, names))
        if names:
            head = f"both on {' and on '.join(names)}"
            return f"{head}; {said}" if said else head
        return f"in common: {said}" if said else "similar words"

    def _words(
        self,
        phrases: list[tuple[int, int]],
        terms: list[tuple[int, int]],
        names: Sequence[str],
    ) -> list[str]:
        """Phrases, then words, of both texts that `names` do not say already, the telling first.

        phrases, terms: (number, product) of those of both texts.
        """
        known: set[str] = set()
        for name in names:
            if name not in self._said:
                self._said[name] = words(name)
            known.update(self._said[name])
        shown: list[str] = []
        rarity, all_phrases = self._reading.common.rarity, self._reading.finder.phrases
        for _, number in sorted((-rarity[number], number) for number, _ in phrases):
            phrase = all_phrases[number]
            if not known.issuperset(phrase.words) and self._topical[number]:
                shown.append(phrase.text)
                known.update(phrase.words)
            if len(shown) == _MOST_WORDS - 1:
                break
        names_of = self._reading.words.terms
        for _, name, term in sorted((-alike, names_of[term], term) for term, alike in terms):
            if len(shown) == _MOST_WORDS:
                break
            if name not in known:
                shown.append(self._reading.shown(term))
        return shown

    @cached_property
    def _topical(self) -> list[bool]:
        """Of each phrase whether one of its words tells what a text is about."""
        words, topic = self._reading.words, self._reading.common.topic
        return [
            any((term := words.term(word)) is not None and topic[term] for word in phrase.words)
            for phrase in self._reading.finder.phrases
        ]


def _listed(rows: Rows) -> list[list[tuple[int, int]]]:
    """For each row its (column, value)."""
    entries = list(zip(rows.columns.tolist(), rows.values.tolist(), strict=True))
    starts = rows.starts.tolist()
    return [entries[start:end] for start, end in pairwise(starts)]


def in_sentence(tag: Tag) -> str:
    """The tag's name inside a sentence: with a small letter, unless its first word is written with
    a capital elsewhere in the vocabulary too ("Bayesian methods", "AI for science")."""
    first = tag.name.split(" ")[0]
    if first[1:] != first[1:].lower():
        return tag.name
    elsewhere = " ".join((*tag.phrases, *tag.synonyms)).split()
    if first in elsewhere:
        return tag.name
    return tag.name[:1].lower() + tag.name[1:]
