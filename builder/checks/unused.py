"""Tags that nothing has."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence

from builder.content.paper import Paper
from builder.content.vocabulary import Tag, normal_phrase
from builder.library import Library
from builder.memory import Memory, packed, unpacked
from builder.problems import Problem

# What is kept between builds.
(_FOUND,) = KINDS = ("tags found",)


def check(library: Library, memory: Memory | None = None) -> Iterator[Problem]:
    """A warning for each tag that no curator gave, and of which no phrase stands in any paper that
    waits for its tags.

    memory: of a tag that was found, the paper in which it was is looked at first; of one that was
    not, only papers that are others now.
    """
    memory = memory or Memory()
    used = {tag for paper in library.papers.values() for tag in paper.tags or ()}
    waiting = {slug: paper for slug, paper in library.papers.items() if paper.tags is None}
    last: tuple[dict[str, str], dict[str, tuple[str, ...]], dict[str, str]]
    last = unpacked(memory.one(_FOUND, "")[1]) or ({}, {}, {})
    places, missing, seen = last
    stamps = {slug: library.paper_digests[slug] for slug in waiting}
    new = [slug for slug, stamp in stamps.items() if not stamp or seen.get(slug) != stamp]
    every, others = _Texts(waiting, list(waiting)), _Texts(waiting, new)
    found: dict[str, str] = {}
    unfound: dict[str, tuple[str, ...]] = {}
    for index, tag in enumerate(library.vocabulary.tags.values()):
        if tag.id in used:
            continue
        phrases = _phrases(tag)
        texts = others if missing.get(tag.id) == phrases else every
        first = _Texts(waiting, [slug for slug in [places.get(tag.id, "")] if slug in waiting])
        where = first.find(phrases) or texts.find(phrases)
        if where:
            found[tag.id] = where
            continue
        unfound[tag.id] = phrases
        yield library.vocabulary.source.problem(
            f"tags[{index}].id",
            f'no paper has the tag "{tag.id}"',
            "give it to a paper, or remove it",
            severity="warning",
        )
    now = found, unfound, stamps if unfound else {}
    if now != last:
        memory.remember(_FOUND, {"": ("", packed(now))})


def _phrases(tag: Tag) -> tuple[str, ...]:
    return tuple(f" {normal_phrase(phrase)} " for phrase in (tag.name, *tag.phrases))


class _Texts:
    """The texts of some papers in a row, made when something is first looked for: looking through
    one long text is much faster than through thousands."""

    def __init__(self, papers: Mapping[str, Paper], slugs: Sequence[str]) -> None:
        self._papers = papers
        self._slugs = slugs
        self._text = ""
        self._ends: list[int] = []

    def find(self, phrases: Iterable[str]) -> str:
        """The slug of a paper in which one of these phrases stands; "" where there is none."""
        if self._slugs and not self._text:
            texts = [self._normal(self._papers[slug]) for slug in self._slugs]
            self._text = "".join(texts)
            self._ends = list(itertools.accumulate(map(len, texts)))
        for phrase in phrases:
            if (place := self._text.find(phrase)) >= 0:
                return self._slugs[bisect.bisect_right(self._ends, place)]
        return ""

    def _normal(self, paper: Paper) -> str:
        # The line's end stands in no phrase: none reaches from one paper into the next.
        return f" {normal_phrase(f'{paper.title} {paper.abstract}')} \n"
