"""The pages of papers that were taken out: they say why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from builder import markup
from builder.pages.page import Page
from builder.pages.shape import Shaper


@dataclass(frozen=True, kw_only=True)
class TombstoneView:
    """A removed paper. title: with mathematics set; plain_title: for the window; reason: why."""

    title: Markup
    plain_title: str
    reason: Markup


def pages(shaper: Shaper) -> Iterator[Page]:
    """A page for each, at the address that the paper had."""
    for stone in shaper.tombstones:
        yield Page(
            path=f"papers/{stone.slug}.md",
            template="removed.md.j2",
            make=partial(_view, shaper, stone.slug),
            source="removed.yml",
        )


def _view(shaper: Shaper, slug: str) -> TombstoneView:
    (stone,) = (stone for stone in shaper.tombstones if stone.slug == slug)
    return TombstoneView(
        title=markup.to_inline(stone.title),
        plain_title=markup.to_plain(stone.title),
        reason=markup.to_inline(stone.reason),
    )
