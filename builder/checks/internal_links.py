"""Links within the site that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from builder.checks.texts import texts
from builder.library import Library
from builder.problems import Problem, did_you_mean

# [text](target "title"), and [name]: target on a line of its own.
_LINK = re.compile(
    r"(?<!!)\[[^\]\n]*\]\(\s*<?(?P<inline>[^)\s>]+)>?[^)\n]*\)"
    r"|^[ ]{0,3}\[[^\]\n]+\]:\s*<?(?P<reference>\S+?)>?(?:\s|$)",
    re.MULTILINE,
)


def check(library: Library) -> Iterator[Problem]:
    """An error for each link in abstracts, notes and introductions to a paper, listing, reading
    path or topic of this site that is not there. Links of hand-written pages are MkDocs' to check.
    """
    known = {
        "papers": library.papers.keys() | library.removed.tombstones.keys(),
        "editions": library.editions.keys(),
        "collections": library.collections.keys(),
        "tags": library.vocabulary.tags.keys(),
    }
    moved = {item.old for item in library.redirects.entries}
    for text in texts(library):
        if not text.markdown or ("](" not in text.text and "]:" not in text.text):
            continue
        folder = "collections" if text.of_collection else "papers"
        # A page's address ends in a slash: "../x/" leads to its neighbor.
        page = f"/{folder}/{posixpath.basename(text.source.path).removesuffix('.md')}/"
        for match in _LINK.finditer(text.without_code()):
            target = match["inline"] or match["reference"]
            path = _path(target, page)
            kind, _, name = path.strip("/").partition("/")
            name = name.removesuffix(".md").strip("/")
            if kind not in known or not name or "/" in name or f"/{kind}/{name}/" in moved:
                continue
            if name not in known[kind]:
                hint = did_you_mean(name, known[kind]) or "correct it, or remove the link"
                yield text.problem(
                    match.start(), f'"{target}" leads to no page of this site', hint, "error"
                )


def _path(target: str, page: str) -> str:
    """The path below the site's root to which a link on `page` leads; "" for another site."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(page, unquote(parts.path)))
