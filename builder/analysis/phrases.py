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
    """Finds phrases in folded words, in time linear in the number of words.

    phrases: all of them, sorted; elsewhere they are known by their place there.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        """Of two phrases that fold to the same words, the first in the vocabulary counts."""
        by_words: dict[tuple[str, ...], Phrase] = {}
        for tag in vocabulary.tags.values():
            for text in tag.phrases:
                folded = words(text)
                if folded:
                    by_words.setdefault(folded, Phrase(words=folded, tag=tag.id, text=text))
        self.phrases = tuple(sorted(by_words.values()))
        self._number = {phrase.words: number for number, phrase in enumerate(self.phrases)}
        lengths: dict[str, set[int]] = {}
        for folded in by_words:
            lengths.setdefault(folded[0], set()).add(len(folded))
        self._lengths = {first: sorted(found, reverse=True) for first, found in lengths.items()}

    @property
    def single_words(self) -> frozenset[str]:
        """The words that are phrases by themselves."""
        return frozenset(phrase.words[0] for phrase in self.phrases if len(phrase.words) == 1)

    @property
    def first_words(self) -> frozenset[str]:
        """The words with which longer phrases start."""
        return frozenset(phrase.words[0] for phrase in self.phrases if len(phrase.words) > 1)

    @property
    def second_words(self) -> frozenset[str]:
        """The words with which longer phrases go on."""
        return frozenset(phrase.words[1] for phrase in self.phrases if len(phrase.words) > 1)

    def at(self, text: Sequence[str], place: int) -> int | None:
        """The longest phrase that starts at a place in folded words."""
        for length in self._lengths.get(text[place], ()):
            number = self._number.get(tuple(text[place : place + length]))
            if number is not None:
                return number
        return None

    def find(self, text: Sequence[str]) -> list[Phrase]:
        """The phrases in folded words, in order. Where several start at a word the longest counts,
        and no word counts twice: "knowledge graph" is not "graph" as well."""
        found: list[Phrase] = []
        at = 0
        while at < len(text):
            number = self.at(text, at)
            if number is None:
                at += 1
            else:
                found.append(self.phrases[number])
                at += len(self.phrases[number].words)
        return found
