"""What lies in the folder of a site, so that a build knows whether somebody touched it."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from builder import walking
from builder.memory import stamp


def outputs(site: Path) -> dict[str, str]:
    """Path below the site's folder -> size and time of modification of each file."""
    return dict(walking.signs(site))


def after(
    site: Path, before: Mapping[str, str], changed: Iterable[str], kept: Sequence[str]
) -> dict[str, str]:
    """As `outputs`, after a build that changed few files.

    before: what `outputs` found before it; kept: folders in which the build changed nothing but the
    files named in `changed`, so that no other is looked at there. What is changed there by somebody
    else meanwhile is found by the next build.
    """
    inside = tuple(f"{name}/" for name in kept)
    found = {name: made for name, made in before.items() if name.startswith(inside)}
    for name in changed:
        if name.startswith(inside):
            try:
                status = os.stat(f"{site}/{name}", follow_symlinks=False)  # noqa: PTH116
            except (FileNotFoundError, NotADirectoryError):
                found.pop(name, None)
            else:
                found[name] = walking.sign(status)
    return found | dict(walking.signs(site, frozenset(kept)))


def digest(found: Mapping[str, str]) -> str:
    """A digest of what `outputs` found."""
    return stamp("\0".join([f"{name}\0{found[name]}" for name in sorted(found)]))


class Looking:
    """A look at what lies in a site, which another process takes meanwhile; None: at no site."""

    def __init__(self, site: Path | None) -> None:
        self._site = site
        self._process: subprocess.Popen[bytes] | None = None
        if site is None:
            return
        command = [sys.executable, "-I", "-S", walking.__file__, str(site)]
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
