"""A file that is as it was is not read again, and no edit hides behind the times of files."""

import os
from pathlib import Path

import pytest

from builder.content import seen
from builder.content.seen import Seen
from builder.memory import Memory, stamp


class Reader:
    """Reads the files of a folder by way of what is remembered; counts what it had to open."""

    def __init__(self, folder: Path, memory: Path) -> None:
        self.folder = folder
        self.memory = memory
        self.opened: list[str] = []

    def digests(self) -> dict[str, str]:
        memory = Memory(self.memory)
        looks = Seen(self.folder, memory)
        self.opened = []
        found = {}
        for path in sorted(self.folder.iterdir()):
            status = path.lstat()
            digest = looks.digest(path.name, status)
            if digest is None:
                self.opened.append(path.name)
                digest = stamp(path.read_bytes())
                looks.note(path.name, status, digest)
            found[path.name] = digest
        looks.remember()
        memory.save()
        return found


@pytest.fixture
def later(monkeypatch):
    """Let the next looks happen so many seconds later, by the file system's clock."""
    clock = seen._clock

    def wait(seconds: float) -> None:
        def moved(folder: Path):
            device, time = clock(folder)
            return device, time + int(seconds * 1e9)

        monkeypatch.setattr(seen, "_clock", moved)

    return wait


@pytest.fixture
def reader(tmp_path):
    folder = tmp_path / "files"
    folder.mkdir()
    for name in ("a", "b", "c"):
        (folder / name).write_text(f"text of {name}")
    return Reader(folder, tmp_path / "work" / "memory.db")


def test_a_file_that_is_old_enough_is_not_read_again(reader, later):
    later(10)
    first = reader.digests()
    assert reader.opened == ["a", "b", "c"]
    assert reader.digests() == first
    assert reader.opened == []


def test_a_file_written_just_now_is_read_again_until_it_is_old_enough(reader, later):
    reader.digests()
    reader.digests()
    assert reader.opened == ["a", "b", "c"]
    later(10)
    reader.digests()
    reader.digests()
    assert reader.opened == []


def test_an_edit_within_the_same_step_of_the_clock_is_seen(reader, monkeypatch):
    path = reader.folder / "a"
    before = path.lstat()
    # As on a file system with a coarse clock: times and size are those of the text before.
    first = reader.digests()
    monkeypatch.setattr(seen, "_sign", lambda status: (status.st_size, before.st_mtime_ns))
    path.write_text("taxt of a")
    assert reader.digests()["a"] == stamp(b"taxt of a") != first["a"]


def test_an_edit_of_the_same_size_with_its_time_set_back_is_seen(reader, later):
    later(10)
    reader.digests()
    path = reader.folder / "b"
    before = path.lstat()
    path.write_text("taxt of b")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.lstat().st_mtime_ns == before.st_mtime_ns
    assert reader.digests()["b"] == stamp(b"taxt of b")
    assert reader.opened == ["b"]


def test_another_file_in_its_place_is_seen(reader, later):
    later(10)
    reader.digests()
    (reader.folder / "b").replace(reader.folder / "c")
    assert reader.digests() == {"a": stamp(b"text of a"), "c": stamp(b"text of b")}


def test_a_file_from_the_future_is_read_each_time(reader, later):
    later(10)
    path = reader.folder / "a"
    ahead = path.lstat().st_mtime_ns + 3600 * 10**9
    os.utime(path, ns=(ahead, ahead))
    reader.digests()
    reader.digests()
    assert reader.opened == ["a"]


def test_files_on_another_device_than_the_clock_are_read_each_time(reader, monkeypatch):
    clock = seen._clock
    monkeypatch.setattr(seen, "_clock", lambda folder: (-1, clock(folder)[1] + 10**10))
    reader.digests()
    reader.digests()
    assert reader.opened == ["a", "b", "c"]


def test_without_a_clock_or_a_memory_everything_is_read(reader, monkeypatch):
    monkeypatch.setattr(seen, "_clock", lambda folder: None)
    reader.digests()
    reader.digests()
    assert reader.opened == ["a", "b", "c"]
    looks = Seen(reader.folder, Memory())
    looks.note("a", (reader.folder / "a").lstat(), "digest")
    looks.remember()
    assert Seen(reader.folder, Memory()).digest("a", (reader.folder / "a").lstat()) is None


def test_a_folder_that_cannot_be_written_has_no_clock(tmp_path):
    assert seen._clock(tmp_path / "nowhere") is None


def test_the_clock_is_that_of_the_file_system(tmp_path):
    device, time = seen._clock(tmp_path)
    file = tmp_path / "file"
    file.write_text("x")
    assert file.lstat().st_dev == device
    assert abs(file.lstat().st_ctime_ns - time) < 3600 * 10**9
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
