"""How far a build has come, for a person at a terminal; nothing for a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from builder.site.stages import Stage, silent

if TYPE_CHECKING:
    from rich.console import Console

# Where each step begins, in hundredths of a whole build of 10,000 papers
# (tests/benchmarks measures them); the search index is the last step.
STEPS = {
    "Looking for changes": 0,
    "Reading content": 1,
    "Tags and links": 12,
    "Writing pages": 25,
    "Rendering the site": 50,
    "Indexing for search": 75,
}


def position(name: str, done: int = 0, of: int = 0) -> float:
    """How many hundredths of a whole build lie behind, at a part of a step."""
    begins = STEPS.get(name, 0)
    ends = min((at for at in STEPS.values() if at > begins), default=100)
    return begins + (ends - begins) * (done / of if of else 0)


@contextmanager
def progress(console: Console | None = None) -> Iterator[Stage]:
    """A bar with the step and the time left, while it is open, if a person looks on: at standard
    error, or else at another console."""
    if not (console.is_terminal if console else sys.stderr.isatty()):
        yield silent
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.fields[count]}"),
        TimeRemainingColumn(),
    )
    shown = console or Console(stderr=True)
    with Progress(*columns, console=shown, transient=True) as bar:
        task = bar.add_task("", total=100, count="")

        def stage(name: str, done: int = 0, of: int = 0) -> None:
            count = f"{done:,} of {of:,}" if of else ""
            bar.update(task, description=name, completed=position(name, done, of), count=count)

        yield stage
