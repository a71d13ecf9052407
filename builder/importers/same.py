"""What is the same paper: the one place that decides it."""

from __future__ import annotations

import difflib
import functools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from builder.content import identifiers
from builder.content.paper import Paper
from builder.content.redirects import Redirects
from builder.importers.entries import Entry

# Of two abstracts' words, how many must be common for a paper whose title was edited to be known
# by its slug. Two abstracts of different papers share 12% on average and a quarter at most (20,000
# pairs of the first 306); one whose formulas were mended shares 88% at least with what it was.
_SHARED_WORDS = 0.7
# Of two titles' letters, how many must be common where there is no abstract to compare.
_SHARED_LETTERS = 0.8
_SIGNS = re.compile(r"[^a-z0-9]+")


@functools.lru_cache(maxsize=32768)
def title_key(title: str) -> str:
    """The title by its letters and digits alone: capitals, accents, signs and spaces differ
    between sources. "" for a title without any."""
    if title.isascii():
        return _SIGNS.sub("", title.lower())
    folded = unicodedata.normalize("NFKD", title).casefold()
    return "".join(filter(str.isalnum, folded))


class Known:
    """The papers known so far, found by title.

    A file's title may have been corrected by hand since it was imported; its slug then still is
    that of the old title, and its abstract nearly the same: such a paper is known too. A slug
    that moved is followed by the library's redirects.
    """

    def __init__(self, papers: Iterable[Paper], redirects: Redirects) -> None:
        self._by_title: dict[str, list[Paper]] = {}
        self._by_slug: dict[str, Paper] = {}
        self._moved = {item.old: item.new for item in redirects.entries}
        for paper in papers:
            self.add(paper)

    def add(self, paper: Paper) -> None:
        """Know one paper more."""
        self._by_title.setdefault(title_key(paper.title), []).append(paper)
        self._by_slug[paper.slug] = paper

    def titled(self, title: str) -> list[Paper]:
        """All papers with this title; else the one whose title was this until it was corrected."""
        found = self._by_title.get(title_key(title), [])
        if found:
            return found
        candidates = filter(None, map(self._by_slug.get, self._slugs(title)))
        return [paper for paper in candidates if _nearly(paper.title, title)][:1]

    def find(self, entry: Entry) -> Paper | None:
        """The paper that `entry` is about, or None where it is new."""
        titled = self._by_title.get(title_key(entry.title))
        if titled:
            return titled[0]
        for slug in self._slugs(entry.title):
            paper = self._by_slug.get(slug)
            if paper and _alike(paper.abstract, entry.abstract):
                return paper
        return None

    def free_slug(self, title: str) -> str:
        """A slug for a new paper: the title's, or with -2, -3, ... behind it where that is taken
        or has moved elsewhere."""
        base = identifiers.make_slug(title) or "paper"
        return free(base, lambda slug: slug in self._by_slug or f"/papers/{slug}/" in self._moved)

    def _slugs(self, title: str) -> Iterator[str]:
        slug = identifiers.make_slug(title)
        path = f"/papers/{slug}/"
        seen: set[str] = set()
        while path not in seen:
            seen.add(path)
            yield path.removeprefix("/papers/").removesuffix("/")
            path = self._moved.get(path, path)


def free(base: str, taken: Callable[[str], bool]) -> str:
    """`base`, or with the first of -2, -3, ... behind it that is not `taken`."""
    name, number = base, 1
    while taken(name):
        number += 1
        name = f"{base}-{number}"
    return name


def _nearly(one: str, other: str) -> bool:
    keys = title_key(one), title_key(other)
    return difflib.SequenceMatcher(None, *keys, autojunk=False).ratio() >= _SHARED_LETTERS


def _alike(one: str, other: str) -> bool:
    first, second = _words(one), _words(other)
    return len(first & second) >= _SHARED_WORDS * max(len(first | second), 1)


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
