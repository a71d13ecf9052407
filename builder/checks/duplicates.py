"""Papers that are probably the same one."""

from __future__ import annotations

import difflib
import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial

from builder import remembered
from builder.content.paper import Paper
from builder.importers.same import title_key
from builder.library import Library
from builder.memory import Memory, stamp
from builder.problems import Problem

# Of two titles' letters, how many must be common, and with how many letters at one end alike they
# are compared at all: each with each would be fifty million pairs for 10,000 papers.
_ALIKE = 0.93
_END = 10
_ROUNDING = 1e-6
# What is kept between builds.
_SAME, _NEAR = KINDS = ("same ids", "near titles")


def check(library: Library, memory: Memory | None = None) -> Iterator[Problem]:
    """An error for each paper with the arXiv id, DOI or title of another one, a warning for each
    whose title is nearly that of another; at the second of the two, by slug.

    memory: which are the same or nearly so is known of ids and titles that did not change.
    """
    memory, papers = memory or Memory(), list(library.papers.values())
    told: set[tuple[str, str]] = set()
    ids = stamp(
        "\0".join(f"{item.slug}\1{item.arxiv}\1{item.doi}\1{item.title}" for item in papers)
    )
    for field, first_slug, second_slug in memory.known(_SAME, ids, lambda: _same(papers)):
        told.add((first_slug, second_slug))
        yield library.papers[second_slug].source.problem(
            field,
            f"{library.papers[first_slug].source.path} has the same",
            "remove one of the two, or correct it",
        )
    titles = {item.slug: item.title for item in papers}
    near = remembered.pairs(memory, _NEAR, titles, partial(_near, titles))
    for first_slug, second_slug in near:
        if (first_slug, second_slug) not in told:
            one, other = library.papers[first_slug], library.papers[second_slug]
            yield other.source.problem(
                "title",
                f'nearly the same as "{one.title}" in {one.source.path}',
                "if they are one paper, remove one of the two files",
                severity="warning",
            )


def _same(papers: Iterable[Paper]) -> list[tuple[str, str, str]]:
    """(field, slug, slug) of each paper that has something of an earlier one, which is first."""
    found = []
    for field, key in (
        ("arxiv", lambda item: item.arxiv),
        ("doi", lambda item: item.doi and item.doi.lower()),
        ("title", lambda item: title_key(item.title)),
    ):
        first: dict[str, str] = {}
        for item in papers:
            value = key(item)
            other = first.setdefault(value, item.slug) if value else item.slug
            if other != item.slug:
                found.append((field, other, item.slug))
    return found


@dataclass(frozen=True, slots=True)
class _Key:
    """A title as it is compared. digits: those in it, which tell the parts of a series apart. odd,
    second: the last and the last but one binary digit of how often each letter and digit stands in
    it, a bit each."""

    slug: str
    letters: str
    digits: str
    odd: int
    second: int


def _key(slug: str, letters: str) -> _Key:
    odd = second = 0
    for letter in letters:
        bit = 1 << (ord(letter) % 61)
        second ^= odd & bit
        odd ^= bit
    digits = "".join(filter(str.isdigit, letters))
    return _Key(slug=slug, letters=letters, digits=digits, odd=odd, second=second)


def _near(titles: Mapping[str, str], new: Set[str]) -> set[tuple[str, str]]:
    """The pairs of slugs, each in order, whose titles begin or end alike and are nearly the same,
    one at least of some papers.

    titles: of all papers, by slug; new: slugs. What can be told of two titles at once is told
    first: among 10,000 papers 130,000 pairs begin or end alike, and three are worth a comparison.
    """
    ends = {end for slug in new for end in _ends(title_key(titles[slug]))}
    groups: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for slug, title in titles.items():
        for end in _ends(title_key(title)):
            if end in ends:
                groups[end].append(slug)
    keys: dict[str, _Key] = {}
    for slug in itertools.chain.from_iterable(groups.values()):
        if slug not in keys:
            keys[slug] = _key(slug, title_key(titles[slug]))
    found: set[tuple[str, str]] = set()
    for slugs in groups.values():
        numbered: defaultdict[str, list[_Key]] = defaultdict(list)
        for slug in slugs:
            numbered[keys[slug].digits].append(keys[slug])
        for group in numbered.values():
            found |= _near_within(group, new)
    return found


def _ends(letters: str) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("first", letters[:_END]), ("last", letters[-_END:])


def _near_within(group: list[_Key], new: Set[str]) -> set[tuple[str, str]]:
    """The pairs that are nearly the same, of which at least one is new."""
    found: set[tuple[str, str]] = set()
    group.sort(key=lambda key: len(key.letters))
    for at, short in enumerate(group):
        places: dict[str, int] | None = None
        # A longer title cannot have more in common with it than all of it.
        longest = len(short.letters) * (2 / _ALIKE - 1) + _ROUNDING
        for long in itertools.islice(group, at + 1, None):
            if len(long.letters) > longest:
                break
            if short.slug not in new and long.slug not in new:
                continue
            total = len(short.letters) + len(long.letters)
            # Where the numbers of a letter differ in the last digit, one is left over at least, and
            # where in the last but one alone, two.
            odd, second = short.odd ^ long.odd, short.second ^ long.second
            left_over = odd.bit_count() + 2 * (second & ~odd).bit_count()
            if left_over > (1 - _ALIKE) * total + _ROUNDING:
                continue
            if places is None:
                places = _places(short.letters)
            common = _common(len(short.letters), places, long.letters)
            if 2 * common < _ALIKE * total - _ROUNDING:
                continue
            one, other = sorted((short, long), key=lambda key: key.slug)
            matcher = difflib.SequenceMatcher(None, one.letters, other.letters, autojunk=False)
            if matcher.ratio() >= _ALIKE:
                found.add((one.slug, other.slug))
    return found


def _places(letters: str) -> dict[str, int]:
    """Letter -> a bit for each of its places."""
    places: dict[str, int] = {}
    for at, letter in enumerate(letters):
        places[letter] = places.get(letter, 0) | 1 << at
    return places


def _common(length: int, places: Mapping[str, int], letters: str) -> int:
    """How many letters two texts have in common in the same order, whatever stands between: no
    matching finds more.

    length, places: of the first text; letters: the second. One step for each of these, whatever the
    length of the first: H. Hyyrö, "Bit-parallel LCS-length computation revisited" (2004).
    """
    whole = (1 << length) - 1
    rest = whole
    for letter in letters:
        met = rest & places.get(letter, 0)
        rest = (rest + met | rest - met) & whole
    return length - rest.bit_count()
