"""Front matter is found, and fields are set in it without touching anything else."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.content import frontmatter, paper
from builder.content.frontmatter import set_fields

FILE = """---
title: "Half a Loaf" # as printed
# The venue is not known yet.

links:
  - {kind: code, url: "https://example.org/"}
summary: >
  Folded
  text.
---
Body with a line
---
of dashes.
"""


def test_header_and_body_come_with_their_lines():
    parts = frontmatter.split("---\na: 1\nb: 2\n---\nbody\n", path="x.md")
    assert (parts.header, parts.header_line) == ("a: 1\nb: 2\n", 2)
    assert (parts.body, parts.body_line) == ("body\n", 5)


def test_spaces_behind_the_dashes_are_forgiven():
    parts = frontmatter.split("--- \na: 1\n---\t\nbody", path="x.md")
    assert (parts.header, parts.body) == ("a: 1\n", "body")


def test_only_the_second_line_of_dashes_ends_the_header():
    assert frontmatter.split(FILE, path="x.md").body == "Body with a line\n---\nof dashes.\n"


def test_an_empty_header_is_one():
    assert frontmatter.split("---\n---\nbody\n", path="x.md").header == ""


def changed(text: str, **fields: str) -> str:
    return set_fields(text, fields, order=paper.KEYS)


def test_a_new_key_goes_behind_the_last_one_that_precedes_it():
    text = changed(FILE, venue="venue: ICLR 2025")
    assert text == FILE.replace("# as printed\n", "# as printed\nvenue: ICLR 2025\n")


def test_a_new_key_of_several_lines_goes_in_whole():
    text = changed(FILE, tags="tags:\n  - one\n  - two")
    assert text == FILE.replace("  text.\n", "  text.\ntags:\n  - one\n  - two\n")


def test_a_key_that_precedes_all_others_goes_to_the_top():
    text = changed("---\nvenue: X\n---\nbody\n", title='title: "T"')
    assert text == '---\ntitle: "T"\nvenue: X\n---\nbody\n'


def test_a_present_key_is_replaced_with_its_continuation_lines():
    text = changed(FILE, summary="summary: Short.", links="links: []")
    assert text == FILE.replace("summary: >\n  Folded\n  text.\n", "summary: Short.\n").replace(
        'links:\n  - {kind: code, url: "https://example.org/"}\n', "links: []\n"
    )


def test_windows_line_ends_are_kept_and_used():
    text = changed(FILE.replace("\n", "\r\n"), venue="venue: ICLR 2025", tags="tags:\n  - one")
    plain = changed(FILE, venue="venue: ICLR 2025", tags="tags:\n  - one")
    assert text == plain.replace("\n", "\r\n")


def test_a_list_that_is_not_indented_belongs_to_its_key():
    text = changed("---\ntitle: T\ntags:\n- a\n- b\npick: true\n---\nx\n", tags="tags: [c]")
    assert text == "---\ntitle: T\ntags: [c]\npick: true\n---\nx\n"


SIGNS = st.text(string.ascii_letters + " #:',[]{}\u00e9-", max_size=20)


@given(title=SIGNS, comment=SIGNS, body=st.text(), newline=st.sampled_from(["\n", "\r\n"]))
def test_every_other_byte_stays_as_it_was(title, comment, body, newline):
    head = ["---", f'title: "T {title}"', f"# {comment}", "summary: x", "---", ""]
    text = newline.join(head) + body
    made = changed(text, venue="venue: V", summary="summary: y")
    head[3:4] = ["summary: y"]
    head[2:2] = ["venue: V"]
    assert made == newline.join(head) + body


@pytest.mark.parametrize("key", paper.KEYS)
def test_a_set_field_reads_back(key, small):
    full = small.papers["half-a-loaf-sparse-updates-for-large-models"]
    lines = paper.header_lines(full)
    bare = "---\n" + "".join(
        f"{value}\n" for name, value in lines.items() if name != key or name == "title"
    )
    text = changed(bare + f"---\n{full.abstract}\n", **{key: lines[key]})
    back = paper.parse(text, path=full.source.path)
    assert getattr(back, key) == getattr(full, key)
