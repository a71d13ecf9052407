"""Invented papers and libraries for the tests of the analysis."""

import datetime
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType

from builder.analysis.phrases import PhraseFinder
from builder.analysis.reading import Reading, read_library
from builder.content.paper import Paper
from builder.content.vocabulary import Facet, Tag, Vocabulary
from builder.library import Library

FACET = Facet(id="subject", name="Subject", definition="What it is about.")


def tag(slug: str, *phrases: str, name: str | None = None) -> Tag:
    """A tag with its phrases."""
    return Tag(
        id=slug, name=name or slug.capitalize(), facet="subject", definition=".", phrases=phrases
    )


def vocabulary(*tags: Tag) -> Vocabulary:
    """A vocabulary of one facet."""
    return Vocabulary(
        facets=MappingProxyType({"subject": FACET}),
        tags=MappingProxyType({item.id: item for item in tags}),
    )


GARDEN = vocabulary(
    tag("baking", "bread", "oven", "sourdough", name="Baking & bread"),
    tag("gardening", "garden", "compost", "raised bed"),
    tag("sailing", "sailing boat", "harbor", "rigging", name="Sailing"),
)


def paper(slug: str, title: str, abstract: str = "Nothing else is said here.", **more) -> Paper:
    """A paper; dates may be given as "2025-03-06"."""
    if "date" in more:
        more["date"] = datetime.date.fromisoformat(more["date"])
    return Paper(slug=slug, title=title, abstract=abstract, **more)


def shelf(*papers: Paper, words: Vocabulary = GARDEN, **more) -> Library:
    """A library of these papers, sorted as a loaded one."""
    known = {item.slug: item for item in sorted(papers, key=lambda item: item.slug)}
    return Library(root=Path("content"), papers=MappingProxyType(known), vocabulary=words, **more)


def reading(papers: Iterable[Paper], words: Vocabulary = GARDEN) -> Reading:
    """The papers, read."""
    return read_library(tuple(papers), PhraseFinder(words))
