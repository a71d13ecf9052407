"""Strict YAML: typed getters over a mapping that know the line of everything.

A value of the wrong type is a problem, never coerced: YAML reads an unquoted `2310.01230` as a
number that has lost its last zero, and `no` as a boolean.
"""

from __future__ import annotations

import datetime
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

import yaml

from builder.content.yaml_errors import explain
from builder.problems import Problem, ProblemsFound, did_you_mean

T = TypeVar("T")

# libyaml's parser where PyYAML was built with it: ten times as fast as the one in Python.
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STR = "tag:yaml.org,2002:str"
_KINDS = {
    _STR: "text",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:bool": "a yes-or-no value",
    "tag:yaml.org,2002:null": "empty",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:seq": "a list",
    "tag:yaml.org,2002:map": "a mapping",
}
# Deeper than any content file, and less than what overflows the parser's stack. Only a text that
# could be that deep (many brackets, long indents, "- - - -") is walked to see whether it is.
_MAX_DEPTH = 20
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
# Where a value may begin with a sign of YAML's, outside of quotes or not: then it is looked closer.
_UNUSUAL = re.compile(r"(?:^|[\s\[{,])[&*!][^\s]", re.MULTILINE)
# People write a space behind the sign of a comment.
_NO_COMMENT = re.compile(r"[ \t]+(#[^\s#].*)")
_LONG_INDENT = re.compile(r"^ {20}|^[ ?-]*(?:[?-] +){5}", re.MULTILINE)


def _unusual(event: yaml.Event) -> tuple[str, str] | None:
    """What is wrong with an event that uses more of YAML than these files do; None where it does
    not. An anchor makes one value stand for many, a tag makes it another type: neither can be told
    from the file as people see it."""
    hint = "put the whole value in quotes"
    if getattr(event, "anchor", None) and not isinstance(event, yaml.AliasEvent):
        return f'a value starts with "&{event.anchor}", an anchor of YAML', hint
    if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent) and event.tag:
        name = event.tag.replace("tag:yaml.org,2002:", "!!")
        return f'a value starts with "{name}", a tag of YAML', hint
    return None


def kind_of(node: yaml.Node) -> str:
    """What a YAML node holds, in a contributor's words."""
    return _KINDS.get(node.tag, "something else")


def load_mapping(text: str, *, path: str, first_line: int = 1) -> Fields:
    """Parse `text` as one YAML mapping whose first line is line `first_line` of file `path`.

    Raises ProblemsFound when it is no valid YAML, no mapping, or nested too deep.
    """

    def fail(line: int, message: str, hint: str) -> ProblemsFound:
        return ProblemsFound(
            [Problem(path=path, line=first_line + line, message=message, hint=hint)]
        )

    try:
        if text.count("[") + text.count("{") > _MAX_DEPTH or _LONG_INDENT.search(text):
            depth = 0
            for event in yaml.parse(text, Loader=_Loader):
                if isinstance(event, yaml.CollectionStartEvent):
                    depth += 1
                    if depth > _MAX_DEPTH:
                        line = event.start_mark.line
                        raise fail(line, "nested too deep", "use the documented keys")
                elif isinstance(event, yaml.CollectionEndEvent):
                    depth -= 1
        if _UNUSUAL.search(text):
            for event in yaml.parse(text, Loader=_Loader):
                unusual = _unusual(event)
                if unusual:
                    raise fail(event.start_mark.line, *unusual)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        line, message, hint = explain(error, text)
        raise fail(line, f"invalid YAML: {message}", hint) from None
    if node is None:
        node = yaml.MappingNode("tag:yaml.org,2002:map", [], yaml.Mark("", 0, 0, 0, None, None))
    if not isinstance(node, yaml.MappingNode):
        raise fail(
            node.start_mark.line,
            f"this is {kind_of(node)} where keys and values are expected",
            'write lines such as "title: ..."',
        )
    return Fields(node, path=path, first_line=first_line, text=text.split("\n"))


