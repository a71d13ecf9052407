"""Which feeds there are, and which pages name them."""

from pathlib import Path

import pytest

from builder import feedlist
from builder.analysis import analyse
from builder.content.edition import Edition
from builder.history import History, timeline
from builder.library import Library

URL = "https://example.org/"


@pytest.fixture
def infos(small):
    dates = timeline(small, History(root=small.root))
    return feedlist.feeds(small, analyse(small), dates, site_url=URL)


def test_there_is_a_feed_for_each_series_path_and_topic_that_has_papers(infos, small):
    tagged = {tag for paper in small.papers.values() for tag in paper.tags or ()}
    kinds = {feed.kind for feed in infos}
    assert kinds == {"all", "series", "collection", "tag"}
    assert {feed.key for feed in infos if feed.kind == "tag"} >= tagged
    assert [feed.id for feed in infos][:3] == [
        "all",
        "editions/huggingface-daily-papers",
        "collections/less-is-more",
    ]
    assert len({feed.id for feed in infos}) == len(infos)


def test_without_the_sites_address_there_is_no_feed(small):
    dates = timeline(small, History(root=small.root))
    assert feedlist.feeds(small, analyse(small), dates, site_url="") == ()


def test_a_list_that_nothing_dates_has_no_feed():
    empty = Library(root=Path("content"), papers={})
    dates = timeline(empty, History(root=empty.root))
    assert feedlist.feeds(empty, analyse(empty), dates, site_url=URL) == ()


def test_a_series_is_what_has_the_same_source_or_else_the_same_title():
    def edition(key, title, source=None):
        return Edition(id=key, title=title, source=source, papers=())

    listed = (
        edition("c", "Daily Papers", "daily"),
        edition("b", "Weekly Reading"),
        edition("a", "Weekly Reading"),
        edition("d", "Daily papers, again", "daily"),
        edition("e", "…"),
    )
    found = feedlist.series(listed)
    assert {key: [item.id for item in items] for key, items in found.items()} == {
        "daily": ["c", "d"],
        "editions": ["e"],
        "weekly-reading": ["b", "a"],
    }


@pytest.mark.parametrize(
    ("path", "ids"),
    [
        ("index.md", ["all"]),
        ("papers/do-robots-fold-paper.md", ["all"]),
        ("tags/theory.md", ["tags/theory", "all"]),
        ("tags/index.md", ["all"]),
        ("collections/less-is-more.md", ["collections/less-is-more", "all"]),
        ("editions/index.md", ["editions/huggingface-daily-papers", "all"]),
        ("editions/daily-papers-2025-03-17.md", ["editions/huggingface-daily-papers", "all"]),
        ("subscribe/index.md", ["editions/huggingface-daily-papers", "all"]),
        ("authors/theory.md", ["all"]),
    ],
)
def test_a_page_names_its_own_feed_first(infos, small, path, ids):
    assert [feed.id for feed in feedlist.on_page(infos, small, path)] == ids
