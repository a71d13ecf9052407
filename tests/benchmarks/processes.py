"""What a command costs: time, processor time and memory, of it and of all that it starts."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

_PAUSE = 0.05
# To look at the memory of large processes takes the system long, which counts as theirs: so many
# times as long as a look took nobody looks again.
_REST = 30
_LOG = ".benchmark.log"
_PROC = Path("/proc")


class CommandFailed(RuntimeError):
    """A command that was to be measured failed; the message is what it said."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """seconds: on the clock; processor: seconds of all processors; largest: the most memory that
    one process had; together: the most that all had at one time, what they share counted once,
    looked at twenty times a second, or less often where the look takes long (0 where the system
    cannot tell). Memory in bytes."""

    seconds: float
    processor: float
    largest: int
    together: int


def run(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str] | None = None
) -> Cost:
    """Run a command in a folder and measure it. Raises CommandFailed when it does not succeed."""
    with (folder / _LOG).open("wb") as log:
        start = perf_counter()
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        watch = _Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = perf_counter() - start
        # Popen would wait for a process that has been waited for.
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.end()
    if process.returncode:
        said = (folder / _LOG).read_text(encoding="utf-8", errors="replace")
        raise CommandFailed(f"{' '.join(command)}: exit code {process.returncode}\n{said[-2000:]}")
    return Cost(
        seconds=seconds,
        processor=usage.ru_utime + usage.ru_stime,
        # What the system reports at the end includes what this process had when it made the other
        # one: good only where nothing else tells. macOS counts it in bytes.
        largest=watch.largest or usage.ru_maxrss,
        together=watch.most,
    )


class Running:
    """A command that goes on until it is told to end, in a folder."""

    def __init__(self, process: subprocess.Popen[bytes], folder: Path, watch: _Watch) -> None:
        self._process = process
        self._log = folder / _LOG
        self._watch = watch

    def wait(self, words: str, begun: float, times: int = 1) -> Cost:
        """Wait until it has said some words so many times. begun: when the waiting began."""
        while (said := self._log.read_text(encoding="utf-8")).count(words) < times:
            if self._process.poll() is not None:
                raise CommandFailed(f"it ended before it said {words!r}:\n{said[-2000:]}")
            sleep(0.01)
        return Cost(
            seconds=perf_counter() - begun,
            processor=0,
            largest=self._watch.largest,
            together=self._watch.most,
        )


@contextmanager
def running(command: Sequence[str], *, folder: Path) -> Iterator[Running]:
    """A command while it runs; it is interrupted at the end."""
    with (folder / _LOG).open("wb") as log:
        process = subprocess.Popen(
            list(command), cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        watch = _Watch(process.pid)
        watch.start()
        try:
            yield Running(process, folder, watch)
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()
            watch.end()


class _Watch(threading.Thread):
    """Looks at the memory of a process and its descendants until told to end."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid = pid
        self._ended = threading.Event()
        self.largest = 0
        self.most = 0

    def run(self) -> None:
        took = 0.0
        while not self._ended.wait(max(_PAUSE, _REST * took)):
            start = perf_counter()
            tree = _tree(self._pid)
            # Of one process the system knows the most that it had so far.
            self.largest = max(self.largest, *(_memory(pid, "status", "VmHWM:") for pid in tree))
            # What is shared is divided among those who share it.
            together = sum(_memory(pid, "smaps_rollup", "Pss:") for pid in tree)
            self.most = max(self.most, together)
            took = perf_counter() - start

    def end(self) -> None:
        self._ended.set()
        self.join()


def _tree(pid: int) -> list[int]:
    found, at = [pid], 0
    while at < len(found):
        # A process may end while it is looked at.
        with contextlib.suppress(OSError):
            for path in _PROC.glob(f"{found[at]}/task/*/children"):
                found += map(int, path.read_text().split())
        at += 1
    return found


def _memory(pid: int, file: str, name: str) -> int:
    """A figure that the system tells of a process, in bytes; 0 where it does not."""
    try:
        for line in (_PROC / str(pid) / file).read_text().splitlines():
            if line.startswith(name):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
