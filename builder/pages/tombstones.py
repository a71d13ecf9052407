"""The pages of papers that were taken out: they say why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from builder import markup
from builder.content.removed import Tombstone
from builder.library import Library
from builder.pages.page import Page


@dataclass(frozen=True, kw_only=True)
class TombstoneView:
    """A removed paper. title: with mathematics set; plain_title: for the window; reason: why."""

    title: Markup
    plain_title: str
    reason: Markup


def tombstones(library: Library) -> Iterator[Page]:
    """A page for each removed paper, at the address that the paper had."""
    for stone in library.removed.tombstones.values():
        yield Page(
            path=f"papers/{stone.slug}.md",
            template="removed.md.j2",
            make=partial(_view, stone),
            source="removed.yml",
        )


def _view(stone: Tombstone) -> TombstoneView:
    return TombstoneView(
        title=markup.to_inline(stone.title),
        plain_title=markup.to_plain(stone.title),
        reason=markup.to_inline(stone.reason),
    )
