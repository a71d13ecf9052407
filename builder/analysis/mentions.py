"""Where abstracts name what another paper of the library introduced."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np

from builder.analysis.known_names import Name
from builder.analysis.names import VERB
from builder.analysis.rows import Rows, products
from builder.analysis.terms import LENGTH
from builder.content.paper import Paper

_WORD_START = re.compile(r"(?<![\w\-/.])[A-Za-z0-9]+")
_CHUNK = re.compile(r"[^A-Za-z0-9]")
# What follows a name and makes another of it ("S4D", "PFGM++", "DART-Math", "Deep Voice 2"), and
# what does not: a size ("-7B", "-1.5B-Instruct"), a word in small letters ("-based").
_GOES_ON = re.compile(r"[\w+]|[-/.](?=[A-Z0-9])|\s\d")
_SIZE = re.compile(r"-\d+(?:\.\d+)?[BM](?![A-Za-z0-9])")
# "We propose X", "a network called X", "our X": this paper's own X, whatever it is.
_OWN = re.compile(
    rf"\b(?:called|named|dubbed|termed|coined|namely|our|{VERB}s?)(?: an?| the)? $", re.IGNORECASE
)
# A word with a capital right before a name makes another of it ("Faster R-CNN"), unless it is one
# of those that only start a sentence.
_MODIFIER = re.compile(r"(?<![\w(])(?P<word>[A-Z][\w/+\-]*) $")
_STARTER = re.compile(
    r"After|Although|An?|And|As|Based|Because|Both|But|By|Compared|First|For|From|Given|Here"
    r"|However|If|In|Like|Moreover|On|Or|Our|Recent(?:ly)?|Since|So|Such|The|Then|This|To|Under"
    r"|Unlike|Via|We|When|Where|With|[\w-]+ing|While"
)
_APPOSITION = re.compile(r",\s(?:an?|our|the)\s")
# The cosine that two texts must have where a name alone is no proof: capitals, or a name that is
# explained anew. Among the 10,000 abstracts true such mentions had 0.23 and more, false ones less.
KINDRED = 0.22
# Dates are of first versions, and abstracts are revised: a paper may name one this much younger.
_LENIENCE = datetime.timedelta(days=90)
# A mention as it is kept: (row of the other paper, its name, start, end).
Use: TypeAlias = tuple[int, str, int, int]
# A name that no title gives, and that more papers use, is common property.
_COMMON_USE = 5


class Place(NamedTuple):
    """A name in an abstract. proves: whether it tells by itself which paper is meant."""

    name: str
    start: int
    proves: bool


class Finder:
    """Finds names in abstracts."""

    def __init__(self, names: Mapping[str, Name]) -> None:
        self._by_first: dict[str, list[Name]] = {}
        for name in sorted(names.values(), key=lambda name: (-len(name.text), name.text)):
            self._by_first.setdefault(_CHUNK.split(name.text)[0], []).append(name)

    def places(self, abstract: str) -> tuple[Place, ...]:
        """Where an abstract's prose has names that may be other papers', in order."""
        near: dict[str, list[Name]] = {}
        for first in self._by_first.keys() & set(_WORD_START.findall(abstract)):
            names = [name for name in self._by_first[first] if name.text in abstract]
            if names:
                near[first] = names
        if not near:
            return ()
        places = list(_places(abstract, near))
        # Two papers may have given the same name; what is called so here is this paper's own.
        own = {name for name, start in places if _OWN.search(abstract, 0, start)}
        return tuple(
            Place(name=name.text, start=start, proves=_proves(name, abstract, start))
            for name, start in places
            if name not in own and not _modified(abstract, start)
        )


def find_mentions(
    papers: Sequence[Paper],
    places: Sequence[Sequence[Place]],
    names: Mapping[str, Name],
    vectors: Rows,
) -> list[tuple[Use, ...]]:
    """For each row the other papers that its abstract names, each at its first place, in order.

    papers: all of the library; places: of names in their abstracts, and vectors: of their words, in
    the same order.
    """
    unsure = [
        (row, names[place.name].owner)
        for row, found in enumerate(places)
        for place in found
        if not place.proves and names[place.name].owner != row
    ]
    kindred = _kindred(list(dict.fromkeys(unsure)), vectors)
    accepted: list[tuple[int, Name, int]] = []
    for row, found in enumerate(places):
        seen: set[int] = set()
        for place in found:
            name = names[place.name]
            owner = name.owner
            if owner == row or owner in seen or _too_young(papers[owner], papers[row]):
                continue
            if place.proves or (row, owner) in kindred:
                seen.add(owner)
                accepted.append((row, name, place.start))
    use = Counter(name.text for _, name, _ in accepted)
    mentions: list[list[Use]] = [[] for _ in papers]
    for row, name, start in accepted:
        if name.titled or use[name.text] <= _COMMON_USE:
            mentions[row].append((name.owner, name.text, start, start + len(name.text)))
    return [tuple(found) for found in mentions]


def _kindred(pairs: Sequence[tuple[int, int]], vectors: Rows) -> set[tuple[int, int]]:
    """Those pairs of rows whose texts are alike."""
    shared = products(vectors, np.array(pairs, dtype=np.int64).reshape(-1, 2))
    sums = np.bincount(shared.owners, weights=shared.values, minlength=len(pairs))
    return {pair for pair, near in zip(pairs, sums >= KINDRED * LENGTH**2, strict=True) if near}


def _places(abstract: str, by_first: Mapping[str, Sequence[Name]]) -> Iterator[tuple[Name, int]]:
    """The names that stand in an abstract as words of their own, the longest at each place."""
    for match in _WORD_START.finditer(abstract):
        for name in by_first.get(match[0], ()):
            start, end = match.start(), match.start() + len(name.text)
            if abstract.startswith(name.text, start):
                if not _GOES_ON.match(abstract, end) or _SIZE.match(abstract, end):
                    yield name, start
                break


def _modified(abstract: str, start: int) -> bool:
    match = _MODIFIER.search(abstract, max(0, start - 40), start)
    return match is not None and not _STARTER.fullmatch(match["word"])


def _too_young(owner: Paper, paper: Paper) -> bool:
    """Whether the paper that introduced a name is younger than one that seems to use it."""
    if owner.date and paper.date:
        return owner.date - paper.date > _LENIENCE
    return bool(owner.year and paper.year and owner.year > paper.year)


def _proves(name: Name, abstract: str, start: int) -> bool:
    """Whether a name alone tells which paper is meant."""
    explained = _APPOSITION.match(abstract, start + len(name.text))
    return name.shape != "capitals" and not explained
