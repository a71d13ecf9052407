"""The map, and what the data lacks."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder.pages import map_page
from builder.pages.health import health_view
from builder.pages.page import Page
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The two pages, where there are papers."""
    if shaper.newest:
        yield map_page.page(shaper)
        yield Page(
            path="health/index.md", template="health.md.j2", make=partial(health_view, shaper)
        )
