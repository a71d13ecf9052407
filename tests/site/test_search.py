"""The index as a whole, and what is said when it cannot be made."""

import subprocess

import pagefind_bin
import pytest

from builder.site import search
from builder.site.search import SearchFailed


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
    def failing(command, **options):
        return subprocess.CompletedProcess(command, 1, stdout="", stderr="no space\nleft\n")

    monkeypatch.setattr(subprocess, "run", failing)
    with pytest.raises(SearchFailed, match=r"^Pagefind failed: no space left$"):
        search.index(tmp_path)


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
    page = tmp_path / "index.html"
    page.write_text("<html lang=en><body data-pagefind-body>Crane</body></html>")

    def unknown(bundle):
        raise search.bundle.UnknownBundle("en_1.pf_meta: unexpected form")

    monkeypatch.setattr(search.bundle, "settle", unknown)
    with pytest.raises(
        SearchFailed, match=r"not understood: en_1.pf_meta: unexpected form; install"
    ):
        search.index(tmp_path)


def test_an_older_index_leaves_nothing_behind(tmp_path):
    page = tmp_path / "index.html"
    page.write_text("<html lang=en><body data-pagefind-body>Crane</body></html>")
    search.index(tmp_path)
    (tmp_path / "pagefind" / "old.pf_meta").write_text("old")
    (tmp_path / "search" / "0000").mkdir()
    search.index(tmp_path)
    assert not (tmp_path / "pagefind" / "old.pf_meta").exists()
    assert not (tmp_path / "search" / "0000").exists()
