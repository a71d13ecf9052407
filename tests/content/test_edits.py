"""Small edits leave every other byte as it is."""

import pytest

from builder.content import edits

BLOCK = """---
title: "A"
related:
  # about b
  - b  # and behind it
  - c
pick: true
---
related: [b]
"""


def gone(text, name, *, front=False, keep=()):
    return edits.remove_items(text, {name}.__contains__, front=front, keep_empty=keep)


def test_a_name_is_changed_where_it_is_meant_and_nowhere_else():
    text = edits.rename(BLOCK, "b", "new", lambda name: name == "related[0]", front=True)
    assert text == BLOCK.replace("- b ", "- new ")


def test_an_item_of_a_block_goes_with_the_comment_behind_it():
    assert gone(BLOCK, "related[0]", front=True) == BLOCK.replace("  - b  # and behind it\n", "")


@pytest.mark.parametrize(
    ("index", "left"), [(0, "x: [b, c]  # k\ny: 1\n"), (2, "x: [a, b]  # k\ny: 1\n")]
)
def test_an_item_of_a_flow_list_goes_with_its_comma(index, left):
    assert gone("x: [a, b, c]  # k\ny: 1\n", f"x[{index}]") == left


def test_a_list_of_which_nothing_is_left_goes_with_its_key():
    assert gone("x: [a]\ny: 1\n", "x[0]") == "y: 1\n"
    assert gone("x:\n  - a\ny: 1\n", "x[0]") == "y: 1\n"


def test_a_list_that_must_stay_is_written_empty():
    assert gone("x:\n  - a\n  - b\n", "x[1]", keep=("x",)) == "x:\n  - a\n"
    assert gone("y: 1\nx:\n  - a\n", "x[0]", keep=("x",)) == "y: 1\nx: []\n"
    assert gone("x: [a]\n", "x[0]", keep=("x",)) == "x: []\n"


def test_a_mapping_in_a_list_goes_as_a_whole():
    text = (
        "papers:\n  - paper: a\n    note: >-\n      long\n      text\n  - paper: b\n    note: n\n"
    )
    assert gone(text, "papers[0]") == "papers:\n  - paper: b\n    note: n\n"


def test_line_ends_of_windows_stay():
    assert gone("x:\r\n  - a\r\n  - b\r\n", "x[0]") == "x:\r\n  - b\r\n"
