"""Terms of documents as a sparse matrix, and their TF-IDF weights.

Written with scipy rather than with scikit-learn's TfidfVectorizer: importing the latter takes
0.8 s, longer than the whole analysis of 300 papers, and its weights change in every document
whenever one is added, because the number of documents stands in each.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from scipy import sparse

from builder.analysis.documents import Document

# A term in a single document tells nothing of another; one in more than half of them tells
# nothing at all, which makes a list of stop words for a language needless.
LEAST_DOCUMENTS = 2
MOST_DOCUMENTS = 0.5
# Words that a text is about are repeated in it, others are not (Church, Gale: Poisson mixtures,
# 1995): "rank" stands 3.1 times in an abstract that has it, "though" once.
_REPEATED = 1.5


@dataclass(frozen=True, kw_only=True)
class TermCounts:
    """counts: documents x terms, how often; terms: the columns' words, sorted."""

    counts: sparse.csr_array
    terms: tuple[str, ...]


def count_terms(documents: Sequence[Document]) -> TermCounts:
    """The terms that stand in LEAST_DOCUMENTS documents or more, counted."""
    frequency = Counter(chain.from_iterable(document.terms for document in documents))
    terms = tuple(sorted(term for term, n in frequency.items() if n >= LEAST_DOCUMENTS))
    column = {term: index for index, term in enumerate(terms)}
    starts, columns, values = [0], [], []
    for document in documents:
        row = sorted(
            (column[term], count) for term, count in document.terms.items() if term in column
        )
        columns.extend(index for index, _ in row)
        values.extend(count for _, count in row)
        starts.append(len(columns))
    counts = sparse.csr_array(
        (np.array(values, dtype=np.float64), np.array(columns, dtype=np.int32), np.array(starts)),
        shape=(len(documents), len(terms)),
    )
    return TermCounts(counts=counts, terms=terms)


def telling(counts: sparse.csr_array) -> np.ndarray:
    """For each term whether it tells a reader what a text is about: a flag a column.

    counts: documents x terms.
    """
    frequency = np.bincount(counts.indices, minlength=counts.shape[1])
    return counts.sum(axis=0) >= _REPEATED * np.maximum(frequency, 1)


def rarity(frequency: np.ndarray, documents: int) -> np.ndarray:
    """Smoothed inverse document frequency, ln((1 + N) / (1 + n)) + 1, of terms in n documents.

    The form is scikit-learn's, but N is the number of documents rounded up to a power of two:
    one paper more leaves the weights of all terms that it does not hold exactly as they were.
    """
    return np.log((1 + _rounded(documents)) / (1 + frequency)) + 1


def relative_rarity(frequency: int, documents: int) -> float:
    """1 for what stands in one document, falling to 0 for what stands in all: ln(N+1 / n) as a
    share of ln(N+1), with N as in `rarity`."""
    most = math.log(_rounded(documents) + 1)
    return max(0.0, 1 - math.log(max(frequency, 1)) / most)


def _rounded(documents: int) -> int:
    return 1 << max(documents - 1, 1).bit_length()


def tfidf(
    counts: sparse.csr_array, known: sparse.csr_array | None = None, *, damped: bool = False
) -> sparse.csr_array:
    """TF-IDF weights of `counts` (documents x terms), rows of length 1 or, for a document without
    a telling term, 0.

    known: the documents from which the frequencies are taken (default: `counts` itself); a term
    in fewer than LEAST_DOCUMENTS or more than MOST_DOCUMENTS of them weighs nothing.
    damped: counts enter as 1 + ln(count), so that a text's length matters less.
    """
    known = counts if known is None else known
    frequency = np.bincount(known.indices, minlength=counts.shape[1])
    total = known.shape[0]
    weight = rarity(frequency, total)
    weight[(frequency < LEAST_DOCUMENTS) | (frequency > max(MOST_DOCUMENTS * total, 2))] = 0
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
