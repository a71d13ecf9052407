"""Silences are read as they are written."""

from builder.content import silences

TEXT = """silence:
  - path: papers/a-paper.md
    field: abstract
    says: "cut off"
    reason: The authors end so
"""


def test_what_is_written_is_read_back():
    found = silences.parse(TEXT, path="check.yml")
    assert len(found.entries) == 1
    assert silences.dump(found) == TEXT


def test_an_empty_file_silences_nothing():
    assert silences.parse("", path="check.yml").entries == ()
