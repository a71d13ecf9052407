"""Formulas that cannot be set."""

from __future__ import annotations

from collections.abc import Iterator

from builder.checks.texts import CODE, texts
from builder.library import Library
from builder.mathematics.tex import MATH, MathError, mathml
from builder.problems import Problem

_LENGTH = 60


def check(library: Library) -> Iterator[Problem]:
    """An error for each formula that does not parse (pages show it as code), in any text; a
    warning for each that is kept as code, as imports do with such a formula."""
    for text in texts(library):
        if "$" not in text.text:
            continue
        for match in MATH.finditer(text.without_code()):
            try:
                mathml(match["display"] or match["inline"])
            except MathError as error:
                yield text.problem(
                    match.start(),
                    f"this formula does not parse: {_shown(match[0])} ({error})",
                    r"use standard TeX commands; a dollar sign that is none of a formula's is \$",
                    "error",
                )
        for match in CODE.finditer(text.text) if text.markdown else ():
            if match["code"] and MATH.fullmatch(match["code"].strip()):
                yield text.problem(
                    match.start(),
                    f"this formula is kept as code: {_shown(match['code'].strip())}",
                    "write it in standard TeX commands, without the backticks",
                    "warning",
                )


def _shown(formula: str) -> str:
    formula = " ".join(formula.split())
    return formula if len(formula) <= _LENGTH else f"{formula[: _LENGTH - 2].rstrip()}…$"
