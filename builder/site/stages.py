"""Who is told what a build is doing."""

from __future__ import annotations

from typing import Protocol


class Stage(Protocol):
    """Is told what a build is doing: the name of the step, and how much of how much is done."""

    def __call__(self, name: str, done: int = 0, of: int = 0) -> None: ...


def silent(name: str, done: int = 0, of: int = 0) -> None:
    """A Stage that tells nobody."""
