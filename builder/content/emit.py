"""Writing YAML the way Papershelf's files are written: one canonical form of each value."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Mapping

import yaml

from builder.content.yaml_errors import UNPRINTABLE

# What may stand unquoted in a block or flow context: starts with a letter or digit, holds no
# character that YAML gives a meaning.
_PLAIN = re.compile(r"[^\W_][\w .()&/+'’–%^-]*", re.UNICODE)
_NOT_IN_YAML = re.compile(rf"{UNPRINTABLE.pattern}|[\x85\u2028\u2029\ufeff]")
_RESOLVE = yaml.SafeLoader("").resolve
WIDTH = 100


def quoted(text: str) -> str:
    """The text in double quotes. JSON's strings are YAML's, and keep Unicode readable, but for the
    few signs that JSON takes as they are and YAML does not, or takes for the end of a line."""
    made = json.dumps(text, ensure_ascii=False)
    return _NOT_IN_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", made)


def scalar(value: str | int | bool | datetime.date) -> str:
    """The value as YAML reads it back with the same type: plain where that is safe."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | datetime.date):
        return str(value)
    plain = (
        _PLAIN.fullmatch(value)
        and not value.endswith(" ")
        and _RESOLVE(yaml.ScalarNode, value, (True, False)) == "tag:yaml.org,2002:str"
    )
    return value if plain else quoted(value)


def flow_map(pairs: Mapping[str, str | int]) -> str:
    """{key: value, ...} in one line; URLs are quoted."""
    inner = ", ".join(f"{key}: {scalar(value)}" for key, value in pairs.items())
    return "{" + inner + "}"


def text_list(key: str, values: Iterable[str]) -> str:
    """`key: [a, b]` in one line where it fits in 100 columns, one line an item where not."""
    items = [scalar(value) for value in values]
    line = f"{key}: [{', '.join(items)}]"
    if len(line) <= WIDTH:
        return line
    return "\n".join([f"{key}:", *(f"  - {item}" for item in items)])
