"""Problems found in content: what is wrong, where, and what to do about it.

A `Problem` is plain data. Checks are generators of problems; whoever runs them collects all of
them and decides once, at the end, whether to go on. How a problem is printed is decided in
`builder.reporting`.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One thing that is wrong in one place.

    path: the file, as the user would type it, with forward slashes.
    line: 1-based; 1 where the whole file is meant.
    field: the front matter key, such as "arxiv" or "tags[2]"; "" where no field is meant.
    message: what is wrong. hint: what to do.
    severity: an "error" stops a build, a "warning" does not.
    """

    path: str
    line: int
    field: str = ""
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:"
        what = f" {self.field}: {self.message}" if self.field else f" {self.message}"
        return f"{where}{what}; {self.hint}" if self.hint else f"{where}{what}"


class ProblemsFound(Exception):
    """Raised where work cannot go on; carries every problem found so far, in file order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(sorted(set(problems)))
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[ProblemsFound], tuple[tuple[Problem, ...]]]:
        # It may be raised in one process and met in another.
        return ProblemsFound, (self.problems,)


class Failed(Exception):
    """What was asked for cannot be done; the message says why, and what to do."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The known word nearest to `word` as a hint ("did you mean X?"), or "" if none is near."""
    near = difflib.get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return f'did you mean "{near[0]}"?' if near else ""
