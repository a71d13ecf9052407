"""Cross-links: which papers to read next, each with its reason; and who points here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from builder.analysis.mentions import Use
from builder.analysis.model import Backlinks
from builder.analysis.reasons import Reasons
from builder.analysis.similarity import Near
from builder.analysis.terms import LENGTH, rarity
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
# The length of the vectors of tags: products of two, sums of whole numbers, fit into 24 bits.
_LENGTH = 1 << 10
# So many rows are scored at a time.
_BLOCK = 512

# Papers like another: (row, score).
Scored: TypeAlias = list[tuple[int, float]]
# A link as it is kept: (row, reason, score, by).
Link: TypeAlias = tuple[int, str, float, Literal["curator", "name", "similar"]]


@dataclass(frozen=True, kw_only=True)
class Subjects:
    """Papers' tags as vectors. vectors: papers x tags, rows of the length _LENGTH, or 0 without
    tags; rarity: tag -> how rare it is among the papers of reference."""

    vectors: np.ndarray
    rarity: Mapping[str, int]


def subjects(tags: Sequence[Sequence[str]], reference: np.ndarray) -> Subjects:
    """What tags tell of papers: rare ones and central ones weigh more.

    tags: ids, of all papers; reference: which of them tell how common a tag is.
    """
    used = sorted({tag for ids in tags for tag in ids})
    column = {tag: index for index, tag in enumerate(used)}
    entries = [
        (row, column[tag], place) for row, ids in enumerate(tags) for place, tag in enumerate(ids)
    ]
    row, tag, place = np.array(entries, dtype=np.int64).reshape(-1, 3).T
    raw = np.zeros((len(tags), len(used)), dtype=np.int64)
    raw[row, tag] = np.rint(_LENGTH / (1 + TAG_PLACE * place))
    rare = rarity((raw[reference] > 0).sum(axis=0), int(reference.sum()))
    raw *= rare
    lengths = np.sqrt((raw * raw).sum(axis=1, keepdims=True))
    vectors = np.rint(_LENGTH * raw / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return Subjects(vectors=vectors, rarity=dict(zip(used, rare.tolist(), strict=True)))


def similar(near: Near, rows: np.ndarray, ranks: np.ndarray, about: Subjects) -> list[Scored]:
    """The papers like those of some rows, (row, score), the most alike first, of equals the first
    by rank; with at least LEAST_SCORE.

    near: the nearest by text of the rows; about: of all papers.
    """
    found: list[Scored] = []
    tagged = about.vectors.any(axis=1)
    for first in range(0, len(rows), _BLOCK):
        span = slice(first, first + _BLOCK)
        own, others = rows[span], near.rows[span]
        shared = _products(about, own, others) / _LENGTH**2
        shared[~(tagged[own, None] & tagged[others])] = UNKNOWN_SHARE
        cosines = near.products[span] / LENGTH**2
        scores = np.round(cosines * (1 + TAG_WEIGHT * shared) / (1 + TAG_WEIGHT), 6)
        scores[others < 0] = -1
        order = np.lexsort((ranks[others], -scores), axis=1)
        others = np.take_along_axis(others, order, axis=1)
        scores = np.take_along_axis(scores, order, axis=1)
        many = (scores >= LEAST_SCORE).sum(axis=1).tolist()
        for line, values, count in zip(others.tolist(), scores.tolist(), many, strict=True):
            found.append(list(zip(line[:count], values[:count], strict=True)))
    return found


def _products(about: Subjects, own: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The products of the vectors of some rows with those of their others (rows x k)."""
    # A paper has few tags: only these are looked at.
    place, tag = np.nonzero(about.vectors[own])
    each = about.vectors[own[place], tag][:, None] * about.vectors[others[place], tag[:, None]]
    found = np.zeros(others.shape)
    np.add.at(found, place, each)
    return found


