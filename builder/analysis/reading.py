"""A library as the analysis reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

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
    known, other: how often each token stands in the papers of reference, and in the others.
    """

    slugs: tuple[str, ...]
    texts: Texts
    words: Words
    finder: PhraseFinder
    documents: Documents
    reference: np.ndarray
    known: np.ndarray
    other: np.ndarray

    @cached_property
    def common(self) -> Commonness:
        """How common terms and phrases are."""
        documents = self.documents
        return commonness(
            documents.terms, documents.phrases, self.reference, self.words, self.finder
        )

    @cached_property
    def vectors(self) -> Rows:
        """The TF-IDF weights of the documents' terms."""
        return vectors(self.documents.terms, self.common.weight)

    @cached_property
    def written(self) -> np.ndarray:
        """For each term a token in the form in which it is written most often."""
        return written(self.words, self.known, self.other)

    def shown(self, term: int) -> str:
        """A term as a reader should see it."""
        return self.words.shown(int(self.written[term]))


def read_library(papers: Sequence[Paper], finder: PhraseFinder) -> Reading:
    """Take the texts of all `papers` apart, in their order."""
    texts, words = Texts(papers), Words()
    documents = read(range(len(papers)), texts, words, finder)
    reference = np.zeros(len(papers), dtype=bool)
    reference[reference_rows(papers)] = True
    tokens = documents.tokens
    known = np.bincount(
        tokens.columns,
        weights=tokens.values * reference[tokens.owners],
        minlength=len(words.tokens),
    )
    whole = np.bincount(tokens.columns, weights=tokens.values, minlength=len(words.tokens))
    return Reading(
        slugs=tuple(paper.slug for paper in papers),
        texts=texts,
        words=words,
        finder=finder,
        documents=documents,
        reference=reference,
        known=known,
        other=whole - known,
    )
