"""How common terms, phrases and tags are, and what that makes them weigh.

All weights are whole numbers and grow in steps: most edits of a paper of reference then change how
often a word is met, but not what it weighs, and so no link of other papers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from builder.analysis.phrases import PhraseFinder
from builder.analysis.rows import Rows, units
from builder.analysis.words import Words

# The length of the vectors that stand for texts: a product of two, by this squared, is a cosine.
LENGTH = 1 << 12
# Inverse document frequencies are rounded to whole numbers, 1 to 10 or so. With quarters, eighths
# or none the nearest five of 306 papers share no more of their curated tags (a cosine of 0.34, each
# time), and four times as many words and more weigh otherwise after an edit.
_PARTS = 1
# A term in more than half of the documents tells nothing of any; of many documents one in more
# than a tenth: with 10,000 papers that is as good, and three times as fast.
_MOST_OF_FEW = 0.5
_FEW = 1000
_MOST_OF_MANY = 0.1
# Words that a text is about are repeated in it, others are not (Church, Gale: Poisson mixtures,
# 1995): "rank" stands 3.1 times in an abstract that has it, "though" once.
_REPEATED = (3, 2)
# Rarity is counted in so many steps from "in all" to "in one".
STEPS = 16
# A word or phrase in a larger share of the papers (or in more than a few, where the papers are
# few) tells a reader nothing.
_COMMON_SHARE = 0.1
_COMMON_LEAST = 5


@dataclass(frozen=True, kw_only=True)
class Commonness:
    """How common things are among the papers of reference.

    weight: what a term weighs, its inverse document frequency rounded, 0 where it tells nothing.
    topic: whether a term tells a reader what a text is about. says: whether it is rare enough, too,
    to be named as what two texts have in common. rarity: of phrases, by their number, 0 to STEPS.
    usual: whether a phrase is too common to be named.
    """

    weight: np.ndarray
    topic: np.ndarray
    says: np.ndarray
    rarity: np.ndarray
    usual: np.ndarray


def commonness(
    terms: Rows, phrases: Rows, reference: np.ndarray, words: Words, finder: PhraseFinder
) -> Commonness:
    """How common terms and phrases are. reference: whether a row is one of reference."""
    known = terms.kept(reference[terms.owners])
    total = int(reference.sum())
    frequency = np.bincount(known.columns, minlength=len(words.terms))
    use = np.bincount(known.columns, weights=known.values, minlength=len(words.terms))
    topic = use * _REPEATED[1] >= _REPEATED[0] * np.maximum(frequency, 1)
    most = max(_COMMON_SHARE * total, _COMMON_LEAST)
    phrase = phrases.columns[reference[phrases.owners]]
    met = np.bincount(phrase, minlength=len(finder.phrases))
    return Commonness(
        weight=inverse_frequency(frequency, total, _PARTS),
        topic=topic,
        says=topic & (frequency <= most),
        rarity=rarity(met, total),
        usual=met > most,
    )


def inverse_frequency(
    frequency: np.ndarray, total: int, parts: int, *, least: int = 0
) -> np.ndarray:
    """The inverse document frequency of terms that stand in so many of `total` documents, in parts
    of 1; 0 for a term in fewer than `least` of them or too many.

    It is smoothed as scikit-learn's: ln((1 + N) / (1 + n)) + 1 for a term in n of N documents.
    """
    most = max(_MOST_OF_MANY * total, min(_MOST_OF_FEW * total, _FEW), 2)
    weight = np.rint(parts * (np.log((1 + total) / (1 + frequency)) + 1)).astype(np.int64)
    weight[(frequency < least) | (frequency > most)] = 0
    return weight


def vectors(terms: Rows, weight: np.ndarray) -> Rows:
    """The TF-IDF weights of texts, rows of the length LENGTH or, without a telling term, 0."""
    return units(terms, weight, LENGTH)


def rarity(frequency: np.ndarray, total: int) -> np.ndarray:
    """STEPS for what stands in one of `total` documents (or none), falling to 0 for what stands in
    all, with the logarithm of its frequency."""
    share = np.log(np.maximum(frequency, 1)) / math.log(max(total, 1) + 1)
    return np.rint(STEPS * np.maximum(0.0, 1 - share)).astype(np.int64)
