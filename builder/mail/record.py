"""Who got a digest already: a file that outlives a crash at any moment.

One JSON object a line, appended and brought to the disk before the next step is taken. The text of
a message is sent only when "sending" is on the disk, so a run that was killed leaves one of three:

- no line: the server has not got the message, for it takes none without its end; it is sent next
  time;
- "sent", "refused", "later": known, and acted upon;
- "sending" alone: nobody can know whether the server took the message or the end came first. By
  default it is sent again with the same Message-ID, by which mail servers and programs know a
  double and drop it, for what is lost is lost for good.

The file names recipients by their Message-ID alone, which tells nothing of an address to who does
not know it already.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self, get_args

from filelock import FileLock, Timeout

from builder.mail import MailFailed
from builder.problems import Problem, ProblemsFound

State = Literal["sending", "sent", "refused", "later"]


@dataclass(frozen=True, kw_only=True)
class Step:
    """What happened last to a message. reply: the server's, where there was one."""

    state: State
    reply: str = ""


class Record:
    """The record in a file, held against a second sender while it is open.

    Raises MailFailed when another process holds it, ProblemsFound when a line of it is broken.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._steps: dict[str, Step] = {}
        self._file: IO[bytes] | None = None
        self._lock = FileLock(path.with_name(path.name + ".lock"))

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise MailFailed(
                f"{self._path}: another send of this digest is under way; wait for its end"
            ) from None
        try:
            self._open()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file:
            self._file.close()
        self._lock.release()

    def of(self, message_id: str) -> Step | None:
        """What happened last to a message; None if nothing did."""
        return self._steps.get(message_id)

    def add(self, message_id: str, state: State, reply: str = "") -> None:
        """Write down what happens to a message; it is on the disk when this returns."""
        line = {"message": message_id, "state": state} | ({"reply": reply} if reply else {})
        self._append(json.dumps(line, ensure_ascii=False))
        self._steps[message_id] = Step(state=state, reply=reply)

    def _open(self) -> None:
        data = self._path.read_bytes() if self._path.exists() else b""
        self._steps = dict(_read(data, self._path.as_posix()))
        self._file = self._path.open("ab", buffering=0)
        if data and not data.endswith(b"\n"):
            # A line that a crash cut off: the one before it tells what is known.
            self._file.truncate(data.rfind(b"\n") + 1)
        _sync_folder(self._path.parent)

    def _append(self, line: str) -> None:
        assert self._file is not None
        self._file.write(line.encode() + b"\n")
        os.fsync(self._file.fileno())


def _read(data: bytes, shown: str) -> Iterator[tuple[str, Step]]:
    whole = data[: data.rfind(b"\n") + 1]
    for number, line in enumerate(whole.decode(errors="replace").splitlines(), start=1):
        try:
            raw = json.loads(line)
            step = Step(state=raw["state"], reply=raw.get("reply", ""))
            if step.state not in get_args(State):
                raise ValueError
            yield raw["message"], step
        except (ValueError, KeyError, TypeError, AttributeError):
            hint = "restore the file from a copy: without it, people get the same mail twice"
            message = "this is no line of a record of sent mail"
            raise ProblemsFound(
                [Problem(path=shown, line=number, message=message, hint=hint)]
            ) from None


def _sync_folder(folder: Path) -> None:
    """Bring a new file's name to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    except OSError:
        pass
    finally:
        os.close(handle)
