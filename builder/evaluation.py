"""How good tags and links are, measured on papers that were not learned from."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import fmean, stdev
from typing import Any

import numpy as np

from builder.analysis import analyse
from builder.analysis.phrases import PhraseFinder
from builder.analysis.reading import read_library
from builder.analysis.similarity import nearest
from builder.analysis.tags import Method, Tagger, curated_rows
from builder.importers.same import title_key
from builder.library import Library
from builder.problems import Problem, ProblemsFound

METHODS: tuple[Method, ...] = ("phrases", "learned", "both")
FOLDS = 10
DEPTH = 5
BANDS = (0.0, 0.05, 0.07, 0.1, 0.15, 0.2, 1.01)


@dataclass(frozen=True, kw_only=True)
class TagLabel:
    """A paper's tags as a reader judged them. core: must be found; ok: may be given as well."""

    title: str
    core: frozenset[str]
    ok: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class RelatedLabel:
    """A paper and how well others follow it. grades: title -> 2 read this next, 1 a useful
    neighbour, 0 only alike at the surface."""

    title: str
    grades: Mapping[str, int]


@dataclass(frozen=True, kw_only=True)
class TagScore:
    """Tags against labels, over all papers together (micro-averaged).

    precision: the share of given tags that are core or ok; recall: the share of core tags that
    were given; load: tags given to a paper, on average.
    """

    precision: float
    recall: float
    load: float
    papers: int

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, kw_only=True)
class RankScore:
    """Lists against graded papers: the mean nDCG of queries, its standard error, their number."""

    mean: float
    error: float
    queries: int


@dataclass(frozen=True, kw_only=True)
class Band:
    """Links with scores from low up to high: how many were graded, and how many of them above 0."""

    low: float
    high: float
    links: int
    good: int


# ---------------------------------------------------------------- tags


def cross_validated(library: Library, method: Method, folds: int = FOLDS) -> dict[str, list[str]]:
    """Suggested tags of every curated paper, learned from the curated papers of other folds.

    A fold takes every `folds`-th curated paper by slug.
    """
    papers = tuple(library.papers.values())
    curated = curated_rows(papers)
    reading = read_library(papers, PhraseFinder(library.vocabulary))
    found: dict[str, list[str]] = {}
    for fold in range(folds):
        held_out = sorted(curated)[fold::folds]
        if held_out:
            rest = {row: tags for row, tags in curated.items() if row not in set(held_out)}
            tagger = Tagger(library.vocabulary, reading, rest, method=method)
            found |= {papers[row].slug: tagger.tags(row) for row in held_out}
    return found


def curated_labels(library: Library) -> list[TagLabel]:
    """The curators' own tags as labels."""
    return [
        TagLabel(title=paper.title, core=frozenset(paper.tags))
        for paper in library.papers.values()
        if paper.tags is not None
    ]


def score_tags(
    library: Library, given: Mapping[str, Sequence[str]], labels: Iterable[TagLabel]
) -> TagScore:
    """The given tags (slug -> tags) against labels, matched by title; others are left out."""
    by_title = {title_key(library.papers[slug].title): set(tags) for slug, tags in given.items()}
    right = total = found = core = papers = 0
    for label in labels:
        tags = by_title.get(title_key(label.title))
        if tags is not None:
            papers += 1
            right += len(tags & (label.core | label.ok))
            total += len(tags)
            found += len(tags & label.core)
            core += len(label.core)
    return TagScore(
        precision=right / total if total else 0.0,
        recall=found / core if core else 0.0,
        load=total / papers if papers else 0.0,
        papers=papers,
    )


# ---------------------------------------------------------------- links


def text_neighbours(library: Library) -> dict[str, list[str]]:
    """The nearest papers by text alone: slug -> slugs."""
    papers = tuple(library.papers.values())
    reading = read_library(papers, PhraseFinder(library.vocabulary))
    rows = np.arange(len(papers))
    near = nearest(reading.vectors, rows, DEPTH, rows)
    return {
        paper.slug: [papers[row].slug for row in others if row >= 0]
        for paper, others in zip(papers, near.rows.tolist(), strict=True)
    }


def shown_links(library: Library) -> dict[str, dict[str, float]]:
    """The related papers as the pages show them: slug -> slug -> score, in their order."""
    related = analyse(library).related
    return {slug: {link.slug: link.score for link in links} for slug, links in related.items()}


