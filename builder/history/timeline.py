"""When each paper, edition and step of a reading path came to the list, and last changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import cache, cached_property
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from builder.history.git import Change, History
from builder.problems import ProblemsFound

if TYPE_CHECKING:
    from builder.library import Library

_PAPER = re.compile(r"/papers/([^/]+)/")


@dataclass(frozen=True, kw_only=True)
class Moment:
    """When something came and when it last changed, in UTC; `changed` is never before `added`."""

    added: datetime
    changed: datetime


@dataclass(frozen=True, kw_only=True)
class Timeline:
    """The dates of a library; what nobody knows is absent, never guessed.

    papers, editions: slug or id -> moment. For what was never committed, and without Git: the day
    of the first dated edition that lists the paper, or else of its publication, or else absent;
    an edition's own day.
    steps: (collection, slug) -> when the paper came to that reading path, or else to the list.
    names: slug -> all slugs that the paper has had, the first one first, by redirects.yml.
    """

    library: Library = field(repr=False)
    history: History = field(repr=False)

    # Each is worked out when it is asked for: a build may leave it to a copy of its process.

    @cached_property
    def names(self) -> Mapping[str, tuple[str, ...]]:
        return MappingProxyType(_names(self.library))

    @cached_property
    def papers(self) -> Mapping[str, Moment]:
        return MappingProxyType(dict(_papers(self.library, self.history, self.names)))

    @cached_property
    def editions(self) -> Mapping[str, Moment]:
        return MappingProxyType(dict(_editions(self.library, self.history)))

    @cached_property
    def steps(self) -> Mapping[tuple[str, str], datetime]:
        found = _steps(self.library, self.history, self.names, self.papers)
        return MappingProxyType(dict(found))

    @property
    def is_dated(self) -> bool:
        """Whether anything has a date."""
        own = chain(self.library.editions.values(), self.library.papers.values())
        if any(item.date for item in own):
            return True
        return bool(self.history.changes) and self.newest is not None

    @cached_property
    def newest(self) -> datetime | None:
        """The last change of any paper or edition; None where nothing is dated."""
        moments = [*self.papers.values(), *self.editions.values()]
        return max((moment.changed for moment in moments), default=None)

    def modified(self, *paths: str) -> datetime | None:
        """The last committed change of any of these files (paths below content/), None if none
        is known: unlike the moments, from Git alone."""
        known = self.history.changes
        return max((known[path][-1].time for path in paths if path in known), default=None)


def timeline(library: Library, history: History) -> Timeline:
    """The dates of a library."""
    return Timeline(library=library, history=history)


def _papers(
    library: Library, history: History, names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, Moment]]:
    for slug, paper in library.papers.items():
        listed = [item.edition.date for item in library.appearances.get(slug, ())]
        days = [day for day in listed if day] or [day for day in (paper.date,) if day]
        changes = [c for name in names[slug] for c in _kept(history, f"papers/{name}.md")]
        changes.sort(key=lambda change: change.order)
        moment = _moment(tuple(changes), min(days, default=None))
        if moment:
            yield slug, moment


def _editions(library: Library, history: History) -> Iterator[tuple[str, Moment]]:
    for key, edition in library.editions.items():
        moment = _moment(_kept(history, f"editions/{key}.yml"), edition.date)
        if moment:
            yield key, moment


def _kept(history: History, path: str) -> tuple[Change, ...]:
    """The changes of a file, without deletions."""
    return tuple(change for change in history.changes.get(path, ()) if change.new)


def _moment(changes: tuple[Change, ...], otherwise: date | None) -> Moment | None:
    """From the changes of a file, or else from a day, which counts from its first second."""
    times = [change.time for change in changes]
    if changes and changes[0].old is None:
        return Moment(added=min(times), changed=max(times))
    if otherwise is None:
        return None
    added = _beginning(otherwise)
    # Of a shallow clone the last changes are known, and not the first.
    return Moment(added=added, changed=max([added, *times]))


@cache
def _beginning(day: date) -> datetime:
    # Many papers share one.
    return datetime.combine(day, time(), UTC)


def _steps(
    library: Library,
    history: History,
    names: Mapping[str, tuple[str, ...]],
    papers: Mapping[str, Moment],
) -> Iterator[tuple[tuple[str, str], datetime]]:
    for key, item in library.collections.items():
        path = f"collections/{key}.md"
        changes = _kept(history, path)
        if changes and changes[0].old is not None:
            changes = ()
        texts = history.texts(change.new for change in changes if change.new)
        seen: dict[str, datetime] = {}
        for change in changes:
            for slug in _on_path(texts.get(change.new or "", ""), path):
                seen.setdefault(slug, change.time)
        for step in item.papers:
            since = [seen[name] for name in names[step.paper] if name in seen]
            if since:
                yield (key, step.paper), min(since)
            elif step.paper in papers:
                yield (key, step.paper), papers[step.paper].added


def _on_path(text: str, path: str) -> list[str]:
    """The slugs that an old version of a collection named; none where it cannot be read."""
    # Who only asks Git whether there is anything new need not know how content is read.
    from builder.content import collection

    try:
        return [step.paper for step in collection.parse(text, path=path).papers]
    except ProblemsFound:
        return []


def _names(library: Library) -> dict[str, tuple[str, ...]]:
    """The slugs of each paper, by the redirects.

    Where several redirects lead to one paper, the one that stands first in the file is the
    oldest: new lines are added below.
    """
    before: dict[str, list[str]] = {}
    for item in library.redirects.entries:
        old, new = _PAPER.fullmatch(item.old), _PAPER.fullmatch(item.new)
        if old and new:
            before.setdefault(new[1], []).append(old[1])
    found = {slug: (slug,) for slug in library.papers}
    for slug in found.keys() & before.keys():
        # Depth first, so that the first of a chain's first redirects comes first.
        names: list[str] = []
        _collect(slug, before, names, seen=set())
        found[slug] = tuple(names)
    return found


def _collect(slug: str, before: Mapping[str, list[str]], names: list[str], seen: set[str]) -> None:
    """Append the names that led to a slug, and then itself; `seen` ends a loop."""
    seen.add(slug)
    for old in before.get(slug, ()):
        if old not in seen:
            _collect(old, before, names, seen)
    names.append(slug)
