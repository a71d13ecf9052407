"""What lies in the folder of a site, so that a build knows whether somebody touched it."""

from __future__ import annotations

import contextlib
import itertools
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from builder import walking

# The folders in which most files lie: pages, and what stands beside them.
DIVIDED = ("papers", "authors")
# The folders in which the search index lies, and nothing else.
INDEX = ("pagefind", "search")


def outputs(site: Path) -> dict[str, str]:
    """Part of the site, see `walking.part` -> a digest of the names, sizes and times of
    modification of its files."""
    return walking.sums_of(site, DIVIDED)


def after(
    site: Path, before: Mapping[str, str], changed: Iterable[str], kept: Sequence[str]
) -> dict[str, str]:
    """As `outputs`, after a build that changed few files.

    before: what `outputs` found before it; kept: folders in which the build changed nothing but the
    files named in `changed`, so that of no other part is looked at there. What is changed there by
    somebody else meanwhile is found by the next build.
    """
    touched = {walking.part(name, DIVIDED) for name in changed}
    inside = {name for name in before.keys() | touched if name.partition("/")[0] in kept}
    files = [walking.signs(site, frozenset(kept))]
    for top in kept:
        parts = {name for name in touched & inside if name.partition("/")[0] == top}
        if top in DIVIDED:
            files.append(walking.signs_of_parts(site, top, parts))
        elif parts:
            files.append((f"{top}/{name}", made) for name, made in walking.signs(site / top))
    found = walking.sums(itertools.chain(*files), DIVIDED)
    as_they_were = {name: before[name] for name in (inside - touched) & before.keys()}
    return dict(sorted({**as_they_were, **found}.items()))


class Looking:
    """A look at what lies in a site, which another process takes meanwhile."""

    def __init__(self) -> None:
        self._site: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    def begin(self, site: Path) -> None:
        """Look at a site; one that is looked at already is not looked at again."""
        if site == self._site:
            return
        self.close()
        self._site = site
        command = [sys.executable, "-I", "-S", walking.__file__, str(site), *DIVIDED]
        # Where there can be none, `result` looks itself.
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )

    def result(self, site: Path) -> dict[str, str]:
        """As `outputs` of `site`, which is looked at now where it is another one, or the process
        came to nothing."""
        told, process = b"", self._process
        if process and site == self._site:
            told = process.communicate()[0]
        if not told or not process or process.returncode:
            return outputs(site)
        parts = os.fsdecode(told).split("\0")
        return dict(zip(parts[:-1:2], parts[1::2], strict=True))

    def close(self) -> None:
        """End the look, whether it came to its end or not."""
        if self._process:
            with self._process as process:
                process.kill()
        self._site = self._process = None
