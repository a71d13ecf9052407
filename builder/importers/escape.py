"""Plain text to Markdown that reads the same: signs that Markdown gives a meaning are escaped.

Only where they have one: `W_V`, `x * y` and `a < b` stay as they are, since people edit these
files. Python-Markdown and CommonMark agree on everything written here.
"""

from __future__ import annotations

import re

_PUNCTUATION = r"!-/:-@\[-`{-~"
# Private to this package: what `clean` puts in the place of finished Markdown. Noncharacters, so
# that no text can hold them (https://www.unicode.org/faq/private_use.html#noncharacters).
MARKS = "\ufdd0\ufdd1\ufdd2"
# "\$" is a dollar sign that opens no mathematics, in TeX as in Papershelf.
_BACKSLASH = re.compile(rf"\\(?=(?!\$)[{_PUNCTUATION}{MARKS}])")
_STAR = re.compile(r"\*(?=\S)")
_UNDERSCORES = re.compile(r"(?<!\w)_+(?=\S)")
_TAG = re.compile(r"<(?=<*(?:[A-Za-z/!?][^<>]*>|!--)|\S*@\S*>)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
# At the start of a paragraph: headings, quotations, lists, rules, fences, definitions, HTML.
_START = re.compile(
    r"(?P<sign>[#>]|[-+*](?=\s|$)|[-_*](?=[-_*\s]*$)|\[(?=[^\]]*\]:))"
    r"|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$)"
    r"|(?P<entity><(?=[A-Za-z/!?])|~(?=~~))"
)


def escape(text: str) -> str:
    """Markdown that shows `text`; paragraphs are parted by blank lines, each is one line."""
    return "\n\n".join(_paragraph(line) for line in text.split("\n\n"))


def _paragraph(text: str) -> str:
    text = _ENTITY.sub("&amp;", _BACKSLASH.sub(r"\\\\", text))
    text = text.replace("`", "\\`")
    start = _START.match(text)
    if start and start["number"]:
        head, text = f"{start['number']}\\{start['dot']}", text[start.end() :]
    elif start and start["entity"]:
        # Signs that a backslash does not make plain everywhere.
        head, text = {"<": "&lt;", "~": "&#126;"}[text[0]], text[1:]
    elif start:
        head, text = f"\\{text[0]}", text[1:]
    else:
        head = ""
    text = _STAR.sub(r"\\*", text)
    text = _UNDERSCORES.sub(lambda match: "\\_" * len(match[0]), text)
    text = _TAG.sub("&lt;", text)
    return head + text.replace("](", "]\\(")
