"""House rules for facts: a name has one spelling, namesakes are told apart, links differ."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from builder.content.authors import author_id, best_spelling
from builder.content.identifiers import tidy_url
from builder.library import Library
from builder.memory import Memory, stamp
from builder.problems import Problem

_Words = tuple[str, ...]


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

    memory: what is better is known of names that did not change.
    """
    names = stamp("\0".join("\1".join(paper.authors) for paper in library.papers.values()))
    better = (memory or Memory()).known("better spellings", names, lambda: _better(library))
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


def _better(library: Library) -> dict[str, str]:
    """Name -> the better spelling of it."""
    counts = Counter(name for paper in library.papers.values() for name in paper.authors)
    return _one_id(counts) | _one_person(library, counts)


def _one_id(counts: Mapping[str, int]) -> dict[str, str]:
    """Name -> the better spelling, where both are one author anyway."""
    groups: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, count in counts.items():
        groups[author_id(name)][name] = count
    return {
        name: best_spelling(group)
        for group in groups.values()
        for name in group
        if name != best_spelling(group)
    }


def _one_person(library: Library, counts: Mapping[str, int]) -> dict[str, str]:
    """Name -> the better spelling, where both surely are one person."""
    with_: defaultdict[str, set[str]] = defaultdict(set)
    for paper in library.papers.values():
        ids = {author_id(name) for name in paper.authors}
        for name in paper.authors:
            with_[name] |= ids
    words = {name: _words(name) for name in sorted(counts)}
    better: dict[str, str] = {}
    for one, other in _candidates(words):
        own = {author_id(one), author_id(other)}
        # Who wrote a paper together are two people.
        apart = own <= with_[one] or own <= with_[other] or len(own) == 1
        if apart or not (with_[one] & with_[other]) or not _alike(words[one], words[other]):
            continue
        # The fuller name of two that stand in as many papers.
        worse, best = sorted((one, other), key=lambda name: (counts[name], len(name), name))
        better[worse] = best
    return better


def _candidates(words: Mapping[str, _Words]) -> Iterator[tuple[str, str]]:
    """The pairs of names that may be `_alike`, without comparing each with each."""
    groups: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    initials: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, parts in words.items():
        if len(parts) > 1:
            groups["given", parts[0], parts[-1]].append(name)
            groups["words", *sorted(parts)].append(name)
            if len(parts[0]) == 1:
                initials[parts[0], parts[-1]].append(name)
    for group in groups.values():
        yield from itertools.combinations(group, 2)
    for name, parts in words.items():
        if len(parts) > 1 and len(parts[0]) > 1:
            for other in initials.get((parts[0][0], parts[-1]), ()):
                yield name, other


def _words(name: str) -> _Words:
    """The words of a name without accents and signs; what a hyphen joins is one word."""
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
