"""Checks of a library's texts and facts: generators of problems, for whoever shows them.

What makes a library unusable is found where it is loaded; what is found here is wrong in a
paper or reading path that can still be shown.
"""

from __future__ import annotations

from builder.checks import debris, facts, formulas, summaries
from builder.library import Library
from builder.problems import Problem

CHECKS = (facts.check, formulas.check, debris.check, summaries.check)


def review(library: Library) -> list[Problem]:
    """What all checks find in a library, sorted by file and line."""
    return sorted({problem for check in CHECKS for problem in check(library)})