def score_lists(
    library: Library, lists: Mapping[str, Iterable[str]], labels: Iterable[RelatedLabel]
) -> RankScore:
    """nDCG at DEPTH (Järvelin, Kekäläinen 2002) with gains 2^grade - 1 and logarithmic discount.

    The ideal list is that of the graded papers; a paper without a grade counts 0. Queries for
    which no paper has a grade above 0 tell nothing and are left out.
    """
    scores = []
    for query, grades, ideal in _graded(library, labels):
        if ideal:
            scores.append(_gain([grades.get(slug, 0) for slug in lists[query]]) / ideal)
    error = stdev(scores) / math.sqrt(len(scores)) if len(scores) > 1 else 0.0
    return RankScore(mean=fmean(scores) if scores else 0.0, error=error, queries=len(scores))


def score_bands(
    library: Library,
    scored: Mapping[str, Mapping[str, float]],
    labels: Iterable[RelatedLabel],
) -> list[Band]:
    """How many of the graded links are worth following, by their score: the bands between BANDS."""
    grades_of = {query: grades for query, grades, _ in _graded(library, labels)}
    found = [
        (score, grades[slug])
        for query, grades in grades_of.items()
        for slug, score in scored[query].items()
        if slug in grades
    ]
    bands = []
    for low, high in pairwise(BANDS):
        grades = [grade for score, grade in found if low <= score < high]
        good = sum(grade > 0 for grade in grades)
        bands.append(Band(low=low, high=high, links=len(grades), good=good))
    return bands


def _graded(
    library: Library, labels: Iterable[RelatedLabel]
) -> Iterator[tuple[str, dict[str, int], float]]:
    """(slug, grades by slug, gain of the ideal list) for each label of a paper of the library."""
    slugs = {title_key(paper.title): slug for slug, paper in library.papers.items()}
    for label in labels:
        query = slugs.get(title_key(label.title))
        if query is not None:
            ideal = _gain(sorted(label.grades.values(), reverse=True))
            known = {title: slugs.get(title_key(title)) for title in label.grades}
            yield query, {slug: label.grades[t] for t, slug in known.items() if slug}, ideal


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:DEPTH]))


# ---------------------------------------------------------------- labels


@dataclass(kw_only=True)
class _Labels:
    """A JSON file of labels, being read."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, where: str, message: str, hint: str, line: int = 1) -> None:
        self.problems.append(
            Problem(path=self.path, line=line, field=where, message=message, hint=hint)
        )

    def items(self, text: str) -> Iterator[tuple[str, dict[str, Any]]]:
        """(where, object) of each object of the file's list."""
        hint = 'write a list: [{"title": "...", ...}, ...]'
        try:
            content = json.loads(text)
        except (json.JSONDecodeError, RecursionError) as error:
            line = getattr(error, "lineno", 1)
            self.problem(
                "", f"no valid JSON: {getattr(error, 'msg', 'nested too deep')}", hint, line
            )
            return
        if not isinstance(content, list):
            self.problem("", "this is no list", hint)
            return
        for index, item in enumerate(content):
            if isinstance(item, dict) and isinstance(item.get("title"), str):
                yield f"[{index}]", item
            else:
                self.problem(f"[{index}]", "no object with a title", 'add "title": "..."')

    def done(self) -> None:
        if self.problems:
            raise ProblemsFound(self.problems)


def parse_tag_labels(text: str, *, path: str, known: Iterable[str]) -> list[TagLabel]:
    """Read labels: a JSON list of {"title", "core": [tags], "ok": [tags]}.

    known: ids of the vocabulary. Raises ProblemsFound with everything that is wrong.
    """
    reader = _Labels(path=path)
    known = set(known)
    labels = []
    for where, item in reader.items(text):
        lists: dict[str, frozenset[str]] = {}
        for key in ("core", "ok"):
            value = item.get(key, [])
            if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
                reader.problem(f"{where}.{key}", "this is no list of tags", 'write ["tag", ...]')
                continue
            for tag in value:
                if tag not in known:
                    reader.problem(f"{where}.{key}", f'there is no tag "{tag}"', "correct it")
            lists[key] = frozenset(value)
        if len(lists) == 2:
            labels.append(TagLabel(title=item["title"], **lists))
    reader.done()
    return labels


def parse_related_labels(text: str, *, path: str) -> list[RelatedLabel]:
    """Read labels: a JSON list of {"title", "grades": {title: 0, 1 or 2}}.

    Raises ProblemsFound with everything that is wrong.
    """
    reader = _Labels(path=path)
    labels = []
    for where, item in reader.items(text):
        grades = item.get("grades")
        if not isinstance(grades, dict) or not all(
            type(grade) is int and 0 <= grade <= 2 for grade in grades.values()
        ):
            hint = 'write {"Title of a paper": 2, ...} with grades 0, 1 and 2'
            reader.problem(f"{where}.grades", "no grades", hint)
        else:
            labels.append(RelatedLabel(title=item["title"], grades=grades))
    reader.done()
    return labels
