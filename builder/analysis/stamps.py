"""Short digests of what an analysis says of a paper, by which a build sees what changed.

Equal values have equal stamps in every run, for they are made of the values alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from builder.analysis.model import Analysis, Backlinks, Mention, Related, TagUse, Trend

KINDS = ("tags", "related", "links", "trends")


def tags_stamp(uses: Sequence[TagUse]) -> str:
    """A digest of a paper's tags and their reasons, 16 hexadecimal digits."""
    return _digest([(use.id, use.by, use.why) for use in uses])


def related_stamp(related: Sequence[Related]) -> str:
    """A digest of a paper's cross-links, with reasons and scores, 16 hexadecimal digits."""
    return _digest([(link.slug, link.reason, link.score, link.by) for link in related])


def links_stamp(
    related: Sequence[Related], mentions: Sequence[Mention], backlinks: Backlinks
) -> str:
    """A digest of all links from and to a paper, 16 hexadecimal digits: without the scores, which
    no page shows, and of which each paper that comes moves hundreds a little."""
    return _digest(
        (
            [(link.slug, link.reason, link.by) for link in related],
            [(item.slug, item.name, item.start, item.end) for item in mentions],
            backlinks.mentioned_by,
            backlinks.related_from,
            backlinks.collections,
        )
    )


def trend_stamp(trend: Trend) -> str:
    """A paper's trend as a short text: all that `Trend` holds."""
    if not trend.listings:
        return ""
    return f"{trend.listings} {trend.comments} {trend.first} {trend.last}"


def all_stamps(
    tags: Mapping[str, Sequence[TagUse]],
    related: Mapping[str, Sequence[Related]],
    mentions: Mapping[str, Sequence[Mention]],
    backlinks: Mapping[str, Backlinks],
    trends: Mapping[str, Trend],
) -> Mapping[str, Mapping[str, str]]:
    """The stamps of all papers: kind (see KINDS) -> slug -> stamp."""
    links = {
        slug: links_stamp(found, mentions[slug], backlinks[slug]) for slug, found in related.items()
    }
    return MappingProxyType(
        {
            "tags": MappingProxyType({slug: tags_stamp(uses) for slug, uses in tags.items()}),
            "related": MappingProxyType(
                {slug: related_stamp(found) for slug, found in related.items()}
            ),
            "links": MappingProxyType(links),
            "trends": MappingProxyType({slug: trend_stamp(item) for slug, item in trends.items()}),
        }
    )


def stamps_of(analysis: Analysis) -> Mapping[str, Mapping[str, str]]:
    """The stamps of an analysis; one that was put together by hand has none yet."""
    return analysis.stamps or all_stamps(
        analysis.tags,
        analysis.related,
        analysis.mentions,
        analysis.backlinks,
        analysis.trends,
    )


def _digest(value: object) -> str:
    """A digest of texts and numbers in lists and tuples; their repr() is the same in every run."""
    return hashlib.blake2b(repr(value).encode(), digest_size=8).hexdigest()
