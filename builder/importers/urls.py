"""Web addresses in running text: where they stand and what they lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from builder.content import identifiers
from builder.content.paper import Link

# With a scheme, or so well known without one that nothing else can be meant. TeX's escaped signs
# belong to the address that they stand in.
ADDRESS = re.compile(
    r"(?:https?://|(?<![\w/.@-])(?:www\.|github\.com/|gitlab\.com/|huggingface\.co/))"
    r"(?:[^\s<>\"{}|\\^`]|\\[_%#&~])+",
    re.IGNORECASE,
)
_CODE = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "anonymous.4open.science")
_VIDEO = ("youtube.com", "youtu.be", "vimeo.com")
# These lead to papers, mostly to others than the one whose abstract names them.
_PAPERS = ("arxiv.org", "doi.org", "dx.doi.org", "openreview.net")


def trim(found: str) -> str:
    """An address as found in a text, without the punctuation of the sentence around it."""
    while found:
        last = found[-1]
        unopened = last in ")]" and found.count(last) > found.count({")": "(", "]": "["}[last])
        if last not in ".,;:!?'*_‘’“”" and not unopened:
            break
        found = found[:-1]
    return found


def absolute(address: str) -> str:
    """The address as a link needs it: with its scheme, without TeX's backslashes."""
    address = re.sub(r"\\(.)", r"\1", address)
    return address if "://" in address else f"https://{address}"


def kind(url: str) -> str:
    """The kind of link that a URL is, told by its host: "code", "project", "data", ..."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    if host in _CODE:
        return "code"
    if host == "huggingface.co":
        first = parts.path.strip("/").split("/")[0]
        return {"datasets": "data", "spaces": "demo", "papers": "project", "blog": "blog"}.get(
            first, "model"
        )
    if host in _VIDEO:
        return "video"
    return "pdf" if parts.path.lower().endswith(".pdf") else "project"


def links(addresses: Iterable[str]) -> tuple[Link, ...]:
    """Links for the addresses in an abstract, each once, in their order.

    What leads to a paper, and what is no whole address, is left to the abstract alone.
    """
    found: dict[str, Link] = {}
    for address in addresses:
        url = identifiers.tidy_url(absolute(address))
        if identifiers.check_url(url) is not None:
            continue
        if (urlsplit(url).hostname or "").removeprefix("www.") in _PAPERS:
            continue
        found.setdefault(url, Link(kind=kind(url), url=url))
    return tuple(found.values())
