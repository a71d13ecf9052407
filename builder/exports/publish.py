"""Every file for machines that the site publishes beside its pages."""

from __future__ import annotations

from builder.analysis import Analysis
from builder.exports.catalogue import catalogue
from builder.exports.feeds import feed_files
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
) -> dict[str, str]:
    """Path below the site's root -> text of the file."""
    return {
        "api/papers.json": catalogue(library, analysis),
        **feed_files(feeds, library, analysis, timeline, site),
    }
