"""The list of reading paths, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from builder import markup
from builder.pages import views
from builder.pages.page import Page
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, and the reading paths by title; nothing where there is none."""
    keys = tuple(shaper.collection_ids)
    if not keys:
        return
    yield Page(
        path="collections/index.md", template="collections.md.j2", make=partial(_list, shaper)
    )
    for key in keys:
        source = f"collections/{key}.md"
        yield Page(
            path=source,
            template="collection.md.j2",
            source=source,
            make=partial(_view, shaper, key),
        )


def _list(shaper: Shaper) -> views.CollectionsView:
    return views.CollectionsView(rows=tuple(map(shaper.collection_row, shaper.collection_ids)))


def _view(shaper: Shaper, key: str) -> views.CollectionView:
    item, row = shaper.collection(key), shaper.collection_row(key)
    return views.CollectionView(
        row=row,
        description=row.summary,
        intro=markup.to_html(item.intro),
        steps=tuple(
            views.StepView(
                position=at, card=shaper.card(step.paper), note=markup.to_inline(step.note)
            )
            for at, step in enumerate(item.papers, start=1)
        ),
        edit_path=f"collections/{key}.md",
        feed=shaper.feed("collection", key),
    )
