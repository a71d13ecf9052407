"""A started list, and a program that ships other files than this one."""

import shutil
from pathlib import Path

import pytest

from builder.starter import table
from tests.repositories import Repository


@pytest.fixture
def started(papershelf, tmp_path) -> Repository:
    """A list in a repository of its own, committed; the test runs in it."""
    result = papershelf("init", "list", "--title", "A list", "--repo-url", "https://github.com/a/b")
    assert result.exit_code == 0, result.output
    repository = Repository(tmp_path / "list")
    repository.commit("2025-01-01")
    return repository


@pytest.fixture
def shipped(monkeypatch, tmp_path) -> Path:
    """The shipped files as a copy that a test may change, as a later version would have them."""
    root = tmp_path / "shipped"
    for source in table.packed():
        (root / source).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(table.shipped.root() / source, root / source)
    monkeypatch.setattr(table.shipped, "root", lambda: root)
    return root
