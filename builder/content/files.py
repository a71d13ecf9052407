"""Reading and writing content files safely."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Mapping
from pathlib import Path

from builder.problems import Problem, ProblemsFound

MAX_BYTES = 1024 * 1024


def read_text(path: Path, shown: str | None = None, *, limit: int = MAX_BYTES) -> str:
    """The file's text, its line endings as they are.

    `shown` is the path to name in problems (default: `path` itself); limit: in bytes, whole MiB.
    Raises ProblemsFound if it is no regular file, larger than the limit, not UTF-8, or binary.
    """
    shown = shown or path.as_posix()
    return decode(read_bytes(path, shown, limit=limit), shown)


def read_bytes(path: Path, shown: str, *, limit: int = MAX_BYTES) -> bytes:
    """What a file holds.

    Raises ProblemsFound if it is no regular file, or larger than the limit.
    """

    def fail(message: str, hint: str) -> ProblemsFound:
        return ProblemsFound([Problem(path=shown, line=1, message=message, hint=hint)])

    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode):
            kind = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "not a regular file"
            raise fail(f"this is {kind}", "put a plain text file here")
        if status.st_size > limit:
            raise fail(
                f"the file has {status.st_size:,} bytes, more than {limit >> 20} MiB",
                "shorten or split it",
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise fail(f"cannot be read: {reason}", "check the path and its permissions") from None


def decode(data: bytes, shown: str) -> str:
    """What a file holds as text.

    Raises ProblemsFound if it is not UTF-8, or binary.
    """

    def fail(message: str, hint: str, line: int = 1) -> ProblemsFound:
        return ProblemsFound([Problem(path=shown, line=line, message=message, hint=hint)])

    if data.startswith(b"\xef\xbb\xbf"):
        raise fail("the file starts with a byte order mark", 'save it as "UTF-8 without BOM"')
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise fail(
            f"byte 0x{data[error.start]:02x} is not valid UTF-8", "save the file as UTF-8", line
        ) from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise fail("the file holds a NUL byte: it is binary", "put plain text here", line)
    return text


def write_texts(files: Mapping[Path, str | bytes], *, removed: Iterable[Path] = ()) -> None:
    """Write files so that a reader sees each old or new, never in part; then remove `removed`.

    All texts go to temporary files beside their targets first, which then take the names: a
    full disk or a missing permission is met before the first file changes.
    Raises OSError as open and rename do; no temporary file stays behind then.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".tmp-{os.getpid()}-{path.name}")
            staged.append((temporary, path))
            temporary.write_bytes(text.encode() if isinstance(text, str) else text)
        for temporary, path in staged:
            temporary.replace(path)
        for path in removed:
            path.unlink()
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """`write_texts` for one file."""
    write_texts({path: text})
