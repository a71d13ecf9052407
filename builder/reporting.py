"""How problems are printed: for a person, for GitHub's annotations, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from builder.problems import Problem

FORMATS = ("text", "github", "json")


def render(problems: Iterable[Problem], form: str) -> str:
    """The problems in one of FORMATS, one a line ("json": one array). "" for no problem."""
    problems = list(problems)
    if form == "json":
        return json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=2)
    line = _github if form == "github" else _text
    return "\n".join(line(problem) for problem in problems)


def _text(problem: Problem) -> str:
    text = visible(str(problem))
    return text if problem.severity == "error" else f"{text} [warning]"


def _github(problem: Problem) -> str:
    """A workflow command: GitHub shows it at its line in the diff of a pull request."""
    message = problem.message + (f"; {problem.hint}" if problem.hint else "")
    if problem.field:
        message = f"{problem.field}: {message}"
    path = _escape(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{problem.severity} file={path},line={problem.line}::{_escape(message)}"


def _escape(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def visible(text: str) -> str:
    """Control characters spelt out: a file's text must not steer the terminal it is shown in."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)


def summary(problems: Iterable[Problem]) -> str:
    """How many problems there are, in words: "2 errors, 1 warning"."""
    kinds = [problem.severity for problem in problems]
    parts = []
    for kind in ("error", "warning"):
        count = kinds.count(kind)
        if count:
            parts.append(f"{count} {kind}{'s' if count > 1 else ''}")
    return ", ".join(parts) or "no problem"
