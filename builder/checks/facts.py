"""House rules for facts: a name has one spelling, namesakes are told apart, links differ."""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from functools import partial

from builder import remembered
from builder.content.authors import author_id, best_spelling
from builder.content.identifiers import tidy_url
from builder.library import Library
from builder.memory import Memory, stamp
from builder.problems import Problem

_Words = tuple[str, ...]
# Most names, of which every word begins with a letter.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z.-]*(?: [A-Za-z][A-Za-z.-]*)*")
# What is kept between builds.
_BETTER, _ALIKE = KINDS = ("better spellings", "names alike")


def check(library: Library) -> Iterator[Problem]:
    """All warnings about facts."""
    yield from spellings(library)
    yield from namesakes(library)
    yield from double_links(library)


def spellings(library: Library, memory: Memory | None = None) -> Iterator[Problem]:
    """A warning for each name that is spelt otherwise in most other papers.

    Names that differ in accents, capitals and punctuation alone are one author in any case. Names
    that differ in a middle name, an initial or the order of their words are taken for one author
    where both wrote with somebody else in common: in 10,000 papers of machine-learning conferences
    that finds some 200 names, of which three look like two people. Without a common coauthor
    there would be 700 pairs, and many of them wrong.

    memory: what is better is known where all names are as they were, and which names are alike of
    those that stay.
    """
    memory = memory or Memory()
    names = stamp("\0".join("\1".join(paper.authors) for paper in library.papers.values()))
    better = memory.known(_BETTER, names, lambda: _better(library, memory))
    for paper in library.papers.values():
        if better.keys().isdisjoint(paper.authors):
            continue
        for index, name in enumerate(paper.authors):
            if name in better:
                yield paper.source.problem(
                    f"authors[{index}]",
                    f'"{name}" is "{better[name]}" in another paper',
                    "write the name in one way, the one that the author uses",
                    severity="warning",
                )


def _better(library: Library, memory: Memory) -> dict[str, str]:
    """Name -> the better spelling of it."""
    counts = Counter(name for paper in library.papers.values() for name in paper.authors)
    names = dict.fromkeys(sorted(counts), "-")
    pairs = remembered.pairs(memory, _ALIKE, names, partial(_pairs_alike, names))
    same = _one_id(counts)
    person = _one_person(library, counts, pairs)
    # What is better may itself want its accents.
    return same | {name: same.get(best, best) for name, best in person.items()}


def _one_id(counts: Mapping[str, int]) -> dict[str, str]:
    """Name -> the better spelling, where both are one author anyway."""
    groups: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, count in counts.items():
        groups[author_id(name)][name] = count
    return {
        name: best
        for group in groups.values()
        if len(group) > 1
        for best in [best_spelling(group)]
        for name in group
        if name != best
    }


def _one_person(
    library: Library, counts: Mapping[str, int], pairs: Iterable[tuple[str, str]]
) -> dict[str, str]:
    """Name -> the better spelling, where both surely are one person. pairs: of names alike."""

    def rank(name: str) -> tuple[int, int, str]:
        # The fuller name of two that stand in as many papers.
        return counts[name], len(name), name

    pairs = list(pairs)
    alike = set(itertools.chain.from_iterable(pairs))
    with_: defaultdict[str, set[str]] = defaultdict(set)
    for paper in library.papers.values():
        if alike.isdisjoint(paper.authors):
            continue
        ids = {author_id(name) for name in paper.authors}
        for name in paper.authors:
            with_[name] |= ids
    better: dict[str, str] = {}
    for pair in pairs:
        worse, best = sorted(pair, key=rank)
        own = {author_id(worse), author_id(best)}
        # Who wrote a paper together are two people.
        apart = own <= with_[worse] or own <= with_[best]
        if not apart and with_[worse] & with_[best]:
            better[worse] = max(best, better.get(worse, best), key=rank)
    return better


def _pairs_alike(names: Iterable[str], new: Set[str]) -> Iterator[tuple[str, str]]:
    """The pairs of names that are `_alike` and not one author anyway, at least one of them new."""
    words = {name: found for name in names if len(found := _words(name)) > 1}
    wanted = {group for name in new & words.keys() for group in _groups(words[name])}
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, parts in words.items():
        for group in _groups(parts):
            if group in wanted:
                groups[group].append(name)
    for (kind, *_), group_names in groups.items():
        for one, other in itertools.combinations(group_names, 2):
            if one not in new and other not in new:
                continue
            # Under an initial stand names that have no more than that, and those that begin so.
            if kind == "initial" and len(words[one][0]) > 1 and len(words[other][0]) > 1:
                continue
            if author_id(one) != author_id(other) and _alike(words[one], words[other]):
                yield one, other


def _groups(parts: _Words) -> tuple[tuple[str, ...], ...]:
    """The groups in which names stand that may be `_alike`, so that not each is compared with
    each."""
    first, last = parts[0], parts[-1]
    return ("given", first, last), ("words", *sorted(parts)), ("initial", first[0], last)


def _words(name: str) -> _Words:
    """The words of a name without accents and signs; what a hyphen joins is one word."""
    if _PLAIN.fullmatch(name):
        return tuple(name.lower().replace("-", "").replace(".", "").split())
    found = (author_id(word.replace("-", "")).replace("-", "") for word in name.split())
    return tuple(word for word in found if word)


def _alike(one: _Words, other: _Words) -> bool:
    """Whether two names have the same words, or one has an initial or less where the other has a
    given name. The family names are the same."""
    if sorted(one) == sorted(other):
        return True
    if one[-1] != other[-1]:
        return False
    short, long = sorted((one[:-1], other[:-1]), key=len)
    if short[0] != long[0] and (len(short) < len(long) or not _abbreviates(short[0], long[0])):
        return False
    rest = iter(long[1:])
    return all(any(_abbreviates(word, given) for given in rest) for word in short[1:])


def _abbreviates(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return short == long or (len(short) == 1 and long.startswith(short))


def namesakes(library: Library) -> Iterator[Problem]:
    """A warning for each paper of which nobody said which of several namesakes wrote it."""
    people = Counter(author_id(item.name) for item in library.authors.namesakes.values())
    for paper in library.papers.values() if people else ():
        for index, key in enumerate(library.authorship[paper.slug]):
            if key in people:
                name = paper.authors[index]
                known = f"{people[key]} people" if people[key] > 1 else "somebody"
                yield paper.source.problem(
                    f"authors[{index}]",
                    f'"{name}" is the name of {known} in authors.yml, where this paper is missing',
                    "add its slug to the one who wrote it, or add another person",
                    severity="warning",
                )


def double_links(library: Library) -> Iterator[Problem]:
    """A warning for each link that leads where another one of the paper leads."""
    for paper in library.papers.values():
        seen: set[str] = set()
        for index, link in enumerate(paper.links):
            address = tidy_url(link.url)
            if address in seen:
                yield paper.source.problem(
                    f"links[{index}].url",
                    f'"{link.url}" stands here a second time',
                    "keep the link whose kind says best what it is",
                    severity="warning",
                )
            seen.add(address)
