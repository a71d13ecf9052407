"""A library as the analysis reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from builder.analysis.documents import Documents, Texts, read
from builder.analysis.phrases import PhraseFinder
from builder.analysis.reference import reference_rows
from builder.analysis.rows import Rows
from builder.analysis.terms import Commonness, commonness, vectors
from builder.analysis.words import Words, written
from builder.content.paper import Paper


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All documents of a library, a row each.

    slugs: of the rows. reference: whether a row tells how common things are (`reference_rows`).
    common: how common terms and phrases are. vectors: the TF-IDF weights of the documents' terms.
    written: for each term a token in the form in which it is written most often.
    """

    slugs: Sequence[str]
    texts: Texts
    words: Words
    finder: PhraseFinder
    documents: Documents
    reference: np.ndarray
    common: Commonness
    vectors: Rows
    written: np.ndarray

    def shown(self, term: int) -> str:
        """A term as a reader should see it."""
        return self.words.shown(int(self.written[term]))


def read_library(papers: Sequence[Paper], finder: PhraseFinder) -> Reading:
    """Take the texts of all `papers` apart, in their order."""
    texts, words = Texts(papers), Words()
    documents = read(range(len(papers)), texts, words, finder)
    reference = np.zeros(len(papers), dtype=bool)
    reference[reference_rows(papers)] = True
    known, other = uses(documents.tokens, reference, len(words.tokens))
    common = commonness(documents.terms, documents.phrases, reference, words, finder)
    return Reading(
        slugs=tuple(paper.slug for paper in papers),
        texts=texts,
        words=words,
        finder=finder,
        documents=documents,
        reference=reference,
        common=common,
        vectors=vectors(documents.terms, common.weight),
        written=written(words, known, other),
    )


def uses(tokens: Rows, reference: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """How often each of `count` tokens stands in the papers of reference, and in the others.

    tokens: of papers; reference: which of these are of reference.
    """
    whole = np.bincount(tokens.columns, weights=tokens.values, minlength=count)
    known = tokens.values * reference[tokens.owners]
    known = np.bincount(tokens.columns, weights=known, minlength=count)
    return known.astype(np.int64), (whole - known).astype(np.int64)
