"""An index that is begun before its pages are there."""

import pytest

from builder.memory import Memory
from builder.site import indexer, search
from builder.site.ahead import Ahead
from builder.site.indexed import Look, Pages, scan
from tests.projects import files_of
from tests.site.test_search import make_site

NAMES = ("boat", "crane", "loaf")


@pytest.fixture
def site(tmp_path):
    return make_site(tmp_path / "site", crane="Crane", boat="Boat", loaf="Loaf")


def path(name):
    return f"{name}/index.html"


def look(site, name):
    return {path(name): Look.at(site / path(name))}


def pages(site):
    return Pages(site, dict(scan(site, suffix=".html")), {}, Memory(), {})


def marked(site):
    return pages(site).marked


def indexed(site):
    search.index(site)
    return files_of(site)


def test_pages_are_numbered_by_their_paths_in_whatever_order_they_come(site):
    ahead = Ahead(site, map(path, NAMES))
    ahead.start()
    for name in ("loaf", "crane"):
        ahead.give(look(site, name))
    assert ahead.result(marked(site)) == indexer.run(pages(site).parts())


def test_the_index_that_was_begun_is_the_one_that_is_written(site, tmp_path, monkeypatch):
    made = indexed(make_site(tmp_path / "other", crane="Crane", boat="Boat", loaf="Loaf"))
    ahead = Ahead(site, map(path, NAMES))
    ahead.start()
    for name in NAMES:
        ahead.give(look(site, name))
    assert ahead.result(marked(site))
    monkeypatch.setattr(search.indexer, "run", None)
    assert search.index(site, record=tmp_path / "search.json", ahead=ahead)
    assert files_of(site) == made


@pytest.mark.parametrize("change", ["edit", "add", "remove", "stamp"])
def test_an_index_of_other_pages_is_not_taken(site, tmp_path, change):
    ahead = Ahead(site, map(path, NAMES))
    ahead.start()
    for name in NAMES:
        ahead.give(look(site, name))
    if change == "edit":
        make_site(site, crane="Cranes")
    elif change == "add":
        make_site(site, hat="Hat")
    elif change == "remove":
        (site / path("boat")).unlink()
    else:
        make_site(site, crane="Crane")
    search.index(site, record=tmp_path / "search.json", ahead=ahead)
    found = files_of(site)
    search.index(site)
    assert files_of(site) == found


def test_what_ends_pagefind_is_said_where_the_index_is_asked_for(site, monkeypatch):
    def failing(pages):
        next(pages)
        raise indexer.PagefindFailed("Pagefind failed: no space left")

    monkeypatch.setattr(indexer, "run", failing)
    ahead = Ahead(site, map(path, NAMES))
    ahead.start()
    with pytest.raises(indexer.PagefindFailed):
        ahead.result(marked(site))


def test_nobody_waits_for_an_index_that_nobody_wants(site):
    ahead = Ahead(site, map(path, NAMES))
    ahead.start()
    ahead.close()
    assert not ahead._thread.is_alive()


def test_an_index_that_was_not_begun_is_none(site):
    assert Ahead(site, ()).result({}) is None
