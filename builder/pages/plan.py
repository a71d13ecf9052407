"""Which pages there are: everything that is rendered, before anything of it is made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from builder.pages.kinds import (
    authors,
    browse,
    collections,
    editions,
    home,
    papers,
    subscribe,
    surveys,
    tags,
    tombstones,
    years,
)
from builder.pages.page import Page
from builder.pages.shape import Shaper

if TYPE_CHECKING:
    from builder.pages.views import Newsletter


def plan(shaper: Shaper, *, newsletter: Newsletter | None = None) -> Iterator[Page]:
    """Every generated page, in a fixed order.

    No view is made: which pages there are follows from slugs, years, ids of authors and the files
    of tags, editions and reading paths.
    """
    yield from home.pages(shaper)
    yield from browse.pages(shaper)
    yield from papers.pages(shaper)
    yield from editions.pages(shaper)
    yield from tags.pages(shaper)
    yield from authors.pages(shaper)
    yield from years.pages(shaper)
    yield from collections.pages(shaper)
    yield from surveys.pages(shaper)
    yield from subscribe.pages(shaper, newsletter)
    yield from tombstones.pages(shaper)
