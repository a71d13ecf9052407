"""Tombstones are read as they are written."""

from builder.content import removed
from builder.content.removed import Tombstone

TEXT = """removed:
  - slug: a-paper
    title: "A Paper"
    reason: Withdrawn by its authors
"""


def test_what_is_written_is_read_back():
    found = removed.parse(TEXT, path="removed.yml")
    stone = Tombstone(slug="a-paper", title="A Paper", reason="Withdrawn by its authors")
    assert dict(found.tombstones) == {"a-paper": stone}
    assert stone.path == "/papers/a-paper/"
    assert removed.dump(found) == TEXT


def test_an_empty_file_removes_nothing():
    assert removed.dump(removed.parse("", path="removed.yml")) == ""
