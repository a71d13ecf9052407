"""The whole analysis of a library, in one call."""

from __future__ import annotations

from types import MappingProxyType

from builder.analysis.model import Analysis
from builder.library import Library


def analyse(library: Library) -> Analysis:
    """Tags, cross-links, backlinks and trends of every paper. The same library, the same result."""
    # numpy and scipy take a fifth of a second to import, which a command that only looks at files
    # need not wait for.
    from builder.analysis import links, mentions, neighbours, reasons, tags, terms, trends
    from builder.analysis.documents import read
    from builder.analysis.phrases import PhraseFinder

    papers = tuple(library.papers.values())
    reading = read(papers, PhraseFinder(library.vocabulary))
    documents = reading.documents
    counts = terms.count_terms(documents)
    weighted = terms.tfidf(counts.counts)
    tagger = tags.Tagger(library.vocabulary, documents, counts, tags.curated_rows(papers))
    tagged = tags.tag_papers(papers, tagger, reading.written)
    named = mentions.find_mentions(papers, documents, weighted)
    why = reasons.Reasons(library.vocabulary, reading, counts, weighted, tagged)
    linked = links.related(papers, weighted, tagged, named, why)
    return Analysis(
        tags=MappingProxyType(tagged),
        related=MappingProxyType(linked),
        mentions=MappingProxyType(named),
        backlinks=MappingProxyType(links.backlinks(library, linked, named)),
        trends=MappingProxyType(trends.trends(library)),
        neighbours=MappingProxyType(neighbours.neighbours(library.vocabulary.tags, tagged)),
    )
