"""Every file for machines that the site publishes beside its pages."""

from __future__ import annotations

from collections.abc import Mapping

from builder.analysis import Analysis
from builder.citation import Reference
from builder.exports.catalogue import catalogue, shards
from builder.exports.changes import changes
from builder.exports.citations import citation_files
from builder.exports.discovery import llms_txt, opensearch_xml, robots_txt
from builder.exports.feeds import feed_files
from builder.exports.markdown import paper_text
from builder.exports.redirects import redirect_files
from builder.exports.schema import schema
from builder.exports.site import Site
from builder.feedlist import FeedInfo
from builder.history import Timeline
from builder.library import Library


def publish(
    library: Library,
    analysis: Analysis,
    site: Site,
    *,
    timeline: Timeline,
    feeds: tuple[FeedInfo, ...],
    references: Mapping[str, Reference],
) -> dict[str, str]:
    """Path below the site's root -> text of the file."""
    return {
        "api/papers.json": catalogue(library, analysis),
        "api/papers.schema.json": schema(site),
        "api/changes.json": changes(library, timeline),
        **shards(library, analysis),
        **citation_files(library, analysis, references),
        **{
            f"papers/{paper.slug}/index.md": paper_text(library, analysis, paper, site)
            for paper in library.papers.values()
        },
        **feed_files(feeds, library, analysis, timeline, site),
        "robots.txt": robots_txt(site),
        "llms.txt": llms_txt(library, analysis, site),
        **({"opensearch.xml": opensearch_xml(site)} if site.url else {}),
        **redirect_files(library.redirects, site),
    }
