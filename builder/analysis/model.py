"""What an analysis says of a library: plain, immutable data that pages and exports show."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class TagUse:
    """A tag on a paper. by: who gave it; why: the reason in plain words, "" for a curator's."""

    id: str
    by: Literal["curator", "auto"]
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class Related:
    """A link to another paper. reason: in plain words; score: 0 to 1, rounded to 3 places."""

    slug: str
    reason: str
    score: float
    by: Literal["curator", "name", "similar"]


@dataclass(frozen=True, kw_only=True)
class Mention:
    """Another paper's name in this paper's abstract, at its first place.

    start, end: offsets into `Paper.abstract`, so that abstract[start:end] == name.
    """

    slug: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Backlinks:
    """Who points here: slugs of papers (and ids of collections), sorted.

    related_from: papers that are linked with this one, and it not with them.
    """

    mentioned_by: tuple[str, ...] = ()
    related_from: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trend:
    """How often a paper was listed. words: "listed 5 times, Jan to Mar 2026"; "" if never.

    comments: the most that one listing showed, 0 where none did. first, last: days of dated
    editions. score orders "most listed": listings first, then comments, then the last day.
    """

    listings: int = 0
    comments: int = 0
    first: datetime.date | None = None
    last: datetime.date | None = None
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """A tag that another meets more often than by chance.

    papers: how many have both; lift: their number as a multiple of what chance would make it.
    """

    tag: str
    papers: int
    lift: float


@dataclass(frozen=True, kw_only=True)
class Analysis:
    """All that was computed from a library; every mapping has an entry for every paper (or tag).

    stamps: digests by which a build sees what changed, by kind ("tags"; "related"; "links", which
    are related but for their scores, mentions and backlinks; "trends") and slug; see
    `builder.analysis.stamps`.
    """

    tags: Mapping[str, tuple[TagUse, ...]] = field(default_factory=lambda: MappingProxyType({}))
    related: Mapping[str, tuple[Related, ...]] = field(default_factory=lambda: MappingProxyType({}))
    mentions: Mapping[str, tuple[Mention, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    backlinks: Mapping[str, Backlinks] = field(default_factory=lambda: MappingProxyType({}))
    trends: Mapping[str, Trend] = field(default_factory=lambda: MappingProxyType({}))
    neighbours: Mapping[str, tuple[Neighbour, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )
    stamps: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def subjects(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Slug -> (tag, "curator" or "auto") of each tag, most central first: the tags without
        their reasons, which edits of other papers move a little."""
        return MappingProxyType(
            {slug: tuple((use.id, use.by) for use in uses) for slug, uses in self.tags.items()}
        )

    @cached_property
    def met(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Tag -> (tag, papers) of each of its neighbours, in their order: without their lift, which
        each paper that comes moves a little."""
        return MappingProxyType(
            {
                tag: tuple((item.tag, item.papers) for item in found)
                for tag, found in self.neighbours.items()
            }
        )

    @cached_property
    def ties(self) -> Mapping[str, tuple[str, ...]]:
        """Slug -> slugs of the papers that it is linked with, nearest first: the links without
        reasons and scores."""
        return MappingProxyType(
            {slug: tuple(link.slug for link in links) for slug, links in self.related.items()}
        )
