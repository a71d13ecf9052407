"""The index as a whole, and what is said when it cannot be made."""

import os
from pathlib import Path

import pagefind_bin
import pytest

from builder.site import indexer, lean, search
from builder.site.search import SearchFailed
from tests.projects import files_of


def make_site(folder: Path, **pages: str) -> Path:
    """A site of pages that say what they are called; by default one."""
    for name, text in (pages or {"crane": "Crane"}).items():
        page = folder / name / "index.html"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(
            f"<html lang=en><body><nav>A</nav><main data-pagefind-body>{text}</main></body></html>"
        )
    return folder


def test_a_missing_pagefind_is_said_with_what_to_do(tmp_path, monkeypatch):
    def missing():
        raise FileNotFoundError("Could not find any of [...]")

    monkeypatch.setattr(pagefind_bin, "get_executable", missing)
    with pytest.raises(SearchFailed) as failed:
        search.index(tmp_path)
    assert str(failed.value) == (
        "Pagefind is not installed; run pip install 'pagefind[bin]', or build with --no-search"
    )


def test_a_failing_pagefind_is_quoted(tmp_path, monkeypatch):
    program = tmp_path / "pagefind"
    program.write_text("#!/bin/sh\necho 'no space\nleft' >&2\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program)
    with pytest.raises(SearchFailed, match=r"^Pagefind failed: no space left$"):
        search.index(make_site(tmp_path))


def test_what_pagefind_answers_to_what_it_does_not_understand_is_quoted(tmp_path, monkeypatch):
    monkeypatch.setattr(indexer, "_requests", lambda pages: [{"type": "Nonsense"}])
    with pytest.raises(SearchFailed, match=r"^Pagefind failed: .*Nonsense"):
        search.index(make_site(tmp_path))


def test_a_page_that_cannot_be_read_is_said_as_it_is(tmp_path, monkeypatch):
    site = make_site(tmp_path)

    def unreadable(page):
        raise PermissionError(13, "Permission denied", "index.html")

    monkeypatch.setattr(lean, "lean", unreadable)
    with pytest.raises(PermissionError):
        search.index(site)


def test_a_pagefind_that_cannot_run_is_said(tmp_path, monkeypatch):
    program = tmp_path / "pagefind"
    program.write_bytes(b"no program")
    monkeypatch.setattr(pagefind_bin, "get_executable", lambda: program)
    with pytest.raises(SearchFailed, match=r"^Pagefind cannot be run: .*; install it anew$"):
        search.index(tmp_path)


def test_a_folder_without_pages_is_no_site(tmp_path):
    with pytest.raises(SearchFailed, match="Pagefind"):
        search.index(tmp_path)


def test_files_of_an_unknown_form_stop_the_build(tmp_path, monkeypatch):
    make_site(tmp_path)

    def unknown(bundle):
        raise search.bundle.UnknownBundle("en_1.pf_meta: unexpected form")

    monkeypatch.setattr(search.bundle, "settle", unknown)
    with pytest.raises(
        SearchFailed, match=r"not understood: en_1.pf_meta: unexpected form; install"
    ):
        search.index(tmp_path)


def test_an_older_index_leaves_nothing_behind(tmp_path):
    make_site(tmp_path)
    search.index(tmp_path)
    (tmp_path / "pagefind" / "old.pf_meta").write_text("old")
    (tmp_path / "search" / "0000").mkdir()
    search.index(tmp_path)
    assert not (tmp_path / "pagefind" / "old.pf_meta").exists()
    assert not (tmp_path / "search" / "0000").exists()


def test_a_site_in_which_nothing_is_marked_is_indexed_as_a_whole(tmp_path):
    (tmp_path / "index.html").write_text("<html lang=en><body>Crane</body></html>")
    search.index(tmp_path)
    assert len(list((tmp_path / "pagefind" / "fragment").iterdir())) == 1


class TestRecord:
    """What an earlier run has seen, in a file of ours."""

    @pytest.fixture
    def site(self, tmp_path):
        site = make_site(tmp_path / "site", crane="Crane", boat="Boat", loaf="Loaf")
        (site / "about.html").write_text("<html lang=en><body>About</body></html>")
        return site

    @pytest.fixture
    def record(self, tmp_path, site):
        record = tmp_path / "work" / "search.json"
        assert search.index(site, record=record)
        return record

    def test_the_same_pages_are_not_indexed_again(self, site, record, monkeypatch):
        monkeypatch.setattr(indexer, "run", None)
        assert not search.index(site, record=record)
        for page in site.rglob("*.html"):
            os.utime(page, ns=(0, 1))
        assert not search.index(site, record=record)

    def test_a_change_of_what_is_not_indexed_is_none(self, site, record, monkeypatch):
        monkeypatch.setattr(indexer, "run", None)
        page = site / "crane" / "index.html"
        page.write_text(page.read_text().replace("<nav>A</nav>", "<nav>Another</nav>"))
        (site / "about.html").write_text("<html lang=en><body>More about</body></html>")
        assert not search.index(site, record=record)
        assert not search.index(site, record=record)

    @pytest.mark.parametrize("change", ["edit", "add", "remove", "rename", "mark"])
    def test_any_change_of_the_pages_is_followed(self, site, record, tmp_path, change):
        if change == "edit":
            make_site(site, crane="Cranes")
        elif change == "add":
            make_site(site, hat="Hat")
        elif change == "remove":
            (site / "boat" / "index.html").unlink()
        elif change == "rename":
            (site / "boat").rename(site / "ship")
        else:
            page = site / "about.html"
            page.write_text(page.read_text().replace("<body>", "<body data-pagefind-body>"))
        assert search.index(site, record=record)
        followed = files_of(site)
        search.index(site)
        assert files_of(site) == followed
        assert not search.index(site, record=record)

    def test_a_file_of_the_index_that_was_touched_or_lost_is_made_again(self, site, record):
        made = files_of(site)
        for path in ("pagefind/pagefind-entry.json", "search/index.json"):
            (site / path).write_text("{}")
            assert search.index(site, record=record)
            assert files_of(site) == made
        next((site / "pagefind" / "fragment").iterdir()).unlink()
        assert search.index(site, record=record)
        assert files_of(site) == made

    def test_files_that_are_as_they_were_are_not_written(self, site, record):
        folder = site / "pagefind" / "fragment"
        before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
        make_site(site, crane="Cranes")
        search.index(site, record=record)
        after = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
        assert len(after) == 3
        assert len(before.items() & after.items()) == 2

    def test_a_file_that_somebody_changed_is_written_though_the_record_knows_it(self, site, record):
        made = files_of(site)
        changed = next((site / "pagefind" / "fragment").iterdir())
        changed.write_bytes(b"?")
        make_site(site, crane="Cranes")
        search.index(site, record=record)
        make_site(site, crane="Crane")
        search.index(site, record=record)
        assert files_of(site) == made

    @pytest.mark.parametrize("text", ["", "[]", '{"programs": "others"}'])
    def test_a_record_of_no_use_is_no_hindrance(self, site, record, text):
        record.write_text(text)
        assert search.index(site, record=record)
        assert not search.index(site, record=record)

    def test_a_run_that_fails_leaves_no_record(self, site, record, monkeypatch):
        make_site(site, crane="Cranes")

        def failing(pages):
            raise indexer.PagefindFailed("Pagefind failed: no space left")

        monkeypatch.setattr(indexer, "run", failing)
        with pytest.raises(SearchFailed):
            search.index(site, record=record)
        assert not record.exists()
