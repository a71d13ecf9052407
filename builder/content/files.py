"""Reading and writing content files safely."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from builder.problems import Problem, ProblemsFound

MAX_BYTES = 1024 * 1024
# A tab, LF, and CR in front of LF are all that a text needs (C0 and C1 of Unicode).
_CONTROL = re.compile(r"\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# What Git writes around the two sides of a conflict; seven signs, and a name behind.
_CONFLICT = re.compile(r"^(?:(<{7})|(>{7})|\|{7})(?:[ \t][^\r\n]*)?\r?$", re.MULTILINE)
# With text above it would be a heading of Markdown.
_BETWEEN = re.compile(r"^(?:---)?[ \t]*\r?\n(?P<mark>={7})\r?$", re.MULTILINE)


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

    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise fail("the file is in UTF-16", "save the file as UTF-8")
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
        hint = "put plain text here, saved as UTF-8"
        raise fail("the file holds a NUL byte: it is binary, or in UTF-16", hint, line)
    return text


def decode_content(data: bytes, shown: str) -> str:
    """What a content file holds: text, without control characters and without marks of a conflict
    that Git left to be resolved.

    Raises ProblemsFound as `decode` does, and with everything of these.
    """
    text = decode(data, shown)
    problems = [
        Problem(path=shown, line=text.count("\n", 0, at) + 1, message=message, hint=hint)
        for at, message, hint in (*_controls(text), *_conflicts(text))
    ]
    if problems:
        raise ProblemsFound(problems)
    return text


def read_content(path: Path, shown: str) -> str:
    """A content file's text, its line endings as they are.

    Raises ProblemsFound as `read_bytes` and `decode_content` do.
    """
    return decode_content(read_bytes(path, shown), shown)


def _controls(text: str) -> Iterator[tuple[int, str, str]]:
    match = _CONTROL.search(text)
    if match and match[0] == "\r":
        hint = "save the file with the line ends of Unix (LF)"
        yield match.start(), "a line ends as on an old Macintosh (CR)", hint
    elif match:
        yield match.start(), f"the control character U+{ord(match[0]):04X}", "remove it"


def _conflicts(text: str) -> Iterator[tuple[int, str, str]]:
    """Each conflict once; a mark alone, too."""
    if "=======" not in text and "<<<<<<<" not in text and ">>>>>>>" not in text:
        return
    marks = list(_CONFLICT.finditer(text))
    open_ = False
    for match in marks:
        if match[1] or (match[2] and not open_):
            yield (
                match.start(),
                "a conflict that Git left here",
                "keep the lines that are right, and remove those that begin with <<<<<<<, =======, "
                ">>>>>>>",
            )
        open_ = bool(match[1]) or (open_ and not match[2])
    between = None if marks else _BETWEEN.search(text)
    if between:
        yield between.start("mark"), "a line of a conflict that Git left here", "remove it"


def write_texts(files: Mapping[Path, str | bytes], *, removed: Iterable[Path] = ()) -> None:
    """Write files so that a reader sees each old or new, never in part; then remove `removed`.

    All texts go to temporary files beside their targets first, which then take the names: a
    full disk or a missing permission is met before the first file changes.
    Raises OSError as open and rename do; no temporary file stays behind then.
    """
    # Thousands of pages are written so: what `Path` does for a name costs as much as the file.
    staged: dict[str, str] = {}
    folders: set[str] = set()
    try:
        for path, text in files.items():
            folder, name = os.path.split(path)
            if folder not in folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                folders.add(folder)
            temporary = os.path.join(folder, f".tmp-{os.getpid()}-{name}")  # noqa: PTH118
            staged[temporary] = os.fspath(path)
            with open(temporary, "wb") as out:  # noqa: PTH123
                out.write(text.encode() if isinstance(text, str) else text)
        for temporary, target in list(staged.items()):
            os.replace(temporary, target)  # noqa: PTH105
            del staged[temporary]
        for path in removed:
            path.unlink()
    finally:
        for left in staged:
            Path(left).unlink(missing_ok=True)


def write_text(path: Path, text: str) -> None:
    """`write_texts` for one file."""
    write_texts({path: text})
