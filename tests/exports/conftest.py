import pytest

from builder import feedlist, history
from builder.analysis import Analysis, analyse
from builder.citation import references
from builder.exports.publish import publish
from builder.exports.site import Site
from builder.library import Library

SITE = Site(
    url="https://example.org/list/",
    name="The Shelf",
    description="A list of <invented> papers & more.",
    authority="example.org,2025",
)


@pytest.fixture(scope="session")
def analysis(small: Library) -> Analysis:
    """The invented library, analyzed."""
    return analyse(small)


@pytest.fixture(scope="session")
def published(small: Library, analysis: Analysis) -> dict[str, str]:
    """Path -> text of every file that the site of the invented library publishes."""
    timeline = history.timeline(small, history.History(root=small.root))
    return publish(
        small,
        analysis,
        SITE,
        timeline=timeline,
        feeds=feedlist.feeds(small, analysis, timeline, site_url=SITE.url),
        references=references(small.papers),
    )
