"""The whole analysis of a library, in one call."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType

from builder.analysis.model import Analysis
from builder.library import Library


def analyse(library: Library) -> Analysis:
    """Tags, cross-links, backlinks and trends of every paper. The same library, the same result."""
    with _uncollected():
        return _analyse(library)


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


def _analyse(library: Library) -> Analysis:
    # numpy takes a tenth of a second to import, which a command that only looks at files need not
    # wait for.
    import numpy as np

    from builder.analysis import links, mentions, neighbours, stamps, tags, trends
    from builder.analysis.known_names import candidates, known_names
    from builder.analysis.phrases import PhraseFinder
    from builder.analysis.reading import read_library
    from builder.analysis.reasons import Reasons
    from builder.analysis.similarity import nearest

    papers = tuple(library.papers.values())
    rows = np.arange(len(papers))
    reading = read_library(papers, PhraseFinder(library.vocabulary))
    tagger = tags.Tagger(library.vocabulary, reading, tags.curated_rows(papers))
    tagged = tags.tag_papers(papers, tagger)
    found = candidates(reading.documents.coined)
    names = known_names(found, reading.documents, reading.texts, reading.words, {}, {})
    finder = mentions.Finder(names)
    places = [finder.places(reading.texts.abstract(row)) for row in rows.tolist()]
    named = mentions.find_mentions(papers, places, names, reading.vectors)
    near = nearest(reading.vectors, rows, links.CANDIDATES, rows)
    about = links.subjects(tagged, reading.reference)
    reasons = Reasons(library.vocabulary, reading, tagged, about.rarity)
    linked = links.related(
        papers,
        rows.tolist(),
        links.similar(near, rows, rows, about),
        links.named_links(named),
        reasons,
    )
    by_slug = [
        dict(zip(library.papers, values, strict=True))
        for values in (tagged, linked, [tuple(item for _, item in found) for found in named])
    ]
    tagged_by, linked_by, named_by = by_slug
    back = links.backlinks(library, linked_by, named_by)
    listed = trends.trends(library)
    return Analysis(
        tags=MappingProxyType(tagged_by),
        related=MappingProxyType(linked_by),
        mentions=MappingProxyType(named_by),
        backlinks=MappingProxyType(back),
        trends=MappingProxyType(listed),
        neighbours=MappingProxyType(neighbours.neighbours(library.vocabulary.tags, tagged_by)),
        stamps=stamps.all_stamps(tagged_by, linked_by, named_by, back, listed),
    )
