"""The whole analysis of a library, in one call."""

from __future__ import annotations

from types import MappingProxyType

from builder.analysis.model import Analysis, Backlinks, Related, TagUse, Trend
from builder.library import Library


def analyse(library: Library) -> Analysis:
    """Tags, cross-links, backlinks and trends of every paper. The same library, the same result."""
    slugs = library.papers
    return Analysis(
        tags=MappingProxyType(
            {s: tuple(TagUse(id=t, by="curator") for t in slugs[s].tags or ()) for s in slugs}
        ),
        related=MappingProxyType(
            {
                s: tuple(
                    Related(slug=r, reason="chosen by the curators", score=1.0, by="curator")
                    for r in slugs[s].related
                )
                for s in slugs
            }
        ),
        mentions=MappingProxyType({s: () for s in slugs}),
        backlinks=MappingProxyType({s: Backlinks() for s in slugs}),
        trends=MappingProxyType({s: Trend() for s in slugs}),
        neighbours=MappingProxyType({t: () for t in library.vocabulary.tags}),
    )
