"""The whole analysis of a library, in one call."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import TypeVar

from builder.analysis.model import Analysis
from builder.library import Library
from builder.memory import Memory

T = TypeVar("T")


def analyse(library: Library, memory: Memory | None = None) -> Analysis:
    """Tags, cross-links, backlinks and trends of every paper. The same library, the same result.

    memory: where earlier results are found and new ones kept; then what an edit did not change is
    not worked out anew, and the result is the same.
    """
    with _uncollected():
        return _analyse(library, memory or Memory())


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: nothing here is part of a cycle, and looking for some among
    the many objects of a large library takes a third of the time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _analyse(library: Library, memory: Memory) -> Analysis:
    # numpy takes a tenth of a second to import, which a command that only looks at files need not
    # wait for.
    from builder.analysis import update
    from builder.analysis.model import Neighbour
    from builder.analysis.stamps import trend_stamp
    from builder.analysis.trends import trends

    found = update.bring_up_to_date(library, memory)
    kept, slot = found.kept, found.slot
    slots = {slug: slot[slug] for slug in library.papers}
    listed = trends(library)
    stamps = {
        "tags": {slug: kept.stamps[slot][0] for slug, slot in slots.items()},
        "related": {slug: kept.stamps[slot][1] for slug, slot in slots.items()},
        "links": {slug: kept.stamps[slot][2] for slug, slot in slots.items()},
        "trends": {slug: trend_stamp(trend) for slug, trend in listed.items()},
    }
    analysis = Analysis(
        tags=MappingProxyType(_Made(slots, lambda slot: update.tag_uses(kept, slot))),
        related=MappingProxyType(_Made(slots, lambda slot: update.related(kept, slot))),
        mentions=MappingProxyType(_Made(slots, lambda slot: update.mentioned(kept, slot))),
        backlinks=MappingProxyType(_Made(slots, found.back.of)),
        trends=MappingProxyType(listed),
        neighbours=MappingProxyType(
            {
                tag: tuple(
                    Neighbour(tag=met, papers=papers, lift=lift) for met, papers, lift in all_
                )
                for tag in library.vocabulary.tags
                for all_ in [kept.neighbours.get(tag, ())]
            }
        ),
        stamps=MappingProxyType({kind: MappingProxyType(by) for kind, by in stamps.items()}),
    )
    # As the properties would find them, without making all tags and links for it.
    slugs = kept.slugs
    vars(analysis)["subjects"] = MappingProxyType(
        {slug: tuple([(id_, by) for id_, by, _ in kept.tags[slot]]) for slug, slot in slots.items()}
    )
    vars(analysis)["ties"] = MappingProxyType(
        {slug: tuple([slugs[link[0]] for link in kept.links[slot]]) for slug, slot in slots.items()}
    )
    return analysis


class _Made(Mapping[str, T]):
    """Values that are made when they are first asked for: a build that renders few pages needs
    those of few papers."""

    def __init__(self, slots: Mapping[str, int], make: Callable[[int], T]) -> None:
        """slots: of the slugs; make: the value of a slot."""
        self._slots = slots
        self._make = make
        self._made: dict[str, T] = {}

    def __getitem__(self, slug: str) -> T:
        if slug not in self._made:
            self._made[slug] = self._make(self._slots[slug])
        return self._made[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._slots)

    def __len__(self) -> int:
        return len(self._slots)

    def __contains__(self, slug: object) -> bool:
        return slug in self._slots

    def __repr__(self) -> str:
        return repr(dict(self))
