"""Why two papers are linked, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from scipy import sparse

from builder.analysis.documents import Reading
from builder.analysis.model import TagUse
from builder.analysis.terms import TermCounts, frequencies, telling
from builder.analysis.text import words
from builder.content.vocabulary import Tag, Vocabulary

_MOST_TAGS = 2
_MOST_WORDS = 3
# A word or phrase in a larger share of the papers (or in more than a few, where the papers are
# few) tells a reader nothing.
_COMMON_SHARE = 0.1
_FEW = 5


class Reasons:
    """Reasons for links between the papers of a library, which are given as rows.

    reading: of all papers; terms, weighted: their terms and TF-IDF weights, in the same order;
    tags: slug -> its tags.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        reading: Reading,
        terms: TermCounts,
        weighted: sparse.csr_array,
        tags: Mapping[str, Sequence[TagUse]],
    ) -> None:
        documents, reference = reading.documents, reading.reference
        self._written = reading.written
        self._tags = [{use.id for use in tags[document.slug]} for document in documents]
        self._tag_use = Counter(tag for row in reference for tag in self._tags[row])
        self._names = {tag.id: in_sentence(tag) for tag in vocabulary.tags.values()}
        most = max(_COMMON_SHARE * len(reference), _FEW)
        use = Counter(phrase for row in reference for phrase in documents[row].phrases)
        common = {phrase for phrase, count in use.items() if count > most}
        self._phrase_use = use
        self._phrases = [document.phrases - common for document in documents]
        tells = telling(terms.known)
        self._topics = {terms.terms[i] for i in np.flatnonzero(tells)}
        self._terms = _by_row(weighted, terms.terms, tells & (frequencies(terms.known) <= most))

    def between(self, one: int, other: int) -> str:
        """What two papers have in common, such as "both on parameter-efficient fine-tuning;
        low-rank, adapters"; "similar words" where it is nothing in particular."""
        shared = self._tags[one] & self._tags[other]
        rarest = sorted(shared, key=lambda tag: (self._tag_use[tag], tag))[:_MOST_TAGS]
        names = [self._names.get(tag, tag) for tag in rarest]
        said = ", ".join(self._words(one, other, names))
        if names:
            head = f"both on {' and on '.join(names)}"
            return f"{head}; {said}" if said else head
        return f"in common: {said}" if said else "similar words"

    def _words(self, one: int, other: int, names: Sequence[str]) -> list[str]:
        """Phrases, then words, of both texts that `names` do not say already, the telling first."""
        known = {word for name in names for word in words(name)}
        shown: list[str] = []
        both = self._phrases[one] & self._phrases[other]
        for phrase in sorted(both, key=lambda phrase: (self._phrase_use[phrase], phrase)):
            if not known.issuperset(phrase.words) and not self._topics.isdisjoint(phrase.words):
                shown.append(phrase.text)
                known.update(phrase.words)
            if len(shown) == _MOST_WORDS - 1:
                break
        terms = [term for term in self._shared_terms(one, other) if term not in known]
        terms = terms[: _MOST_WORDS - len(shown)]
        return shown + [self._written[term] for term in terms]

    def _shared_terms(self, one: int, other: int) -> list[str]:
        """Telling words of both texts, those first that make the texts alike."""
        first, second = self._terms[one], self._terms[other]
        return sorted(
            first.keys() & second.keys(),
            key=lambda term: (-round(first[term] * second[term], 6), term),
        )


def _by_row(
    weighted: sparse.csr_array, terms: Sequence[str], wanted: np.ndarray
) -> list[dict[str, float]]:
    """For each row its wanted terms and their weights."""
    rows: list[dict[str, float]] = []
    for start, end in pairwise(weighted.indptr):
        columns, values = weighted.indices[start:end], weighted.data[start:end]
        keep = wanted[columns]
        rows.append(
            {terms[i]: value for i, value in zip(columns[keep], values[keep].tolist(), strict=True)}
        )
    return rows


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