class Fields:
    """The keys and values of one YAML mapping, read by typed getters.

    A getter returns None (or an empty tuple) for an absent key, and for a wrong value too, after
    noting a problem: whoever reads a file takes `problems` at the end and judges the whole.
    """

    def __init__(
        self,
        node: yaml.MappingNode,
        *,
        path: str,
        first_line: int,
        prefix: str = "",
        outer: Fields | None = None,
        text: Sequence[str] = (),
    ) -> None:
        self.path = path
        # The lines that the nodes were read from.
        self._text_lines: Sequence[str] = outer._text_lines if outer else text
        # A mapping within another notes its problems and lines with those of the whole file.
        self.problems: list[Problem] = outer.problems if outer else []
        self.lines: dict[str, int] = outer.lines if outer else {}
        self._first_line = first_line
        self._prefix = prefix
        self._start = node.start_mark.line
        self._values: dict[str, yaml.Node] = {}
        for key_node, value_node in node.value:
            line = first_line + key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode):
                self._add(line, "", "a key must be plain text", "remove the brackets")
                continue
            key = key_node.value
            if key in self._values:
                first = self.lines[prefix + key]
                self._add(
                    line, key, f"the key stands here a second time (first in line {first})",
                    "keep one of the two",
                )  # fmt: skip
                continue
            self._values[key] = value_node
            # The same few names in thousands of papers are one string each.
            self.lines[sys.intern(prefix + key)] = line

    # ---------------------------------------------------------------- problems

    def _add(self, line: int, key: str, message: str, hint: str) -> None:
        field = self._prefix + key if key else self._prefix.rstrip(".")
        self.problems.append(
            Problem(path=self.path, line=line, field=field, message=message, hint=hint)
        )

    def line(self, key: str = "") -> int:
        """The file's line where `key` stands, or where the mapping starts."""
        return self.lines.get(self._prefix + key, self._first_line + self._start)

    def problem(self, key: str, message: str, hint: str = "") -> None:
        """Note a problem with the value of `key`."""
        self._add(self.line(key), key, message, hint)

    def only(self, known: Iterable[str]) -> None:
        """Note a problem for every key that is not in `known`."""
        known = tuple(known)
        for key in self._values:
            if key not in known:
                hint = did_you_mean(key, known) or f"known keys: {', '.join(known)}"
                self.problem(key, "unknown key", hint)

    def _wrong(self, key: str, node: yaml.Node, wanted: str, hint: str, item: str = "") -> None:
        shown = f" ({_short(node.value)})" if isinstance(node, yaml.ScalarNode) else ""
        shown = shown if node.tag != "tag:yaml.org,2002:null" else ""
        self._add(
            self._first_line + node.start_mark.line,
            key + item,
            f"this is {kind_of(node)}{shown} where {wanted} is expected",
            hint,
        )

    # ---------------------------------------------------------------- getters

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def text(self, key: str, *, required: bool = False) -> str | None:
        """A text that is not empty, without space around it."""
        node = self._values.get(key)
        if node is None:
            if required:
                self.problem(key, "missing", f'add a line "{key}: ..."')
            return None
        return self._text(key, node)

    def _text(self, key: str, node: yaml.Node, item: str = "") -> str | None:
        if node.tag == "tag:yaml.org,2002:null" or (node.tag == _STR and not node.value.strip()):
            hint = "write something after the colon" if not item else "remove it or fill it in"
            self._add(self._first_line + node.start_mark.line, key + item, "empty", hint)
            return None
        if node.tag != _STR:
            value = node.value if isinstance(node, yaml.ScalarNode) else "..."
            sign = f'{key}: "{value}"' if not item else f'"{value}"'
            self._wrong(key, node, "text", f"put it in quotes: {sign}", item)
            return None
        cut = self._cut_off(node)
        if cut:
            hint = 'put the value in quotes, or write a space behind "#" where it is a comment'
            self._add(
                self._first_line + node.end_mark.line,
                key + item,
                f'the value ends before "{_short(cut)}", which YAML takes for a comment',
                hint,
            )
            return None
        return " ".join(node.value.split())

    def _cut_off(self, node: yaml.Node) -> str:
        """What stands behind a value without quotes and looks like a part of it: "#1 of all"."""
        mark = node.end_mark
        if node.style or mark.line >= len(self._text_lines):
            return ""
        match = _NO_COMMENT.match(self._text_lines[mark.line], mark.column)
        return match[1].rstrip() if match else ""

    def matching(
        self, key: str, check: Callable[[str], tuple[str, str] | None], *, required: bool = False
    ) -> str | None:
        """A text that `check` accepts; check returns None, or what is wrong and what to do."""
        value = self.text(key, required=required)
        if value is None:
            return None
        wrong = check(value)
        if wrong:
            self.problem(key, *wrong)
            return None
        return value

    def integer(self, key: str, *, least: int = 0) -> int | None:
        """A whole number of at least `least`."""
        node = self._values.get(key)
        if node is None:
            return None
        if node.tag != "tag:yaml.org,2002:int" or not re.fullmatch(r"-?[0-9]{1,9}", node.value):
            self._wrong(key, node, "a whole number", f"write it in digits: {key}: 3")
            return None
        if int(node.value) < least:
            self.problem(key, f"{node.value} is less than {least}", "correct or remove the line")
            return None
        return int(node.value)

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        node = self._values.get(key)
        if node is None:
            return False
        if node.tag != "tag:yaml.org,2002:bool" or node.value not in ("true", "false"):
            self._wrong(key, node, "true or false", f"write {key}: true, or remove the line")
            return False
        return node.value == "true"

    def date(self, key: str) -> datetime.date | None:
        """A day, written YYYY-MM-DD."""
        node = self._values.get(key)
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode) and _DAY.fullmatch(node.value):
            try:
                return datetime.date.fromisoformat(node.value)
            except ValueError:
                self.problem(key, f"there is no day {node.value}", "write a real day as YYYY-MM-DD")
                return None
        self._wrong(key, node, "a day", f"write it as YYYY-MM-DD, such as {key}: 2025-03-17")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, none empty and none twice."""
        found: list[str] = []
        for index, node in self._items(key):
            value = self._text(key, node, f"[{index}]")
            if value is None:
                continue
            if value in found:
                self._add(
                    self._first_line + node.start_mark.line,
                    f"{key}[{index}]",
                    f'"{value}" stands in the list twice',
                    "keep one of the two",
                )
                continue
            self.lines[sys.intern(f"{self._prefix}{key}[{len(found)}]")] = (
                self._first_line + node.start_mark.line
            )
            found.append(value)
        return tuple(found)

    def items(self, key: str) -> Iterator[Fields | str]:
        """The items of a list of texts and mappings, with problems noted in this mapping's list."""
        for index, node in self._items(key):
            item = f"[{index}]"
            if isinstance(node, yaml.MappingNode):
                yield Fields(
                    node,
                    path=self.path,
                    first_line=self._first_line,
                    prefix=f"{self._prefix}{key}{item}.",
                    outer=self,
                )
            else:
                value = self._text(key, node, item)
                self.lines[f"{self._prefix}{key}{item}"] = self._first_line + node.start_mark.line
                if value is not None:
                    yield value

    def mappings(self, key: str) -> Iterator[Fields]:
        """The items of a list of mappings."""
        for index, item in enumerate(self.items(key)):
            if isinstance(item, Fields):
                yield item
            else:
                self._add(
                    self.lines.get(f"{self._prefix}{key}[{index}]", self.line(key)),
                    f"{key}[{index}]",
                    f'"{_short(item)}" stands where a mapping is expected',
                    "write it as {key: value, ...}",
                )

    def _items(self, key: str) -> Iterator[tuple[int, yaml.Node]]:
        node = self._values.get(key)
        if node is None:
            return
        if not isinstance(node, yaml.SequenceNode):
            value = node.value if isinstance(node, yaml.ScalarNode) and node.value else "..."
            if key == "authors":
                value = re.sub(r",?\s+(?:and|&)\s+", ", ", value)
            self._wrong(key, node, "a list", f"put it in brackets: {key}: [{_short(value)}]")
            return
        yield from enumerate(node.value)


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
