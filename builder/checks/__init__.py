"""Checks of a library's texts and facts: generators of problems, for whoever shows them.

What makes a library unusable is found where it is loaded; what is found here is wrong in a
paper or reading path that can still be shown. content/check.yml silences what is right as it is.
"""

from __future__ import annotations

import datetime

from builder.checks import (
    debris,
    duplicates,
    facts,
    formulas,
    internal_links,
    plausible,
    summaries,
)
from builder.library import Library
from builder.problems import Problem

CHECKS = (
    duplicates.check,
    facts.check,
    plausible.check,
    internal_links.check,
    formulas.check,
    debris.check,
    summaries.check,
)


def review(library: Library, today: datetime.date | None = None) -> list[Problem]:
    """What all checks find in a library and nobody silenced, sorted by file and line.

    today: where it is given, dates in the future are found, and silences of nothing are told; a
    build gives none, so that the same content makes the same site on any day.
    """
    found = {problem for check in CHECKS for problem in check(library)}
    if today is not None:
        found |= set(plausible.future_dates(library, today))
    silences = library.silences.entries
    told = {problem for problem in found if not any(item.covers(problem) for item in silences)}
    if today is not None:
        for index, item in enumerate(silences):
            if not any(item.covers(problem) for problem in found):
                told.add(
                    library.silences.source.problem(
                        f"silence[{index}].path",
                        "this silences nothing",
                        "remove it: what it was for is mended, or told in other words now",
                        severity="warning",
                    )
                )
    return sorted(told)
