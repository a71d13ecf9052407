"""A library that is read with the help of a memory is the one that is read without."""

import dataclasses
import os
import random
from pathlib import Path

import pytest

from builder import library
from builder.content import files, paper, seen
from builder.library import Library
from builder.memory import Memory, stamp

LOAF = "half-a-loaf-sparse-updates-for-large-models"


@pytest.fixture(autouse=True)
def inside(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def inspected(content: Path, memory: Path):
    kept = Memory(memory)
    found = library.inspect(content, kept)
    kept.save()
    return found


def everything(loaded: Library):
    """All of a library, with what equality leaves out: the lines of everything, and the order."""
    return (
        loaded,
        list(loaded.papers),
        [item.source for item in loaded.papers.values()],
        [item.file for item in loaded.editions.values()],
        [item.source for item in loaded.collections.values()],
        loaded.digests,
    )


def add(content: Path, chance: random.Random) -> None:
    name = f"new-{chance.randrange(10**6)}"
    text = f'---\ntitle: "New {name}"\nauthors: [Ada Example]\n---\nAn abstract.\n'
    (content / "papers" / f"{name}.md").write_text(text)


def edit(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("papers/*.md")))
    path.write_text(path.read_text() + f"\nMore, {chance.random()}.\n")


def shift(content: Path, chance: random.Random) -> None:
    """The same paper, each fact in another line."""
    path = chance.choice(sorted(content.glob("papers/*.md")))
    path.write_text(path.read_text().replace("---\n", "---\n# a comment\n", 1))


def mistake(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("*/*.*")))
    path.write_text(path.read_text().replace("title:", "titel:", 1))


def mend(content: Path, chance: random.Random) -> None:
    for path in content.glob("*/*.*"):
        path.write_text(path.read_text().replace("titel:", "title:"))


def rename(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("papers/*.md")))
    path.rename(path.with_name(f"moved-{chance.randrange(10**6)}.md"))


def swap(content: Path, chance: random.Random) -> None:
    one, other = chance.sample(sorted(content.glob("papers/*.md")), 2)
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)


def remove(content: Path, chance: random.Random) -> None:
    chance.choice(sorted(content.glob("papers/*.md"))).unlink()


def listing(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("editions/*.yml")))
    path.write_text(path.read_text().replace("comments: ", "comments: 1"))


@pytest.mark.parametrize("seed", range(4))
def test_any_edits_are_seen(content, tmp_path, seed, monkeypatch):
    # Half of the runs take every file on trust whose times are the same, as an hour later.
    if seed % 2:
        clock = seen._clock
        monkeypatch.setattr(
            seen, "_clock", lambda folder: (clock(folder)[0], clock(folder)[1] + 3600 * 10**9)
        )
    chance = random.Random(seed)
    ways = (add, edit, shift, mistake, mend, rename, swap, remove, listing)
    for _ in range(12):
        for way in chance.sample(ways, chance.randint(0, 2)):
            way(content, chance)
        remembered = inspected(content, tmp_path / "work" / "memory.db")
        fresh = library.inspect(content)
        assert everything(remembered[0]) == everything(fresh[0])
        assert remembered[1] == fresh[1]


def test_a_file_that_is_as_it_was_is_neither_read_nor_parsed(content, tmp_path, monkeypatch):
    clock = seen._clock
    monkeypatch.setattr(
        seen, "_clock", lambda folder: (clock(folder)[0], clock(folder)[1] + 3600 * 10**9)
    )
    memory = tmp_path / "work" / "memory.db"
    inspected(content, memory)
    edited = content / "papers" / f"{LOAF}.md"
    edited.write_text(edited.read_text() + "\nMore.\n")
    # Its times are of now, and now is long past for it: only it is read.
    read, parsed = [], []
    read_bytes, parse = files.read_bytes, paper.parse
    monkeypatch.setattr(
        files, "read_bytes", lambda path, shown: read.append(path.name) or read_bytes(path, shown)
    )
    monkeypatch.setattr(
        paper, "parse", lambda text, path: parsed.append(path) or parse(text, path=path)
    )
    inspected(content, memory)
    assert [name for name in read if name.endswith(".md")] == [f"{LOAF}.md"]
    assert parsed == [f"content/papers/{LOAF}.md"]


def test_a_file_that_was_touched_is_read_and_not_parsed(content, tmp_path, monkeypatch):
    memory = tmp_path / "work" / "memory.db"
    inspected(content, memory)
    os.utime(content / "papers" / f"{LOAF}.md")
    monkeypatch.setattr(paper, "parse", lambda text, path: pytest.fail(f"{path} is parsed"))
    assert LOAF in inspected(content, memory)[0].papers


def test_another_working_directory_names_files_otherwise(content, tmp_path, monkeypatch):
    memory = tmp_path / "work" / "memory.db"
    inspected(content, memory)
    monkeypatch.chdir(content)
    found, _ = inspected(content, memory)
    assert found.papers[LOAF].source.path == f"./papers/{LOAF}.md"


def test_two_contents_may_share_a_memory(content, tmp_path):
    memory = tmp_path / "work" / "memory.db"
    other = tmp_path / "other"
    (other / "papers").mkdir(parents=True)
    text = (content / "papers" / f"{LOAF}.md").read_text()
    (other / "papers" / f"{LOAF}.md").write_text(text.replace("related", "# related"))
    for _ in range(2):
        for root in (content, other):
            assert everything(inspected(root, memory)[0]) == everything(library.inspect(root)[0])


def test_every_file_has_its_digest(content):
    (content / "papers" / "broken.md").write_text("no front matter")
    found, _ = library.inspect(content)
    assert found.digests == {
        path.relative_to(content).as_posix(): stamp(path.read_bytes())
        for path in content.rglob("*")
        if path.is_file() and path.parent.name != "pages"
    }


def test_digests_are_no_part_of_what_a_library_says(small):
    assert small == dataclasses.replace(small, digests={})
