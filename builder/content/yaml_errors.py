"""What a YAML parser's complaint means to somebody who edits a file in the browser.

libyaml and PyYAML's own parser word some complaints differently; both are understood here, so that
a problem reads the same wherever it is found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

import yaml

# https://yaml.org/spec/1.1/#c-printable, without the surrogates that no decoded text holds.
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, kw_only=True)
class Meaning:
    """words: of the parser, with its context. at: whether the mistake is where the parser met it
    or where it started what it could not finish."""

    words: re.Pattern[str]
    message: str
    hint: str
    at: Literal["problem", "start"] = "problem"


_QUOTE_IT = "put the whole value in quotes"
_MEANINGS = (
    Meaning(
        words=re.compile("quoted scalar.*unexpected end of stream"),
        message="quotes are opened here and never closed",
        hint='close them, and write a quote within quotes as \\"',
        at="start",
    ),
    Meaning(
        words=re.compile("unknown escape character|hexa?decimal"),
        message="a backslash in double quotes",
        hint="double it, or put the value in single quotes",
    ),
    Meaning(
        words=re.compile("mapping values are not allowed"),
        message="a colon and a space within a value",
        hint=_QUOTE_IT,
    ),
    Meaning(
        words=re.compile("expected ',' or '[]}]'|flow node|node content"),
        message="brackets that are not closed, or not opened",
        hint="close them, or put a value that holds a bracket in quotes",
        at="start",
    ),
    Meaning(
        words=re.compile("scanning an alias|undefined alias|scanning an anchor|duplicate anchor"),
        message='a value starts with "*" or "&"',
        hint=_QUOTE_IT,
    ),
    Meaning(
        words=re.compile("scanning a tag|parsing a tag|tag handle|scanning a directive"),
        message='a value starts with "!" or a line with "%"',
        hint=_QUOTE_IT,
    ),
    Meaning(
        words=re.compile("block scalar"),
        message='a value starts with "|" or ">"',
        hint=_QUOTE_IT,
    ),
    Meaning(
        words=re.compile("sequence entries are not allowed"),
        message="a list starts behind its key",
        hint='begin a line with each "- "',
    ),
    Meaning(
        words=re.compile("could not find expected ':'"),
        message='a line that is no "key: value"',
        hint="complete it, or indent it where it continues the line above",
        at="start",
    ),
    Meaning(
        words=re.compile("another document"),
        message='a line "---" or "..." within the file',
        hint="remove it",
    ),
    Meaning(
        words=re.compile("expected key|expected <block end>|'-' indicator|document start"),
        message="text follows a value that is complete, or the indentation changes",
        hint="put the whole value in quotes, or indent the line as those around it",
    ),
)


def explain(error: yaml.YAMLError, text: str) -> tuple[int, str, str]:
    """(line of `text` from 0, what is wrong, what to do) for what a parser raised on `text`."""
    strange = UNPRINTABLE.search(text)
    if isinstance(error, yaml.reader.ReaderError) and strange:
        line = text.count("\n", 0, strange.start())
        return line, f"the control character U+{ord(strange[0]):04X}", "remove it"
    if not isinstance(error, yaml.MarkedYAMLError):
        return 0, " ".join(str(error).split()), "save the file as plain UTF-8 text"
    words = f"{error.context or ''}: {error.problem or ''}"
    met = error.problem_mark or error.context_mark
    start = error.context_mark or error.problem_mark
    if "cannot start any token" in words and met:
        return met.line, *_strange_start(text, met)
    known = _known_slip(text, met) if met else None
    if known:
        return known
    for meaning in _MEANINGS:
        if meaning.words.search(words):
            mark = start if meaning.at == "start" else met
            return mark.line if mark else 0, meaning.message, meaning.hint
    return (
        met.line if met else 0,
        error.problem or error.context or "cannot be parsed",
        "check the quotes, colons and indentation of this line and the one above",
    )


def _known_slip(text: str, met: yaml.Mark) -> tuple[int, str, str] | None:
    """What a line shows to somebody who knows how such lines come about; None where it does not.

    A parser meets a quote that was not closed where the next one opens, lines below.
    """
    lines = text.split("\n")
    opened = _quotes_over(text, met.line)
    if opened is not None:
        message = f"quotes are opened here and closed lines below, at {_short(lines[met.line])}"
        return opened, message, 'close them, and write a quote within quotes as \\"'
    for number in (met.line, met.line - 1):
        line = lines[number] if 0 <= number < len(lines) else ""
        if match := re.match(r"\s*(?:- )?[\w-]+:([^\s/]|[^\S \t\r])", line):
            if match[1].isspace():
                message = f"a space of another kind (U+{ord(match[1]):04X}) behind the colon"
                return number, message, "write a plain space there"
            return number, "no space behind the colon", "write a space there"
    line = lines[met.line] if met.line < len(lines) else ""
    if re.search(r":[ \t]+[“”„‘’«»‟]", line):
        message = "typographic quotes, which are none to YAML, and a colon behind them"
        return met.line, message, 'write straight ones: "..."'
    if re.match(r'\s*(?:- )?[\w-]+:[ \t]+"(?:[^"\\]|\\.)*"[ \t]*[^\s#]', line):
        return met.line, "quotes within quotes", 'write those within as \\"'
    if re.search(r",\s*,", line):
        return met.line, "two commas, and nothing between them", "remove one of the two"
    if re.match(r"[ \t]+[a-z_]+:[ \t]", line) and met.line:
        message = "a key that is indented, below a value that is complete"
        return met.line, message, "remove the spaces in front of it, or put the value in quotes"
    return None


def _quotes_over(text: str, met: int) -> int | None:
    """The line at which quotes open that close in line `met`; None where none do."""
    found = None
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
            if quoted and token.start_mark.line < token.end_mark.line <= met:
                found = token if token.end_mark.line == met else None
    except yaml.YAMLError:
        pass
    return found.start_mark.line if found else None


def _short(line: str) -> str:
    line = line.strip()
    return line if len(line) <= 30 else f"{line[:29]}…"


def _strange_start(text: str, mark: yaml.Mark) -> tuple[str, str]:
    line = text.split("\n")[mark.line]
    if "\t" in line[: len(line) - len(line.lstrip())] or line[mark.column :].startswith("\t"):
        return "a tab", "indent with spaces"
    return f'a value starts with "{line[mark.column : mark.column + 1]}"', _QUOTE_IT
