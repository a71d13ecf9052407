"""Checks of a library's texts and facts: generators of problems, for whoever shows them.

What makes a library unusable is found where it is loaded; what is found here is wrong in a
paper or reading path that can still be shown. content/check.yml silences what is right as it is.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable

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
)
from builder.content.silences import Silence
from builder.library import Library
from builder.problems import Problem

CHECKS = (
    duplicates.check,
    facts.check,
    plausible.check,
    internal_links.check,
    formulas.check,
    debris.check,
    slips.check,
    summaries.check,
    strays.check,
)


def review(
    library: Library,
    today: datetime.date | None = None,
    links: Iterable[Problem] = (),
    all_links: bool = False,
) -> list[Problem]:
    """What all checks find in a library and nobody silenced, sorted by file and line.

    today: where it is given, dates in the future are found, and silences of nothing are told; a
    build gives none, so that the same content makes the same site on any day. links: what was found
    about links out; all_links: whether all were asked for, so that their silences can be judged.
    """
    found = {problem for check in CHECKS for problem in check(library)}
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


def _of_link(item: Silence) -> bool:
    return (item.field or "").startswith(("links", "arxiv", "doi")) or "http" in (item.says or "")


def _silenced(problem: Problem, silences: Iterable[Silence], check: str | None = None) -> bool:
    return any(item.check in (None, check) and item.covers(problem) for item in silences)
