"""Terms of documents as a sparse matrix, and their TF-IDF weights.

Written with scipy rather than with scikit-learn's TfidfVectorizer: importing that takes 0.8 s,
longer than the whole analysis of 300 papers, and it reads every text anew for each weighting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from builder.analysis.documents import Reading

# A term in more than half of the documents tells nothing of any.
MOST_DOCUMENTS = 0.5
# Words that a text is about are repeated in it, others are not (Church, Gale: Poisson mixtures,
# 1995): "rank" stands 3.1 times in an abstract that has it, "though" once.
_REPEATED = 1.5


@dataclass(frozen=True, kw_only=True)
class TermCounts:
    """How often terms stand in documents.

    counts: documents x terms; known: those of its rows that tell how common a term is; terms: the
    columns' words, sorted.
    """

    counts: sparse.csr_array
    known: sparse.csr_array
    terms: tuple[str, ...]


def count_terms(reading: Reading) -> TermCounts:
    """The terms of all documents, counted."""
    documents = reading.documents
    terms = tuple(sorted(set(chain.from_iterable(document.terms for document in documents))))
    column = {term: index for index, term in enumerate(terms)}
    starts, columns, values = [0], [], []
    for document in documents:
        row = sorted((column[term], count) for term, count in document.terms.items())
        columns.extend(index for index, _ in row)
        values.extend(count for _, count in row)
        starts.append(len(columns))
    counts = sparse.csr_array(
        (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int32), np.array(starts)),
        shape=(len(documents), len(terms)),
    )
    return TermCounts(counts=counts, known=counts[list(reading.reference)], terms=terms)


def frequencies(counts: sparse.csr_array) -> np.ndarray:
    """In how many of the documents (rows of `counts`) each term stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def telling(counts: sparse.csr_array) -> np.ndarray:
    """For each term whether it tells a reader what a text is about: a flag a column.

    counts: documents x terms.
    """
    return counts.sum(axis=0) >= _REPEATED * np.maximum(frequencies(counts), 1)


def rarity(frequency: int, documents: int) -> float:
    """1 for what stands in one of some documents, falling to 0 for what stands in all."""
    return max(0.0, 1 - math.log(max(frequency, 1)) / math.log(documents + 1))


def tfidf(
    counts: sparse.csr_array, known: sparse.csr_array, *, least: int = 0, damped: bool = False
) -> sparse.csr_array:
    """TF-IDF weights of `counts` (documents x terms), rows of length 1 or, for a document without
    a telling term, 0.

    known: the documents from which the frequencies are taken. The inverse document frequency is
    smoothed as scikit-learn's, ln((1 + N) / (1 + n)) + 1 for a term in n of the N documents; a
    term in fewer than `least` or more than MOST_DOCUMENTS of them weighs nothing.
    damped: counts enter as 1 + ln(count), so that repetition matters less.
    """
    frequency = frequencies(known)
    total = known.shape[0]
    weight = np.log((1 + total) / (1 + frequency)) + 1
    weight[(frequency < least) | (frequency > max(MOST_DOCUMENTS * total, 2))] = 0
    values = 1 + np.log(counts.data) if damped else counts.data
    weighted = sparse.csr_array(
        (values * weight[counts.indices], counts.indices, counts.indptr),
        shape=counts.shape,
        copy=True,
    )
    weighted.eliminate_zeros()
    return unit_rows(weighted)


def unit_rows(matrix: sparse.csr_array) -> sparse.csr_array:
    """The matrix with every row that is not empty scaled to length 1."""
    lengths = np.sqrt(matrix.multiply(matrix).sum(axis=1))
    lengths[lengths == 0] = 1
    repeats = np.diff(matrix.indptr)
    return sparse.csr_array(
        (matrix.data / np.repeat(lengths, repeats), matrix.indices, matrix.indptr),
        shape=matrix.shape,
    )
