"""Checks of a library's texts and facts: generators of problems, for whoever shows them.

What makes a library unusable is found where it is loaded; what is found here is wrong in a
paper or reading path that can still be shown. content/check.yml silences what is right as it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from types import MappingProxyType

from builder import parallel, remembered
from builder.checks import (
    debris,
    duplicates,
    facts,
    formulas,
    internal_links,
    plausible,
    slips,
    strays,
    summaries,
    unused,
)
from builder.content.silences import Silence
from builder.library import Library, shown_name
from builder.memory import Memory, Notes
from builder.problems import Problem

# What these find in a file no other file has a part in.
OF_FILES = (
    facts.double_links,
    plausible.check,
    formulas.check,
    debris.check,
    slips.check,
    summaries.check,
)
OF_ALL = (
    facts.namesakes,
    internal_links.check,
    strays.check,
)
_KIND = "checked"
# So many papers are looked at faster by this process than they are divided among several.
_FEW = 1000


def review(
    library: Library,
    today: datetime.date | None = None,
    links: Iterable[Problem] = (),
    all_links: bool = False,
    memory: Memory | None = None,
) -> list[Problem]:
    """What all checks find in a library and nobody silenced, sorted by file and line.

    today: where it is given, dates in the future are found, and silences of nothing are told; a
    build gives none, so that the same content makes the same site on any day. links: what was found
    about links out; all_links: whether all were asked for, so that their silences can be judged.
    memory: what earlier runs found; the problems are the same with and without.
    """
    memory = memory or Memory()
    found = {problem for check in OF_ALL for problem in check(library)}
    found.update(duplicates.check(library, memory), facts.spellings(library, memory))
    found.update(unused.check(library, memory))
    found |= _of_files(library, memory)
    if today is not None:
        found |= set(plausible.future_dates(library, today))
    of_links = frozenset(links)
    silences = library.silences.entries
    told = {problem for problem in found if not _silenced(problem, silences)}
    told |= {problem for problem in of_links if not _silenced(problem, silences, "links")}
    if today is not None:
        for index, item in enumerate(silences):
            judged = of_links if item.check else found | of_links
            if (item.check and not all_links) or any(item.covers(problem) for problem in judged):
                continue
            hint = "remove it: what it was for is mended, or told in other words now"
            if not all_links and _of_link(item):
                hint = 'remove it, or add "check: links" where it is for what --links tells'
            told.add(
                library.silences.source.problem(
                    f"silence[{index}].path", "this silences nothing", hint, severity="warning"
                )
            )
    return sorted(told)


@contextmanager
def reviewing(
    library: Library,
    memory: Memory,
    first: Callable[[Memory], None] | None = None,
    kinds: Sequence[str] = (),
) -> Iterator[tuple[Callable[[], None], Callable[[], list[Problem]]]]:
    """`review` for a build, which does much before it needs to know: gives what waits for `first`,
    and then what tells the problems.

    Of a large library a process of its own finds them. first: other work that needs the library
    alone, which this process does before, for what it remembers; it recalls some kinds of things.
    """
    if len(library.papers) <= _FEW:
        yield lambda: None, partial(review, library, memory=memory)
        return

    lent = memory.lent((_KIND, *duplicates.KINDS, *facts.KINDS, *unused.KINDS))
    borrowed = memory.lent(kinds)

    def work() -> Notes:
        if first:
            first(borrowed)
        return borrowed.noted()

    def look() -> tuple[list[Problem], Notes]:
        return review(library, memory=lent), lent.noted()

    with parallel.aside_in_turn(work, look) as (worked, looked):

        def told() -> list[Problem]:
            problems, notes = looked()
            memory.take(notes)
            return problems

        yield lambda: memory.take(worked()), told


def _of_files(library: Library, memory: Memory) -> set[Problem]:
    """What is found in each file by itself; a paper that is as it was is not looked at again."""
    others = replace(library, papers=MappingProxyType({}))
    found = {problem for check in OF_FILES for problem in check(others)}
    # A problem names the file from the working directory.
    shown = shown_name(library.root)

    def stamp(slug: str) -> str:
        digest = library.paper_digests[slug]
        return f"{digest} {shown}" if digest else ""

    def look(slugs: Sequence[str]) -> list[tuple[Problem, ...]]:
        papers = {slug: library.papers[slug] for slug in slugs}
        told: dict[str, list[Problem]] = {paper.source.path: [] for paper in papers.values()}
        some = replace(
            library,
            papers=MappingProxyType(papers),
            editions=MappingProxyType({}),
            collections=MappingProxyType({}),
        )
        for check in OF_FILES:
            for problem in check(some):
                told[problem.path].append(problem)
        return [tuple(told[paper.source.path]) for paper in papers.values()]

    stamps = {slug: stamp(slug) for slug in library.papers}
    told = remembered.each(memory, _KIND, stamps, partial(parallel.spread, look, few=_FEW))
    return found.union(*told.values())


def _of_link(item: Silence) -> bool:
    return (item.field or "").startswith(("links", "arxiv", "doi")) or "http" in (item.says or "")


def _silenced(problem: Problem, silences: Iterable[Silence], check: str | None = None) -> bool:
    return any(item.check in (None, check) and item.covers(problem) for item in silences)
