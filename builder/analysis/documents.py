"""Papers as the analysis reads them: each text is taken apart once, for tags and links alike."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from builder import parallel
from builder.analysis.names import Coined, coined, in_brackets
from builder.analysis.phrases import PhraseFinder
from builder.analysis.rows import NONE, Rows, counted, distinct, stacked, starts_of
from builder.analysis.text import has_meaning, prose, tokens
from builder.analysis.words import Numbers, Words
from builder.content.paper import Paper

# A word of the title counts as much as this many of the abstract. Of 1, 2, 3 and 5 the best for
# related papers, by all measures of `papershelf eval related`.
TITLE_WEIGHT = 2
# So many papers are read at a time; more take memory and no less time.
_BATCH = 1024


class Texts:
    """The prose of papers by row: an offset into an abstract's is one into `Paper.abstract`."""

    def __init__(self, papers: Sequence[Paper]) -> None:
        self._papers = papers
        self._titles: dict[int, str] = {}
        self._abstracts: dict[int, str] = {}

    def title(self, row: int) -> str:
        """The prose of a title."""
        if row not in self._titles:
            self._titles[row] = prose(self._papers[row].title)
        return self._titles[row]

    def abstract(self, row: int) -> str:
        """The prose of an abstract."""
        if row not in self._abstracts:
            self._abstracts[row] = prose(self._papers[row].abstract)
        return self._abstracts[row]

    def naming(self, names: Iterable[str]) -> set[int]:
        """The rows of papers whose abstracts have any of some names, as prose or not."""
        wanted = tuple(names)
        return {
            row
            for row, paper in enumerate(self._papers)
            if any(name in paper.abstract for name in wanted)
        }


@dataclass(frozen=True, kw_only=True)
class Documents:
    """What stands in texts, a row each.

    tokens: how often each token stands there. terms: how often each term does that may tell what
    the text is about, those of the title TITLE_WEIGHT times. phrases: by the number in the finder,
    twice as often as the abstract has them, and one more where the title does. coined: the names
    that a paper introduces. brackets: what stands in parentheses, in small letters.
    """

    tokens: Rows
    terms: Rows
    phrases: Rows
    coined: tuple[tuple[Coined, ...], ...]
    brackets: tuple[tuple[str, ...], ...]


NOTHING = Documents(tokens=NONE, terms=NONE, phrases=NONE, coined=(), brackets=())


def read(rows: Sequence[int], texts: Texts, words: Words, finder: PhraseFinder) -> Documents:
    """Take the texts of some rows apart, in their order; new words get numbers in `words`."""
    batches = [rows[first : first + _BATCH] for first in range(0, len(rows), _BATCH)]
    parts = parallel.run([partial(_taken_apart, batch, texts) for batch in batches])
    found = [_read(part, words, finder) for part in parts]
    return joined(found) if found else NOTHING


@dataclass(frozen=True, kw_only=True)
class _Apart:
    """Texts taken apart: of each paper the title, then the abstract.

    tokens: those that are met, each once; numbers: those of all texts, one behind the other, by
    their places in `tokens`; lengths: how many each text has. coined, brackets: as `Documents`.
    """

    tokens: Sequence[str]
    numbers: np.ndarray
    lengths: Sequence[int]
    coined: tuple[tuple[Coined, ...], ...]
    brackets: tuple[tuple[str, ...], ...]


def _taken_apart(rows: Sequence[int], texts: Texts) -> _Apart:
    known, numbers, lengths = Numbers(), array("i"), []
    for row in rows:
        for text in (texts.title(row), texts.abstract(row)):
            found = tokens(text)
            numbers.extend(map(known.__getitem__, found))
            lengths.append(len(found))
    return _Apart(
        tokens=list(known),
        numbers=np.array(numbers, dtype=np.int32),
        lengths=lengths,
        coined=tuple(coined(texts.title(row), texts.abstract(row)) for row in rows),
        brackets=tuple(in_brackets(texts.abstract(row)) for row in rows),
    )


def joined(parts: Sequence[Documents]) -> Documents:
    """Documents one below the other."""
    return Documents(
        tokens=stacked([part.tokens for part in parts]),
        terms=stacked([part.terms for part in parts]),
        phrases=stacked([part.phrases for part in parts]),
        coined=tuple(names for part in parts for names in part.coined),
        brackets=tuple(found for part in parts for found in part.brackets),
    )


def _read(part: _Apart, words: Words, finder: PhraseFinder) -> Documents:
    token = np.array(words.numbers(part.tokens), dtype=np.int32)[part.numbers]
    words.update()
    count = len(part.coined)
    # Titles are the even texts, abstracts the odd ones.
    text = np.repeat(np.arange(2 * count), part.lengths)
    row, titled = text >> 1, text & 1 == 0
    term = words.folded[token]
    tells = _meaning(term, words)[term]
    again = [tells & titled] * (TITLE_WEIGHT - 1)
    return Documents(
        tokens=counted(row, token, count),
        terms=counted(
            np.concatenate([row[tells], *(row[more] for more in again)]),
            np.concatenate([term[tells], *(term[more] for more in again)]),
            count,
        ),
        phrases=_phrases(term, text, words, finder, count),
        coined=part.coined,
        brackets=part.brackets,
    )


def _meaning(term: np.ndarray, words: Words) -> np.ndarray:
    """Which terms may tell what a text is about, as far as they are among some."""
    found = np.zeros(len(words.terms), dtype=bool)
    met = distinct(term)
    found[met] = [has_meaning(words.terms[number]) for number in met.tolist()]
    return found


def _phrases(
    term: np.ndarray, text: np.ndarray, words: Words, finder: PhraseFinder, count: int
) -> Rows:
    """The phrases of `count` papers. term, text: of each word of all; see `_read`."""
    # Looked for only where a phrase may start.
    single, first, second = (
        words.flags(some) for some in (finder.single_words, finder.first_words, finder.second_words)
    )
    goes_on = np.zeros(len(term), dtype=bool)
    goes_on[:-1] = second[term[1:]]
    # Behind each text a word that no phrase has, so that none reaches into the next.
    folded: list[str] = []
    start = 0
    for end in np.searchsorted(text, np.arange(2 * count), side="right").tolist():
        folded += [words.terms[number] for number in term[start:end].tolist()]
        folded.append("")
        start = end
    at = np.flatnonzero(single[term] | (first[term] & goes_on))
    found: dict[tuple[int, int], int] = {}
    free = 0
    for place, number in zip((at + text[at]).tolist(), text[at].tolist(), strict=True):
        if place >= free and (phrase := finder.at(folded, place)) is not None:
            free = place + len(finder.phrases[phrase].words)
            key = number >> 1, phrase
            times = found.get(key, 0)
            found[key] = times + 2 if number & 1 else times | 1
    keys = sorted(found)
    return Rows(
        starts=starts_of(np.bincount([row for row, _ in keys], minlength=count)),
        columns=np.array([phrase for _, phrase in keys], dtype=np.int32),
        values=np.array([found[key] for key in keys], dtype=np.int32),
    )
