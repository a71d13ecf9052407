"""When what a page shows last changed."""

import shutil
from datetime import date

import pytest

from builder import history, library
from builder.analysis import analyse
from builder.site.dates import modified
from tests.conftest import DATA
from tests.repositories import Repository, needs_git

LOAF = "papers/half-a-loaf-sparse-updates-for-large-models.md"
CRANE = "papers/papercrane-folding-policies-from-one-demonstration.md"
SOURCES = {
    "index.md": "",
    "authors/ada-example.md": "",
    LOAF: LOAF,
    CRANE: CRANE,
    "tags/index.md": "tags.yml",
    "tags/sparsity.md": "tags.yml",
    "tags/robotics.md": "tags.yml",
    "tags/robotics/2025.md": "tags.yml",
    "editions/daily-papers-2025-03-17.md": "editions/daily-papers-2025-03-17.yml",
}


def dates(root, sources=SOURCES):
    loaded = library.load(root)
    return modified(sources, history.timeline(loaded, history.read(root)), analyse(loaded))


@needs_git
def test_a_page_changes_with_what_it_shows(tmp_path):
    repository = Repository(tmp_path / "list")
    root = shutil.copytree(DATA / "library", repository.folder / "content")
    repository.commit("2025-04-01")
    with (root / LOAF).open("a", encoding="utf-8") as paper:
        paper.write("\nMore.\n")
    repository.commit("2025-05-01")
    found = dates(root)
    old, new = date(2025, 4, 1), date(2025, 5, 1)
    assert found == {
        "index.md": new,
        "authors/ada-example.md": new,
        LOAF: new,
        CRANE: old,
        "tags/index.md": new,
        "tags/sparsity.md": new,
        "tags/robotics.md": old,
        "tags/robotics/2025.md": old,
        "editions/daily-papers-2025-03-17.md": old,
        "about.md": old,
        "contribute.md": old,
    }


@needs_git
def test_a_page_of_a_file_that_was_never_committed_has_no_date(tmp_path):
    repository = Repository(tmp_path / "list")
    root = shutil.copytree(DATA / "library", repository.folder / "content")
    repository.commit("2025-04-01")
    (root / "papers" / "new.md").write_text('---\ntitle: "New"\n---\nText.\n')
    assert "papers/new.md" not in dates(root, {"papers/new.md": "papers/new.md"})


@pytest.mark.parametrize("folder", ["content"])
def test_without_git_no_page_has_a_date(tmp_path, folder):
    root = shutil.copytree(DATA / "library", tmp_path / folder)
    assert dates(root) == {}
