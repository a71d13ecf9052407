"""The map, and what the data lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.pages import views
from builder.pages.health import health_view
from builder.pages.page import Page
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The two pages, where there are papers."""
    if shaper.newest:
        yield Page(path="map/index.md", template="map.md.j2", make=partial(_map, shaper))
        yield Page(
            path="health/index.md", template="health.md.j2", make=partial(health_view, shaper)
        )


def _map(shaper: Shaper) -> views.MapView:
    # Not at the top: importing numpy takes a tenth of a second, which a build that finds nothing
    # changed need not wait for.
    from builder.pages.map_page import map_view

    return map_view(shaper)
