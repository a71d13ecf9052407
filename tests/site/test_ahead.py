"""An index that is begun before its pages are there."""

import pytest

from builder.memory import Memory
from builder.site import bundle, indexer, search
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


def begun(site, names=NAMES):
    """An index that waits for these pages."""
    return Ahead(site, map(path, names), site.parent / "work", search.settle)


def test_pages_are_numbered_by_their_paths_in_whatever_order_they_come(site):
    ahead = begun(site)
    ahead.start()
    for name in ("loaf", "crane"):
        ahead.give(look(site, name))
    assert ahead.result(marked(site)) == search.settle(indexer.run(pages(site).parts()))


def test_the_index_that_was_begun_is_the_one_that_is_written(site, tmp_path, monkeypatch):
    made = indexed(make_site(tmp_path / "other", crane="Crane", boat="Boat", loaf="Loaf"))
    ahead = begun(site)
    ahead.start()
    for name in NAMES:
        ahead.give(look(site, name))
    assert ahead.result(marked(site))
    monkeypatch.setattr(search.indexer, "run", None)
    assert search.index(site, record=tmp_path / "search.json", ahead=ahead)
    assert files_of(site) == made


@pytest.mark.parametrize("change", ["edit", "add", "remove", "stamp"])
def test_an_index_of_other_pages_is_not_taken(site, tmp_path, change):
    ahead = begun(site)
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
    ahead = begun(site)
    ahead.start()
    with pytest.raises(indexer.PagefindFailed):
        ahead.result(marked(site))


def test_what_is_wrong_with_its_files_is_said_where_the_index_is_asked_for(site, monkeypatch):
    monkeypatch.setattr(indexer, "run", lambda pages: dict(pages) | {"fragment/en_1": b"what?"})
    ahead = begun(site)
    ahead.start()
    with pytest.raises(bundle.UnknownBundle, match="en_1"):
        ahead.result(marked(site))


def test_nobody_waits_for_an_index_that_nobody_wants(site):
    ahead = begun(site)
    ahead.start()
    ahead.close()
    assert not ahead._thread.is_alive()


def test_an_index_that_was_not_begun_is_none(site):
    assert begun(site, ()).result({}) is None
