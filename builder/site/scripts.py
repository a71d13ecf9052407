"""The site's own scripts, published without their comments: a quarter fewer bytes for readers."""

from __future__ import annotations

import re
from pathlib import Path

from builder.content.files import write_texts

FOLDER = "assets/javascripts"

# Comments stand on lines of their own, and no text goes over several lines: then a line's start
# tells what it is, and nothing inside a text or a regular expression is mistaken for a comment.
_BLOCK = re.compile(r"^[ \t]*/\*.*?\*/[ \t]*\n", re.MULTILINE | re.DOTALL)
_LINE = re.compile(r"^[ \t]*//.*\n", re.MULTILINE)
_INDENT = re.compile(r"^[ \t]+|^\n", re.MULTILINE)


def publish(site: Path, sources: Path) -> None:
    """Take the comments out of the scripts of a built site that come from `sources`."""
    texts = {}
    for source in sorted(sources.rglob("*.js")):
        path = site / FOLDER / source.relative_to(sources)
        if path.is_file():
            before = path.read_text(encoding="utf-8")
            after = without_comments(before)
            if after != before:
                texts[path] = after
    write_texts(texts)


def without_comments(script: str) -> str:
    """The script without lines that are only comments, empty lines, and indentation."""
    return _INDENT.sub("", _LINE.sub("", _BLOCK.sub("", script)))
