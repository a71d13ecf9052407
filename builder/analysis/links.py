"""Cross-links: which papers to read next, each with its reason; and who points here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from scipy import sparse

from builder.analysis.model import Backlinks, Mention, Related, TagUse
from builder.analysis.reasons import Reasons
from builder.analysis.similarity import nearest
from builder.analysis.terms import rarity
from builder.content.paper import Paper
from builder.library import Library

# `papershelf eval related` prints the measure behind these numbers: with graded judgments of 15
# papers, text alone reaches an nDCG@5 of 0.65, text with tags 0.73. Phrases in common and editions
# in common added nothing (an edition is a listing of a day, not a subject), and are left out.
MOST_RELATED = 6
# A score is the cosine of two texts times a factor from 1/4 (no tag shared) to 1 (all shared).
# Of the links right above the least score half were judged worth following, of those from twice
# as much on five in six; below it next to none.
LEAST_SCORE = 0.05
TAG_WEIGHT = 3.0
# Where one of two papers has no tag, the other's tags tell nothing: what two papers share on
# average is taken instead.
UNKNOWN_SHARE = 0.2
# A paper's tags stand most central first: the second counts 1/1.5, the third 1/2, ...
TAG_PLACE = 0.5
# So many neighbours by text are weighed anew with their tags.
CANDIDATES = 50
# A link between a paper and one that names it in its abstract scores at least this.
NAMED_SCORE = 0.5


def related(
    papers: Sequence[Paper],
    reference: Sequence[int],
    weighted: sparse.csr_array,
    tags: Mapping[str, Sequence[TagUse]],
    mentions: Mapping[str, Sequence[Mention]],
    reasons: Reasons,
) -> dict[str, tuple[Related, ...]]:
    """The papers to read next for each slug: the curators' choice first, then by score.

    papers: all of the library; reference: the rows that tell how common a tag is; weighted: TF-IDF
    weights of the papers' words, in the same order; tags, mentions: by slug; reasons: for the rows
    of `papers`.
    """
    rows = {paper.slug: row for row, paper in enumerate(papers)}
    named: dict[int, dict[int, str]] = {row: {} for row in rows.values()}
    for slug, found in mentions.items():
        for mention in found:
            here, there = rows[slug], rows[mention.slug]
            named[here][there] = f"this abstract names {mention.name}"
            named[there].setdefault(here, f"its abstract names {mention.name}")
    linked: dict[str, tuple[Related, ...]] = {paper.slug: () for paper in papers}
    scored = _similar(weighted, _tag_vectors(papers, reference, tags))
    for row, paper in enumerate(papers):
        similar = dict(scored[row])
        links = [
            Related(slug=slug, reason="chosen by the curators", score=1.0, by="curator")
            for slug in paper.related
        ]
        chosen = {rows[slug] for slug in paper.related} | {row}
        others = [
            (max(similar.get(other, 0.0), NAMED_SCORE if other in named[row] else 0.0), other)
            for other in similar.keys() | named[row].keys()
            if other not in chosen
        ]
        others.sort(key=lambda item: (-item[0], papers[item[1]].slug))
        for score, other in others[: max(0, MOST_RELATED - len(links))]:
            why = reasons.between(row, other)
            if other in named[row]:
                why = f"{named[row][other]}; {why}"
            links.append(
                Related(
                    slug=papers[other].slug,
                    reason=why,
                    score=round(score, 3),
                    by="name" if other in named[row] else "similar",
                )
            )
        linked[paper.slug] = tuple(links)
    return linked


def _similar(weighted: sparse.csr_array, vectors: np.ndarray) -> list[list[tuple[int, float]]]:
    """For each row the (row, score) of the papers like it, with at least LEAST_SCORE."""
    found: list[list[tuple[int, float]]] = [[] for _ in range(len(vectors))]
    tagged = vectors.any(axis=1)
    for block in nearest(weighted, CANDIDATES):
        own = slice(block.first, block.first + len(block.rows))
        shared = np.einsum("ict,it->ic", vectors[block.rows], vectors[own])
        shared[~(tagged[own, None] & tagged[block.rows])] = UNKNOWN_SHARE
        scores = np.round(block.cosines * (1 + TAG_WEIGHT * shared) / (1 + TAG_WEIGHT), 6)
        best = np.argsort(-scores, axis=1, kind="stable")[:, : 2 * MOST_RELATED]
        for at, order in enumerate(best):
            found[block.first + at] = [
                (int(block.rows[at, i]), float(scores[at, i]))
                for i in order
                if scores[at, i] >= LEAST_SCORE
            ]
    return found


def _tag_vectors(
    papers: Sequence[Paper], reference: Sequence[int], tags: Mapping[str, Sequence[TagUse]]
) -> np.ndarray:
    """Papers x tags: rare tags and central ones weigh more; rows of length 1, or 0 without tags."""
    used = sorted({use.id for uses in tags.values() for use in uses})
    column = {tag: index for index, tag in enumerate(used)}
    vectors = np.zeros((len(papers), len(used)), dtype=np.float32)
    for row, paper in enumerate(papers):
        for place, use in enumerate(tags[paper.slug]):
            vectors[row, column[use.id]] = 1 / (1 + TAG_PLACE * place)
    frequency = (vectors[list(reference)] > 0).sum(axis=0)
    vectors *= np.array([rarity(int(n), len(reference)) for n in frequency], dtype=np.float32)
    lengths = np.sqrt((vectors**2).sum(axis=1, keepdims=True))
    return vectors / np.where(lengths > 0, lengths, 1)


def backlinks(
    library: Library,
    links: Mapping[str, Sequence[Related]],
    mentions: Mapping[str, Sequence[Mention]],
) -> dict[str, Backlinks]:
    """Who points at each paper: other papers' mentions and related lists, and collections."""
    mentioned: dict[str, set[str]] = {slug: set() for slug in library.papers}
    pointed: dict[str, set[str]] = {slug: set() for slug in library.papers}
    collected: dict[str, set[str]] = {slug: set() for slug in library.papers}
    for slug, found in mentions.items():
        for mention in found:
            mentioned[mention.slug].add(slug)
    for slug, others in links.items():
        for link in others:
            pointed[link.slug].add(slug)
    for collection in library.collections.values():
        for step in collection.papers:
            collected[step.paper].add(collection.id)
    return {
        slug: Backlinks(
            mentioned_by=tuple(sorted(mentioned[slug])),
            related_from=tuple(sorted(pointed[slug])),
            collections=tuple(sorted(collected[slug])),
        )
        for slug in library.papers
    }
