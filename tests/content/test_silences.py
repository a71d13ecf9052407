"""Silences are read as they are written."""

from builder.content import silences

TEXT = """silence:
  - path: papers/a-paper.md
    field: abstract
    says: "cut off"
    reason: The authors end so
  - path: papers/a-paper.md
    field: "links[0].url"
    says: "403"
    check: links
    reason: Their server wants a browser
"""


def test_what_is_written_is_read_back():
    found = silences.parse(TEXT, path="check.yml")
    assert len(found.entries) == 2
    assert silences.dump(found) == TEXT


def test_an_empty_file_silences_nothing():
    assert silences.parse("", path="check.yml").entries == ()
