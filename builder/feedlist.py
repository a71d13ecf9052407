"""Which feeds there are, and to which pages each belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from builder.analysis import Analysis
from builder.content.edition import Edition
from builder.content.identifiers import make_slug
from builder.feed import FeedInfo
from builder.history import Timeline
from builder.library import Library

# The folders of pages that have feeds of their own.
_OF_FEEDS = ("tags", "collections", "editions", "subscribe")


def feeds(
    library: Library, analysis: Analysis, timeline: Timeline, *, site_url: str
) -> tuple[FeedInfo, ...]:
    """Every feed, in the order of display.

    None at all without a site_url, for readers of feeds need whole addresses, or where nothing
    is dated: an entry must have a date, and none is invented.
    """
    if not site_url or not timeline.is_dated:
        return ()
    found = [
        FeedInfo(
            id="all", kind="all", key="", name="All papers", page="", entries=len(library.papers)
        )
    ]
    if timeline.history.changes:
        found.append(
            FeedInfo(
                id="corrections",
                kind="corrections",
                key="",
                name="Corrections",
                page="",
                entries=len(library.papers),
            )
        )
    for key, editions in series(library.editions.values()).items():
        found.append(
            FeedInfo(
                id=f"editions/{key}",
                kind="series",
                key=key,
                name=editions[0].title,
                page="editions/",
                entries=len(editions),
            )
        )
    for item in library.collections.values():
        found.append(
            FeedInfo(
                id=f"collections/{item.id}",
                kind="collection",
                key=item.id,
                name=item.title,
                page=f"collections/{item.id}/",
                entries=len(item.papers),
            )
        )
    tagged = Counter(tag for subjects in analysis.subjects.values() for tag, _ in subjects)
    for tag in library.vocabulary.tags.values():
        if tagged[tag.id]:
            found.append(
                FeedInfo(
                    id=f"tags/{tag.id}",
                    kind="tag",
                    key=tag.id,
                    name=tag.name,
                    page=f"tags/{tag.id}/",
                    entries=tagged[tag.id],
                )
            )
    return tuple(found)


def series(editions: Iterable[Edition]) -> Mapping[str, tuple[Edition, ...]]:
    """The series of editions: those of one source or, without one, of one title.

    Returns id -> editions in the order given; ids in alphabetical order.
    """
    found: dict[str, list[Edition]] = {}
    for item in editions:
        found.setdefault(series_of(item), []).append(item)
    return {key: tuple(found[key]) for key in sorted(found)}


def series_of(edition: Edition) -> str:
    """The id of an edition's series."""
    return edition.source or make_slug(edition.title) or "editions"


def on_pages(
    feeds: Sequence[FeedInfo], library: Library, paths: Iterable[str]
) -> dict[str, tuple[FeedInfo, ...]]:
    """As `on_page`, of many pages by their paths; most name the feed of all papers alone."""
    common = on_page(feeds, library, "")
    return {
        path: on_page(feeds, library, path) if path.rpartition("/")[0] in _OF_FEEDS else common
        for path in paths
    }


def on_page(feeds: Iterable[FeedInfo], library: Library, path: str) -> tuple[FeedInfo, ...]:
    """The feeds that a page's head names: its own first, and then that of all papers.

    path: of the page's Markdown file, such as "tags/peft.md" or "editions/index.md".
    """
    folder, _, name = path.removesuffix(".md").rpartition("/")
    edition = library.editions.get(name) if folder == "editions" else None
    own = {
        ("tags", "tag"): name,
        ("collections", "collection"): name,
        ("editions", "series"): series_of(edition) if edition else "",
    }
    everything = name == "index" and folder in ("editions", "subscribe")
    found = [
        feed
        for feed in feeds
        if (own.get((folder, feed.kind)) == feed.key and feed.key)
        or (everything and feed.kind == "series")
        or (folder == "subscribe" and feed.kind == "corrections")
    ]
    return (*found, *(feed for feed in feeds if feed.kind == "all"))
