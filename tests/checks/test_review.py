"""All checks together, in `papershelf check` and in the build."""

from pathlib import Path

import pytest

from builder import checks, library
from tests.checks.libraries import of_paper

ROOT = Path(__file__).parents[2]


def test_all_checks_are_run_and_sorted_by_line():
    found = checks.review(of_paper("title: 'A^2'\nsummary: '$\\sqrt$'", "B^2.\n\n$\\sqrt$."))
    assert [(item.line, item.field, item.severity) for item in found] == [
        (2, "title", "warning"),
        (3, "summary", "error"),
        (5, "abstract", "warning"),
        (7, "abstract", "error"),
    ]


def test_the_invented_library_has_nothing_to_find(small):
    assert checks.review(small) == []


@pytest.mark.skipif(not (ROOT / "content").is_dir(), reason="the list is not here")
def test_the_list_itself_has_nothing_to_find():
    assert checks.review(library.load(ROOT / "content")) == []


def add(content, text):
    with (content / "papers" / "do-robots-fold-paper.md").open("a", encoding="utf-8") as file:
        file.write(f"\n{text}\n")


def test_a_warning_is_printed_and_no_failure(content, papershelf):
    add(content, "In mathbb{R}^d.")
    result = papershelf("check")
    assert result.exit_code == 0
    assert result.stdout == (
        "content/papers/do-robots-fold-paper.md:6: abstract: typesetting debris: "
        '"mathbb{R}^d"; write the formula between dollar signs, as $n^2$, or in plain words '
        "[warning]\n"
    )
    assert result.stderr == "1 warning\n"


def test_a_formula_that_does_not_parse_is_a_failure(content, papershelf):
    add(content, "So $\\frac{a}$.")
    result = papershelf("check", "--format", "github")
    assert result.exit_code == 1
    assert result.stdout == (
        "::error file=content/papers/do-robots-fold-paper.md,line=6::abstract: this formula does "
        r"not parse: $\frac{a}$ (expected argument but reached end of input); use standard TeX "
        "commands; a dollar sign that is none of a formula's is \\$\n"
    )