def named_links(mentions: Sequence[Sequence[Use]]) -> list[dict[int, str]]:
    """For each row the rows that a name links it with, and why."""
    named: list[dict[int, str]] = [{} for _ in mentions]
    for here, found in enumerate(mentions):
        for there, name, _, _ in found:
            named[here][there] = f"this abstract names {name}"
    for here, found in enumerate(mentions):
        for there, name, _, _ in found:
            named[there].setdefault(here, f"its abstract names {name}")
    return named


def related(
    papers: Sequence[Paper],
    numbers: Mapping[str, int],
    rows: Sequence[int],
    scored: Sequence[Scored],
    named: Sequence[Mapping[int, str]],
    reasons: Reasons,
) -> list[tuple[Link, ...]]:
    """The papers to read next for some rows: the curators' choice first, then by score.

    papers: all of the library; numbers: slug -> row; scored: the papers like those of the rows;
    named: see `named_links`, of the rows.
    """
    best: list[list[tuple[float, int]]] = []
    for row, alike, by_name in zip(rows, scored, named, strict=True):
        chosen = {numbers[slug] for slug in papers[row].related} | {row}
        wanted = max(0, MOST_RELATED - len(papers[row].related))
        others = [(score, other) for other, score in alike if other not in chosen]
        if by_name:
            scores = {other: score for score, other in others}
            for other in by_name.keys() - chosen:
                scores[other] = max(scores.get(other, 0.0), NAMED_SCORE)
            others = [(score, other) for other, score in scores.items()]
            others.sort(key=lambda item: (-item[0], papers[item[1]].slug))
        best.append(others[:wanted])
    # A pair has the same reason from both sides.
    pairs = list(
        dict.fromkeys(
            (min(row, other), max(row, other))
            for row, others in zip(rows, best, strict=True)
            for _, other in others
        )
    )
    why = dict(zip(pairs, reasons.all_between(pairs), strict=True))
    linked: list[tuple[Link, ...]] = []
    for row, others, by_name in zip(rows, best, named, strict=True):
        links: list[Link] = [
            (numbers[slug], "chosen by the curators", 1.0, "curator")
            for slug in papers[row].related
        ]
        for score, other in others:
            reason = why[min(row, other), max(row, other)]
            if other in by_name:
                links.append((other, f"{by_name[other]}; {reason}", round(score, 3), "name"))
            else:
                links.append((other, reason, round(score, 3), "similar"))
        linked.append(tuple(links))
    return linked


def collected(library: Library) -> dict[str, tuple[str, ...]]:
    """Slug -> the ids of the collections that have the paper, sorted; only papers that any has."""
    found: dict[str, tuple[str, ...]] = {}
    for collection in sorted(library.collections.values(), key=lambda item: item.id):
        for slug in dict.fromkeys(step.paper for step in collection.papers):
            found[slug] = (*found.get(slug, ()), collection.id)
    return found


class Backwards:
    """Who points at each paper: other papers' mentions and related lists, and collections."""

    def __init__(
        self,
        slugs: Sequence[str],
        links: Sequence[Sequence[Link]],
        mentions: Sequence[Sequence[Use]],
        collections: Mapping[str, tuple[str, ...]],
    ) -> None:
        """slugs, links, mentions: by row; collections: see `collected`."""
        self._slugs = slugs
        self._links = links
        self._collections = collections
        self._mentioned: list[list[int]] = [[] for _ in slugs]
        self._pointed: list[list[int]] = [[] for _ in slugs]
        for row, found in enumerate(mentions):
            for use in found:
                self._mentioned[use[0]].append(row)
        for row, others in enumerate(links):
            for link in others:
                self._pointed[link[0]].append(row)

    def of(self, row: int) -> Backlinks:
        """Who points at the paper of a row."""
        pointed = set(self._pointed[row]).difference(link[0] for link in self._links[row])
        return Backlinks(
            mentioned_by=tuple(sorted({self._slugs[other] for other in self._mentioned[row]})),
            related_from=tuple(sorted(self._slugs[other] for other in pointed)),
            collections=self._collections.get(self._slugs[row], ()),
        )
