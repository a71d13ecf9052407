"""A part of the list: the papers of a topic, a listing, a reading path."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from builder.analysis import Analysis
from builder.library import Library
from builder.problems import Failed, did_you_mean


class NotThere(Failed):
    """What is asked for does not exist; the message says so and names what is near."""


def tagged(library: Library, analysis: Analysis, tag: str) -> tuple[str, ...]:
    """Slugs of the papers with a tag, sorted."""
    return tuple(
        slug for slug in library.papers if any(use.id == tag for use in analysis.tags[slug])
    )


def by_tag(library: Library, analysis: Analysis) -> dict[str, tuple[str, ...]]:
    """Every tag's papers, as `tagged` gives them."""
    found: dict[str, list[str]] = {tag: [] for tag in library.vocabulary.tags}
    for slug in library.papers:
        for tag, _ in analysis.subjects[slug]:
            found[tag].append(slug)
    return {tag: tuple(slugs) for tag, slugs in found.items()}


def select(
    library: Library,
    analysis: Analysis,
    *,
    tag: str | None = None,
    edition: str | None = None,
    collection: str | None = None,
) -> tuple[str, ...]:
    """Slugs of the papers that are in everything named; of all papers if nothing is.

    A reading path gives them its order, else a listing gives its own, else they are sorted.
    Raises NotThere for an unknown tag, edition or collection.
    """
    found: tuple[str, ...] = tuple(library.papers)
    if tag is not None:
        _check("tag", tag, library.vocabulary.tags)
        found = tagged(library, analysis, tag)
    if edition is not None:
        _check("edition", edition, library.editions)
        found = _kept((item.paper for item in library.editions[edition].papers), found)
    if collection is not None:
        _check("collection", collection, library.collections)
        found = _kept((step.paper for step in library.collections[collection].papers), found)
    return found


def _kept(slugs: Iterable[str], found: Iterable[str]) -> tuple[str, ...]:
    wanted = set(found)
    return tuple(slug for slug in slugs if slug in wanted)


def _check(kind: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        hint = did_you_mean(name, known)
        raise NotThere(f'there is no {kind} "{name}"' + (f"; {hint}" if hint else ""))
