"""Links within the site that lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from builder.checks.texts import Text, pages, texts
from builder.library import Library, shown_name
from builder.problems import Problem, did_you_mean

# [text](target "title"), and [name]: target on a line of its own.
_LINK = re.compile(
    r"(?<!!)\[[^\]\n]*\]\(\s*<?(?P<inline>[^)\s>]+)>?[^)\n]*\)"
    r"|^[ ]{0,3}\[[^\]\n]+\]:\s*<?(?P<reference>\S+?)>?(?:\s|$)",
    re.MULTILINE,
)


# What lies in the folder of a page beside it.
_BESIDE = {
    "papers": ("cite.bib", "cite.ris", "cite.csl.json", "index.md"),
    "editions": ("cite.bib",),
    "collections": ("cite.bib",),
    "tags": ("cite.bib",),
}
_Known = Mapping[str, Collection[str]]


def check(library: Library) -> Iterator[Problem]:
    """An error for each link in abstracts, notes, introductions and hand-written pages to a paper,
    listing, reading path or topic of this site that is not there, or to its file in the place of
    its page. Of other pages it is not known here whether they are there.
    """
    known = {
        "papers": library.papers.keys() | library.removed.tombstones.keys(),
        "editions": library.editions.keys(),
        "collections": library.collections.keys(),
        "tags": library.vocabulary.tags.keys(),
    }
    moved = {item.old for item in library.redirects.entries}
    linking = {
        slug: paper
        for slug, paper in library.papers.items()
        if _may_link(paper.abstract) or (paper.notes and _may_link(paper.notes))
    }
    for text in texts(replace(library, papers=MappingProxyType(linking))):
        if text.markdown:
            folder = "collections" if text.of_collection else "papers"
            name = posixpath.basename(text.source.path).removesuffix(".md")
            # A page's address ends in a slash: "../x/" leads to its neighbor.
            yield from _in_text(text, f"/{folder}/{name}/", known, moved)
    root = f"{shown_name(library.root)}/pages"
    for text in pages(library):
        path = text.source.path.removeprefix(root).removesuffix(".md").removesuffix("/index")
        yield from _in_text(text, f"{path}/", known, moved, by_files=posixpath.dirname(path) or "/")


def _may_link(text: str) -> bool:
    return "](" in text or "]:" in text


def _in_text(
    text: Text, page: str, known: _Known, moved: Collection[str], *, by_files: str = ""
) -> Iterator[Problem]:
    """What is wrong with the links of a text.

    page: the path of its page. by_files: of a hand-written page the folder, from which MkDocs
    follows links to files, as if the generated pages lay beside; "" of other texts.
    """
    if not _may_link(text.text):
        return
    for match in _LINK.finditer(text.without_code()):
        target = match["inline"] or match["reference"]
        to_file = bool(by_files) and target.partition("#")[0].endswith(".md")
        path = _path(target, by_files if to_file else page)
        if to_file:
            path = path.removesuffix(".md").removesuffix("/index")
        kind, *names = path.strip("/").split("/")
        if kind not in known or not names or f"{path.rstrip('/')}/" in moved:
            continue
        name, *beside = names
        if name in known[kind] and (not beside or beside in [[item] for item in _BESIDE[kind]]):
            continue
        # A file's name, or a path from another place: what is meant is mostly told by its end.
        meant = names[-1].removesuffix(".md")
        if meant in known[kind]:
            hint = f'write "{_relative(page, kind, meant)}"'
        else:
            hint = did_you_mean(meant, known[kind]) or "correct it, or remove the link"
        message = f'"{target}" leads to no page of this site'
        yield text.problem(match.start(), message, hint, "error")


def _relative(page: str, kind: str, name: str) -> str:
    """How a text of a page names another page, wherever the site lies."""
    return f"{posixpath.relpath(f'/{kind}/{name}', page)}/"


def _path(target: str, page: str) -> str:
    """The path below the site's root to which a link on `page` leads; "" for another site."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    return posixpath.normpath(posixpath.join(page, unquote(parts.path)))
