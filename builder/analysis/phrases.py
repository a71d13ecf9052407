"""The vocabulary's phrases, found in texts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from builder.analysis.text import words
from builder.content.vocabulary import Vocabulary


@dataclass(frozen=True, kw_only=True, order=True)
class Phrase:
    """A phrase that hints at a tag. words: its folded words; text: as the vocabulary writes it."""

    words: tuple[str, ...]
    tag: str
    text: str


class PhraseFinder:
    """Finds phrases in folded words, in time linear in the number of words."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Of two phrases that fold to the same words, the first in the vocabulary counts."""
        self._by_first: dict[str, dict[tuple[str, ...], Phrase]] = {}
        for tag in vocabulary.tags.values():
            for text in tag.phrases:
                folded = words(text)
                if folded:
                    same_start = self._by_first.setdefault(folded[0], {})
                    same_start.setdefault(folded, Phrase(words=folded, tag=tag.id, text=text))
        self._lengths = {
            first: sorted({len(phrase) for phrase in phrases}, reverse=True)
            for first, phrases in self._by_first.items()
        }

    def find(self, text: Sequence[str]) -> list[Phrase]:
        """The phrases in folded words, in order. Where several start at a word the longest counts,
        and no word counts twice: "knowledge graph" is not "graph" as well."""
        found: list[Phrase] = []
        at = 0
        while at < len(text):
            step = 1
            for length in self._lengths.get(text[at], ()):
                phrase = self._by_first[text[at]].get(tuple(text[at : at + length]))
                if phrase:
                    found.append(phrase)
                    step = length
                    break
            at += step
        return found
