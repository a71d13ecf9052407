"""Papers that are probably the same one."""

from __future__ import annotations

import difflib
import itertools
from collections import defaultdict
from collections.abc import Iterator

from builder.content.paper import Paper
from builder.importers.same import title_key
from builder.library import Library
from builder.problems import Problem

# Of two titles' letters, how many must be common, and with how many letters at one end alike they
# are compared at all: each with each would be fifty million pairs for 10,000 papers.
_ALIKE = 0.93
_END = 10


def check(library: Library) -> Iterator[Problem]:
    """An error for each paper with the arXiv id, DOI or title of another one, a warning for each
    whose title is nearly that of another; at the second of the two, by slug."""
    papers = list(library.papers.values())
    told: set[tuple[str, str]] = set()
    for field, key in (
        ("arxiv", lambda item: item.arxiv),
        ("doi", lambda item: item.doi and item.doi.lower()),
        ("title", lambda item: title_key(item.title)),
    ):
        first: dict[str, Paper] = {}
        for item in papers:
            value = key(item)
            other = first.setdefault(value, item) if value else item
            if other is not item:
                told.add((other.slug, item.slug))
                yield item.source.problem(
                    field,
                    f"{other.source.path} has the same",
                    "remove one of the two, or correct it",
                )
    for one, other in _candidates(papers):
        if (one.slug, other.slug) not in told and _nearly(one, other):
            yield other.source.problem(
                "title",
                f'nearly the same as "{one.title}" in {one.source.path}',
                "if they are one paper, remove one of the two files",
                severity="warning",
            )


def _candidates(papers: list[Paper]) -> Iterator[tuple[Paper, Paper]]:
    """Pairs whose titles begin or end alike, each once."""
    groups: defaultdict[tuple[str, str], list[Paper]] = defaultdict(list)
    for item in papers:
        key = title_key(item.title)
        groups["first", key[:_END]].append(item)
        groups["last", key[-_END:]].append(item)
    seen: set[tuple[str, str]] = set()
    for group in groups.values():
        for one, other in itertools.combinations(group, 2):
            if (one.slug, other.slug) not in seen:
                seen.add((one.slug, other.slug))
                yield one, other


def _nearly(one: Paper, other: Paper) -> bool:
    keys = title_key(one.title), title_key(other.title)
    # A number tells the parts of a series apart.
    if [char for char in keys[0] if char.isdigit()] != [char for char in keys[1] if char.isdigit()]:
        return False
    matcher = difflib.SequenceMatcher(None, *keys, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
