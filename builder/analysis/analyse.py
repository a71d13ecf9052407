"""The whole analysis of a library, in one call."""

from __future__ import annotations

from types import MappingProxyType

from builder.analysis.model import Analysis
from builder.library import Library


def analyse(library: Library) -> Analysis:
    """Tags, cross-links, backlinks and trends of every paper. The same library, the same result."""
    # numpy and scipy take a fifth of a second to import, which a command that only looks at files
    # need not wait for.
    from builder.analysis import links, mentions, neighbours, reasons, stamps, tags, terms, trends
    from builder.analysis.documents import read
    from builder.analysis.phrases import PhraseFinder

    papers = tuple(library.papers.values())
    reading = read(papers, PhraseFinder(library.vocabulary))
    counts = terms.count_terms(reading)
    weighted = terms.tfidf(counts.counts, counts.known)
    tagger = tags.Tagger(library.vocabulary, reading, counts, tags.curated_rows(papers))
    tagged = tags.tag_papers(papers, tagger)
    named = mentions.find_mentions(papers, reading.documents, weighted)
    why = reasons.Reasons(library.vocabulary, reading, counts, weighted, tagged)
    linked = links.related(papers, reading.reference, weighted, tagged, named, why)
    back = links.backlinks(library, linked, named)
    listed = trends.trends(library)
    return Analysis(
        tags=MappingProxyType(tagged),
        related=MappingProxyType(linked),
        mentions=MappingProxyType(named),
        backlinks=MappingProxyType(back),
        trends=MappingProxyType(listed),
        neighbours=MappingProxyType(neighbours.neighbours(library.vocabulary.tags, tagged)),
        stamps=stamps.all_stamps(tagged, linked, named, back, listed),
    )
