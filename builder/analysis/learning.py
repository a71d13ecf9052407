"""What the curated papers teach of tags: a ridge regression on their words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from builder.analysis.rows import Rows, units
from builder.analysis.terms import LENGTH, inverse_frequency
from builder.analysis.words import Words

if TYPE_CHECKING:
    from scipy import sparse

# Weights and counts are rounded to such parts of 1, so that sums of their products have no rounding
# left, whatever their order.
_PARTS = 1 << 8
_WEIGHT_PARTS = 1 << 20
# With so many curated papers no more are learned from: that bounds the time of learning, and most
# edits of a curated paper then leave what was learned as it was.
MOST_EXAMPLES = 2048
# For so few texts scipy is not worth its import.
_FEW = 100


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """What was learned from n examples of t tags.

    examples: their rows, ascending. weight: inverse document frequencies of terms among the
    examples. texts: the examples' vectors. duals: examples x tags, each example's part in each
    tag. column: term -> its row in `weights`, -1 where it has none; weights: terms x tags, in parts
    of 1 / _WEIGHT_PARTS. base: what each tag scores in any text.
    """

    examples: np.ndarray
    weight: np.ndarray
    texts: Rows
    duals: np.ndarray
    column: np.ndarray
    weights: np.ndarray
    base: np.ndarray


def examples(curated: Mapping[int, Sequence[str]], slugs: Sequence[str]) -> list[int]:
    """The rows to learn from, by slug: at most MOST_EXAMPLES, chosen by chance, but always alike.

    curated: row -> tags; slugs: of all rows.
    """
    rows = sorted(curated, key=slugs.__getitem__)
    if len(rows) > MOST_EXAMPLES:
        chosen = sorted(rows, key=lambda row: blake2b(slugs[row].encode()).digest())
        rows = sorted(chosen[:MOST_EXAMPLES], key=slugs.__getitem__)
    return rows


def learn(
    terms: Rows,
    words: Words,
    rows: Sequence[int],
    curated: Mapping[int, Sequence[str]],
    tags: Sequence[str],
) -> Lesson:
    """Learn from some rows of `terms` (see `examples`), which have the tags `curated`; tags that
    are not among `tags` are ignored."""
    from scipy import sparse

    from builder.analysis import ridge

    known = terms.take(rows)
    # Frequencies are those among the examples: an import then leaves all that was learned, and so
    # the suggestions of other papers, as it was.
    frequency = np.bincount(known.columns, minlength=len(words.terms))
    weight = inverse_frequency(frequency, len(rows), _PARTS, least=2)
    texts = _vectors(known, weight)
    used = sorted(np.unique(texts.columns).tolist(), key=words.terms.__getitem__)
    column = np.full(len(words.terms), -1, dtype=np.int32)
    column[used] = np.arange(len(used))
    place = {tag: number for number, tag in enumerate(tags)}
    targets = np.zeros((len(rows), len(tags)))
    for example, row in enumerate(rows):
        for tag in curated[row]:
            if tag in place:
                targets[example, place[tag]] = 1
    # Columns by alphabet, so that the numbers of words decide nothing.
    order = np.lexsort((column[texts.columns], texts.owners))
    learned = ridge.fit(
        sparse.csr_array(
            (texts.values[order] / LENGTH, column[texts.columns[order]], texts.starts),
            shape=(len(rows), len(used)),
        ),
        targets,
    )
    return Lesson(
        examples=np.array(rows, dtype=np.int64),
        weight=weight,
        texts=texts,
        duals=learned.duals,
        column=column,
        weights=np.rint(learned.weights * _WEIGHT_PARTS),
        base=learned.base,
    )


def _vectors(terms: Rows, weight: np.ndarray) -> Rows:
    """Texts as they are learned from: counts enter as 1 + ln(count), so that repetition matters
    less."""
    damped = np.rint(_PARTS * (1 + np.log(terms.values))).astype(np.int64)
    return units(Rows(starts=terms.starts, columns=terms.columns, values=damped), weight, LENGTH)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """Texts as a lesson judges them. texts: their vectors; scores: texts x tags, 1 for "surely"
    and 0 for "surely not"."""

    texts: Rows
    scores: np.ndarray


def judge(lesson: Lesson, terms: Rows) -> Judged:
    """Judge texts, which are given by their terms."""
    # Words that came after the lesson tell nothing.
    old = terms.kept(terms.columns < len(lesson.weight))
    texts = _vectors(old, lesson.weight)
    found = _times(texts, lesson.column[texts.columns], lesson.weights)
    return Judged(texts=texts, scores=found / (LENGTH * _WEIGHT_PARTS) + lesson.base)


def likeness(lesson: Lesson, texts: Rows) -> np.ndarray:
    """The cosines of texts with the examples: texts x examples."""
    if len(texts) > _FEW:
        width = len(lesson.weight)
        found = _sparse(texts, width) @ _sparse(lesson.texts, width).T
        return found.toarray() / LENGTH**2
    dense = np.zeros((len(lesson.weight), len(texts)))
    dense[texts.columns, texts.owners] = texts.values
    return _times(lesson.texts, lesson.texts.columns, dense).T / LENGTH**2


def _times(texts: Rows, columns: np.ndarray, dense: np.ndarray) -> np.ndarray:
    """The product of texts, with other columns, and a dense matrix of whole numbers."""
    if len(texts) > _FEW:
        return _sparse(replace(texts, columns=columns), len(dense)) @ dense
    found = np.zeros((len(texts), dense.shape[1]))
    for place in range(len(texts)):
        span = slice(texts.starts[place], texts.starts[place + 1])
        found[place] = texts.values[span] @ dense[columns[span]]
    return found


def _sparse(rows: Rows, width: int) -> sparse.csr_array:
    from scipy import sparse

    values = rows.values.astype(np.float64)
    return sparse.csr_array((values, rows.columns, rows.starts), shape=(len(rows), width))
