"""Files in canonical form: what they say stays, every comment too."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.content import paper
from builder.content.canonical import canonical, content_files, form_of
from builder.problems import ProblemsFound
from tests.content.strategies import PAPERS

PAPER = Path("content/papers/a-paper.md")
COMMENTED = """---
# At the head.
arxiv: '2503.01234'   # The id.
# Above the tags.
tags:
  - sparsity   # The first.
  # Between.
  - theory
title: |-  # A block.
  Half a Loaf # no comment
# At the end.
---
Body.
"""


def made(text, path=PAPER):
    return canonical(text, form_of(path), path=path.as_posix())


def test_keys_come_in_order_and_comments_go_with_them():
    assert made(COMMENTED) == (
        '---\ntitle: "Half a Loaf # no comment"  # A block.\n# At the head.\n'
        'arxiv: "2503.01234"  # The id.\n# Above the tags.\n'
        "tags:\n  - sparsity  # The first.\n  # Between.\n  - theory\n# At the end.\n---\nBody.\n"
    )


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("tags: [b, a] # both\n", "tags: [b, a]  # both\n"),
        ("# both\ntags:\n- b\n- a\n", "# both\ntags: [b, a]\n"),
        ("tags: # both\n- b\n- a\n", "tags: [b, a]  # both\n"),
        ("tags:\n# the first\n- b\n- a\n", "tags:\n  # the first\n  - b\n  - a\n"),
        ("tags:\n- b\n- 'a' # the last\n", "tags:\n  - b\n  - a  # the last\n"),
        ("authors:\n- Bo # she\n- Al\ntags:\n- b\n- a\n",
         "authors:\n  - Bo  # she\n  - Al\ntags: [b, a]\n"),
    ],
)  # fmt: skip
def test_a_list_of_which_an_item_has_a_comment_has_a_line_for_each(text, wanted):
    head = '---\ntitle: "A"\n'
    assert made(f"{head}{text}---\nB.\n") == f"{head}{wanted}---\nB.\n"
    assert made(f"{head}{wanted}---\nB.\n") == f"{head}{wanted}---\nB.\n"


def test_canonical_text_is_its_own_canonical_text():
    once = made(COMMENTED)
    assert made(once) == once


def test_line_ends_of_windows_and_a_missing_last_one_are_mended():
    assert made('---\r\ntitle: "A"\r\n---\r\nB.\r\n\r\nC.') == '---\ntitle: "A"\n---\nB.\n\nC.\n'


def test_comments_of_an_edition_stay_beside_their_papers():
    text = "papers:\n- b # why\n# the second\n- {comments: 3, paper: a}\ntitle: 'E'\n"
    assert made(text, Path("content/editions/e.yml")) == (
        "title: E\npapers:\n  - b  # why\n  # the second\n  - {paper: a, comments: 3}\n"
    )


def test_a_number_sign_in_a_body_or_a_value_is_no_comment():
    text = "---\ntitle: 'A # b'\nvenue: C#1\n---\n# Heading\n"
    assert made(text) == '---\ntitle: "A # b"\nvenue: "C#1"\n---\n# Heading\n'


def test_a_file_with_a_mistake_is_told_not_mended():
    with pytest.raises(ProblemsFound, match=r"a-paper\.md:2: titel: unknown key; did you mean"):
        made("---\ntitel: A\n---\nB.\n")


def test_files_that_are_no_content_have_no_form():
    assert form_of(Path("content/pages/about.md")) is None
    assert form_of(Path("content/papers/a.txt")) is None


def test_every_content_file_is_found(content):
    names = [path.relative_to(content).as_posix() for path in content_files(content)]
    assert len(names) == 19
    assert names[-3:] == ["tags.yml", "redirects.yml", "check.yml"]


@given(item=PAPERS, comments=st.lists(st.sampled_from(["x", "# y", "a: b", "'"]), max_size=6))
def test_what_a_paper_says_and_its_comments_stay(item, comments):
    lines = paper.dump(item).split("\n")
    end = lines.index("---", 1)
    for number, text in enumerate(comments):
        lines.insert(1 + number * 2 % end, f"# {text}")
    if any(line.startswith("#") and line not in [f"# {c}" for c in comments] for line in lines):
        return
    once = made("\n".join(lines))
    assert paper.parse(once, path=PAPER.as_posix()) == item
    head = once.split("\n---\n")[0].split("\n")
    assert sorted(line.strip() for line in head if line.strip().startswith("# ")) == sorted(
        f"# {text}" for text in comments
    )
    assert made(once) == once
