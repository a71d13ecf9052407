import os
from pathlib import Path

import pytest

from builder.pages import write as module
from builder.pages.write import write


def test_every_page_is_written(tmp_path: Path) -> None:
    done = write({"index.md": "home\n", "papers/a.md": "a\n"}, tmp_path)
    assert (tmp_path / "papers" / "a.md").read_text() == "a\n"
    assert done.changed == ("index.md", "papers/a.md")
    assert (done.removed, done.unchanged) == ((), 0)


def test_a_page_that_is_right_already_keeps_its_time(tmp_path: Path) -> None:
    write({"a.md": "a\n", "b.md": "b\n"}, tmp_path)
    os.utime(tmp_path / "a.md", (1, 1))
    os.utime(tmp_path / "b.md", (1, 1))
    done = write({"a.md": "a\n", "b.md": "changed\n"}, tmp_path)
    assert (tmp_path / "a.md").stat().st_mtime == 1
    assert (tmp_path / "b.md").stat().st_mtime > 1
    assert (done.changed, done.unchanged) == (("b.md",), 1)


def test_a_page_that_is_no_longer_planned_is_removed(tmp_path: Path) -> None:
    write({"a.md": "a\n", "papers/b.md": "b\n"}, tmp_path)
    done = write({"a.md": "a\n"}, tmp_path)
    assert done.removed == ("papers/b.md",)
    assert not (tmp_path / "papers" / "b.md").exists()


def test_nothing_is_removed_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write({"old.md": "old\n"}, tmp_path)

    def full(texts: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(module, "write_texts", full)
    with pytest.raises(OSError, match="no space left"):
        write({"new.md": "new\n"}, tmp_path)
    assert (tmp_path / "old.md").read_text() == "old\n"
