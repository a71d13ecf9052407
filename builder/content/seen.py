"""Which files are as they were at the last look, told by one `stat` each instead of a read.

Git knows the state of a work tree in the same way, and by the same reasoning
(https://git-scm.com/docs/racy-git). A file counts as unchanged if its size, its number and both its
times are what they were. Programs can set the time of the last modification back, and some do
(tar, rsync, `cp -p`); the time of the last change of a file's state (ctime) is set by the system
alone, with every write and with every such setting back, so that it cannot be made to hide an edit.

One edit could still hide: clocks of file systems go in steps, and a write in the same step as the
write before it leaves the same times, though the file was read in between. So a file whose times
are not safely older than the look is not taken on trust: the next look reads it again. "Older" is
measured by the file system's own clock, that of a file made for it, for a server's may go wrong.
Where that clock is another one than the files' (another device) or times of change are not kept
(FAT, Windows), every file is read each time: slower, and right.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from builder.memory import Memory, packed, unpacked

KIND = "seen"
# The coarsest step of a file system's clock is that of FAT, two seconds.
STEP = 2_000_000_000

_Sign = tuple[int, int, int, int, int]


class Seen:
    """The digests of the files below a folder, as far as the last look can be trusted.

    root: the folder; memory: where looks are kept, those of each `purpose` by themselves. Make it
    before the first file is looked at.
    """

    def __init__(self, root: Path, memory: Memory, purpose: str = "") -> None:
        self._memory = memory
        self._key = f"{purpose}{root.resolve()}"
        # Taken before any file is looked at: what is written later is not older.
        self._clock = _clock(memory.folder) if memory.folder else None
        self._last: dict[str, tuple[_Sign, str]] = {}
        self._now: dict[str, tuple[_Sign, str]] = {}
        if self._clock:
            _, value = memory.recall(KIND).get(self._key, ("", b""))
            self._last = unpacked(value) or {}

    def digest(self, name: str, status: os.stat_result) -> str | None:
        """The digest of a file that is as it was; None for one that must be read.

        name: the path below the folder; status: of the file now, of a symbolic link itself.
        """
        known = self._last.get(name)
        if known is None or known[0] != _sign(status):
            return None
        self._now[name] = known
        return known[1]

    def note(self, name: str, status: os.stat_result, digest: str) -> None:
        """Know a file that was read. status: taken before it was read."""
        if self._clock is None:
            return
        device, time = self._clock
        newest = max(status.st_mtime_ns, status.st_ctime_ns)
        if status.st_dev == device and newest < time - STEP:
            self._now[name] = _sign(status), digest

    def remember(self) -> None:
        """Keep what was looked at for the next time, and nothing of files that are gone."""
        if self._clock and self._now != self._last:
            self._memory.remember(KIND, {self._key: ("", packed(self._now))})


def _sign(status: os.stat_result) -> _Sign:
    return (
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
        status.st_ino,
        status.st_dev,
    )


def _clock(folder: Path) -> tuple[int, int] | None:
    """(device, time in nanoseconds) of the file system of a folder, by its own clock; None where
    it does not keep the times of changes, or nothing can be written."""
    if os.name == "nt":
        # What is called ctime there is the time of creation.
        return None
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            os.utime(file.fileno(), ns=(0, 0))
            status = os.fstat(file.fileno())
    except OSError:
        return None
    # On FAT a file has one time for both, which was set back just now.
    kept = status.st_ctime_ns != status.st_mtime_ns
    return (status.st_dev, status.st_ctime_ns) if kept else None
