"""What of a page Pagefind indexes: the page without the theme around it and what it ignores.

A page of 80 kB has 2 kB to be searched; Pagefind would read all of it. The lean page gives the
same index. Tags are found by their signs, not by a parser, which would take longer than Pagefind:
wherever that is not enough to be sure, more of the page stays than is needed.
"""

from __future__ import annotations

import functools
import re

_BODY = b"data-pagefind-body"
_IGNORE = b"data-pagefind-ignore"
_ATTRIBUTE = b"data-pagefind-"

# Elements that Pagefind never indexes, whatever stands in them.
_UNREAD = re.compile(rb"<(svg|script|style)\b[^<>]*>[^<]*(?:<(?!/?\1\b)[^<]*)*</\1>")
_TOLD = re.compile(rb"data-pagefind-(?:meta|filter|sort)")
# What Pagefind heeds even where it is told to ignore: titles and images are the page's.
_HEEDED = (b"data-pagefind-meta", b"data-pagefind-filter", b"data-pagefind-sort", b"<h1", b"<img")
# A tag up to some attribute, which must not be part of another one's value; and the rest of it.
_BEGUN = re.compile(rb"<([a-z][a-z0-9-]*)(?:[^<>\"']|\"[^\"]*\"|'[^']*')*")
_REST = re.compile(rb"(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
_TITLE = re.compile(rb"<title>[^<]*</title>")
# A sign in a value that may be taken for a tag's.
_QUOTED = re.compile(rb"=\s*(?:\"[^\"<]*<|'[^'<]*<)")
_VOID = frozenset(b"area base br col embed hr img input link meta source track wbr".split())


def lean(page: bytes) -> bytes | None:
    """The part of a page that is indexed, as a page of its own; None where nothing is."""
    place = page.find(_BODY)
    if place < 0:
        return None
    found = None if page.find(b"<!--", place) >= 0 else _sure_element(page, place)
    if found is None:
        return page
    _, start, end = found
    before, after = _told(page, 0, start), _told(page, end, len(page))
    if before is None or after is None:
        return page
    body = before + _thin(page[start:end]) + after
    # Without a heading, the title of a page is what its head says.
    head = b"" if b"<h1" in body else b"".join(_TITLE.findall(page)[:1])
    return b'<!doctype html><html lang="en"><head>%b</head><body>%b</body></html>' % (head, body)


def _told(page: bytes, at: int, end: int) -> bytes | None:
    """The elements outside the body that say something of the page all the same.

    None where Pagefind would find more than such.
    """
    parts = []
    while (place := page.find(_ATTRIBUTE, at, end)) >= 0:
        found = _sure_element(page, place)
        if found is None or found[1] < at or found[2] > end:
            return None
        if _TOLD.match(page, place):
            parts.append(page[found[1] : found[2]])
        elif _TOLD.search(page, *found[1:]) or not page.startswith(_IGNORE, place):
            return None
        at = found[2]
    return b"".join(parts)


def _thin(body: bytes) -> bytes:
    """Empty the elements that are ignored; they stay, for they part the words around them.

    body: an element of which `_sure_element` is sure, and so of all elements in it.
    """
    body = _UNREAD.sub(rb"<\1></\1>", body)
    parts, at = [], 0
    while (place := body.find(_IGNORE, at)) >= 0:
        found = _element(body, place)
        # What an ignored element says of the page counts all the same.
        if found is None or found[1] < at or _is_heeded(body, *found[1:]):
            parts.append(body[at : place + len(_IGNORE)])
            at = place + len(_IGNORE)
            continue
        name, start, end = found
        parts += [body[at:start], b"<%b %b>" % (name, _IGNORE)]
        if name not in _VOID:
            parts.append(b"</%b>" % name)
        at = end
    return b"".join([*parts, body[at:]])


def _is_heeded(body: bytes, start: int, end: int) -> bool:
    return any(body.find(sign, start, end) >= 0 for sign in _HEEDED)


def _sure_element(page: bytes, place: int) -> tuple[bytes, int, int] | None:
    """`_element`, where no value of an attribute in it looks like a tag."""
    found = _element(page, place)
    if found is None or found[0] in _VOID:
        return found
    return None if _QUOTED.search(page, *found[1:]) else found


def _element(page: bytes, place: int) -> tuple[bytes, int, int] | None:
    """The name of the element that has the attribute at this place, its beginning and its end.

    None where the tags do not tell.
    """
    start = page.rfind(b"<", 0, place)
    begun = _BEGUN.fullmatch(page, start, place) if start >= 0 else None
    rest = _REST.match(page, place) if begun else None
    if begun is None or rest is None:
        return None
    name, depth = begun[1], 1
    if name in _VOID:
        return name, start, rest.end()
    for tag in _tags(name).finditer(page, rest.end()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return name, start, tag.end()
        # No paragraph holds another one: the first has ended without saying so.
        if name == b"p" and depth > 1:
            return None
    return None


@functools.cache
def _tags(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(?:(/)%b\s*>|%b(?=[\s/>]))" % (name, name))
