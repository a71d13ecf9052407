"""Front matter: the YAML between two lines of three dashes at the head of a file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from builder.problems import Problem, ProblemsFound

_FENCE = "---"
# What may be written, or made by an editor, in its place.
_NEARLY = re.compile("-{2,8}|[—–―]+-?")


@dataclass(frozen=True, kw_only=True)
class Parts:
    """A file's front matter and body. Lines are 1-based lines of the file."""

    header: str
    header_line: int
    body: str
    body_line: int


def split(text: str, *, path: str) -> Parts:
    """Split a file's text into front matter and body.

    Raises ProblemsFound when the file does not start with `---` or the second `---` is missing.
    """

    def fail(line: int, message: str, hint: str) -> ProblemsFound:
        return ProblemsFound([Problem(path=path, line=line, message=message, hint=hint)])

    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != _FENCE:
        first = next((index for index, line in enumerate(lines) if line.strip()), 0)
        if first and lines[first].rstrip() == _FENCE:
            raise fail(1, "a blank line above the front matter", 'let the file begin with "---"')
        raise fail(1, "no front matter", 'start the file with a line "---" and "title: ..."')
    for index, line in enumerate(lines[1:], start=1):
        if line.rstrip() == _FENCE:
            rest = lines[index + 1 :]
            if index == 1 and any(line.rstrip() == _FENCE for line in rest):
                raise fail(2, 'a second line "---"', "remove it: the front matter begins below one")
            after = next((at for at, line in enumerate(rest) if line.strip()), None)
            if after is not None and rest[after].rstrip() == _FENCE:
                line_number = index + after + 2
                raise fail(
                    line_number, 'another line "---"', "remove it: one ends the front matter"
                )
            return Parts(
                header="".join(lines[1:index]),
                header_line=2,
                body="".join(rest),
                body_line=index + 2,
            )
    for index, line in enumerate(lines[1:], start=1):
        if _NEARLY.fullmatch(line.strip()):
            hint = 'write exactly "---", with nothing in front of it'
            raise fail(index + 1, "this does not close the front matter", hint)
    raise fail(1, "the front matter is not closed", 'add a line "---" above the abstract')


def text_line(body: str, body_line: int, start: int = 0) -> int:
    """The line of the first sign of `body` at or behind `start` that is no space.

    body_line: the line at which `body` begins.
    """
    rest = body[start:]
    before = start + len(rest) - len(rest.lstrip())
    return body_line + body.count("\n", 0, before)


def set_fields(text: str, fields: dict[str, str], *, order: tuple[str, ...]) -> str:
    """The file's text with front matter `fields` set, and every other byte as it was.

    fields: key -> its whole YAML, such as 'venue: ICLR 2025' or a block of several lines.
    order: the canonical order of keys; a new key goes behind the last present key that
    precedes it there. A key that is present is replaced with its continuation lines.
    """
    newline = "\r\n" if text.split("\n", 1)[0].endswith("\r") else "\n"
    lines = text.splitlines(keepends=True)
    end = next(i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == _FENCE)
    header, rest = lines[1:end], lines[end:]
    for key, yaml_text in fields.items():
        new = [line + newline for line in yaml_text.split("\n")]
        spans = _spans(header)
        if key in spans:
            start, stop = spans[key]
            header[start:stop] = new
            continue
        before = order[: order.index(key)]
        at = max((stop for name, (_, stop) in spans.items() if name in before), default=0)
        header[at:at] = new
    return "".join([lines[0], *header, *rest])


def _spans(header: list[str]) -> dict[str, tuple[int, int]]:
    """For each top-level key, the lines from its own to the end of its value.

    A comment or blank line between two keys belongs to neither.
    """
    spans: dict[str, tuple[int, int]] = {}
    key = None
    for index, line in enumerate(header):
        match = re.match(r"""["']?([A-Za-z_][\w-]*)["']?\s*:(?:\s|$)""", line)
        if match:
            key = match[1]
            spans[key] = (index, index + 1)
        elif key and line.strip() and not line.startswith("#"):
            spans[key] = (spans[key][0], index + 1)
    return spans
