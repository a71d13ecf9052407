"""A history that is remembered is the one that Git tells."""

import random

import pytest

from builder import history, library
from builder.history import git
from builder.history.corrections import corrections
from builder.memory import Memory
from tests.repositories import needs_git, paper

pytestmark = needs_git


def remembered(content, memory_path):
    """The history, with a memory that is opened and kept as by a build."""
    memory = Memory(memory_path)
    found = history.read(content, memory)
    memory.save()
    return found


def fresh(content):
    return history.read(content)


def logs(monkeypatch) -> list[str]:
    """Grows by a word for each whole log that Git is asked for, and each fetch of texts."""
    asked: list[str] = []
    real = git._git

    def ask(root, *arguments, **more):
        if "--raw" in arguments:
            asked.append("log")
        if arguments[0] == "cat-file":
            asked.append("texts")
        return real(root, *arguments, **more)

    monkeypatch.setattr(git, "_git", ask)
    return asked


def test_an_edit_that_is_not_committed_asks_git_for_no_log(shelf, tmp_path, monkeypatch):
    shelf.put("one")
    shelf.commit("2025-01-01")
    memory = tmp_path / "work" / "memory.db"
    first = remembered(shelf.content, memory)
    shelf.put("one", venue="ICML 2025")
    shelf.put("two")
    asked = logs(monkeypatch)
    assert remembered(shelf.content, memory) == first
    assert asked == []


def test_a_commit_elsewhere_asks_for_none_either_and_one_to_the_list_does(
    shelf, tmp_path, monkeypatch
):
    shelf.put("one")
    shelf.commit("2025-01-01")
    memory = tmp_path / "work" / "memory.db"
    remembered(shelf.content, memory)
    shelf.repository.write("README.md", "x")
    shelf.commit("2025-01-02")
    asked = logs(monkeypatch)
    remembered(shelf.content, memory)
    assert asked == []
    shelf.put("one", venue="ICML 2025")
    shelf.commit("2025-01-03")
    found = remembered(shelf.content, memory)
    assert asked == ["log"]
    assert [change.order for change in found.changes["papers/one.md"]] == [0, 1]


@pytest.mark.parametrize("seed", range(2))
def test_after_any_commits_the_history_is_that_of_git(shelf, tmp_path, seed):
    chance = random.Random(seed)
    shelf.put("p0")
    shelf.commit("2025-01-01")
    for day in range(2, 12):
        for _ in range(chance.randint(0, 3)):
            shelf.put(f"p{chance.randrange(4)}", venue=f"ICML {chance.randint(2000, 2020)}")
        if chance.random() < 0.3:
            chance.choice(sorted((shelf.content / "papers").iterdir())).unlink()
            shelf.put("p0")
        if chance.random() < 0.2:
            shelf.repository.git("add", "--all")
            shelf.repository.git("commit", "--quiet", "--amend", "--allow-empty", "--message=again")
        elif chance.random() < 0.8:
            shelf.commit(f"2025-01-{day:02}")
        found = remembered(shelf.content, tmp_path / "work" / "memory.db")
        assert found == fresh(shelf.content)
        assert list(found.changes) == list(fresh(shelf.content).changes)


def test_a_shallow_clone_that_is_made_deeper_is_read_anew(shelf, tmp_path):
    for day in range(1, 5):
        shelf.put("one", venue=f"ICML 202{day}")
        shelf.commit(f"2025-01-0{day}")
    clone = tmp_path / "clone"
    source = f"file://{shelf.repository.folder}"
    shelf.repository.git("clone", "--quiet", "--depth=2", source, str(clone))
    memory = tmp_path / "work" / "memory.db"
    for more in ("--deepen=1", "--unshallow"):
        assert remembered(clone / "content", memory) == fresh(clone / "content")
        shelf.repository.git("-C", str(clone), "fetch", "--quiet", more)
    found = remembered(clone / "content", memory)
    assert found == fresh(clone / "content")
    assert not found.warning
    assert len(found.changes["papers/one.md"]) == 4


def test_corrections_are_told_once_and_again_where_something_of_them_changed(
    shelf, tmp_path, monkeypatch
):
    shelf.put("one")
    shelf.commit("2025-01-01")
    shelf.put("one", venue="ICML 2025")
    shelf.commit("2025-01-02")

    def told():
        memory = Memory(tmp_path / "work" / "memory.db")
        dates = history.timeline(library.load(shelf.content), history.read(shelf.content, memory))
        found = corrections(dates, 50, memory)
        memory.save()
        assert found == corrections(dates, 50)
        return found

    (first,) = told()
    asked = logs(monkeypatch)
    assert told() == (first,)
    # Once, by the comparison above.
    assert asked == ["texts"]
    shelf.write("redirects.yml", "/papers/old-name/: /papers/one/\n")
    shelf.put("one", text=paper("one", venue="ICML 2026"))
    assert told() == (first,)
    assert asked == ["texts"] * 3
    shelf.commit("2025-01-03")
    assert len(told()) == 2
