"""House rules for summaries: short, and in the list's own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content.paper import Paper
from builder.library import Library
from builder.markup import to_plain
from builder.problems import Problem

MAX_WORDS = 45
# So many words in a row that also stand in the abstract are a quotation.
RUN = 6
_WORD = re.compile(r"\w+(?:[-'’.]\w+)*")
# What holds the words of a name together: the Lottery Ticket Hypothesis of Frankle and Carbin.
_LINKS = frozenset(
    ("a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "via")
)


@dataclass(frozen=True, kw_only=True)
class _Word:
    """A word in a summary. key: as it is compared. end: the offset behind it."""

    key: str
    start: int
    end: int
    name: bool


def check(library: Library) -> Iterator[Problem]:
    """A warning for each summary of more than MAX_WORDS words, and for each run of RUN words or
    more that it has in common with its abstract, names apart."""
    for paper in library.papers.values():
        if paper.summary:
            yield from _length(paper, paper.summary)
            yield from _overlap(paper, paper.summary)


def _length(paper: Paper, summary: str) -> Iterator[Problem]:
    count = len([word for word in to_plain(summary).split() if any(map(str.isalnum, word))])
    if count > MAX_WORDS:
        yield paper.source.problem(
            "summary",
            f"it has {count} words, more than {MAX_WORDS}",
            "shorten it to what the paper does and for whom it matters",
            severity="warning",
        )


def _overlap(paper: Paper, summary: str) -> Iterator[Problem]:
    text = to_plain(summary)
    # Markdown's signs are no words, so the abstract need not be rendered.
    for first, last in shared_runs(text, to_plain(paper.abstract)):
        yield paper.source.problem(
            "summary",
            f'"{text[first:last]}" stands in the abstract word for word',
            "say it in your own words",
            severity="warning",
        )


def shared_runs(summary: str, abstract: str) -> list[tuple[int, int]]:
    """Where `summary` has RUN words or more in a row that `abstract` has too, as offsets of their
    beginnings and ends; both plain text.

    Capitals and punctuation do not count. Names do not either: a run is left out when all its
    words are capitalized in both texts, hold a digit, or link such words ("of", "and").
    """
    if _runs(summary).isdisjoint(_runs(abstract)):
        return []
    ours, theirs = _words(summary), _words(abstract)
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(theirs) - RUN + 1):
        places.setdefault(_keys(theirs[at : at + RUN]), []).append(at)
    runs: list[tuple[int, int]] = []
    at = 0
    while at <= len(ours) - RUN:
        longest = 0
        for start in places.get(_keys(ours[at : at + RUN]), ()):
            length = RUN
            while (
                at + length < len(ours)
                and start + length < len(theirs)
                and ours[at + length].key == theirs[start + length].key
            ):
                length += 1
            if not _is_name(ours[at : at + length], theirs[start : start + length]):
                longest = max(longest, length)
        if longest:
            runs.append((ours[at].start, ours[at + longest - 1].end))
        at += longest or 1
    return runs


def _runs(text: str) -> set[tuple[str, ...]]:
    """All runs of RUN words: nearly every summary shares none, and needs no closer look."""
    keys = _WORD.findall(text.casefold())
    return set(zip(*(keys[at:] for at in range(RUN)), strict=False))


def _words(text: str) -> list[_Word]:
    return [
        _Word(
            key=match[0].casefold(),
            start=match.start(),
            end=match.end(),
            name=match[0] != match[0].lower() or any(map(str.isdigit, match[0])),
        )
        for match in _WORD.finditer(text)
    ]


def _keys(words: list[_Word]) -> tuple[str, ...]:
    return tuple(word.key for word in words)


def _is_name(ours: list[_Word], theirs: list[_Word]) -> bool:
    return all(
        (one.name and other.name) or one.key in _LINKS
        for one, other in zip(ours, theirs, strict=True)
    )
