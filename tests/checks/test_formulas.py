"""A formula that cannot be set is told with its line, wherever it stands."""

import pytest

from builder.checks import formulas
from tests.checks.libraries import of_paper, of_path, told

HINT = r"use standard TeX commands; a dollar sign that is none of a formula's is \$"
REASON = "(expected argument but reached end of input)"


def test_a_formula_that_does_not_parse_is_an_error_at_its_line():
    library = of_paper("title: Kites", "First line.\n\nThen $\\frac{a}$ holds,\nand $x$.")
    assert told(formulas.check(library)) == [
        r"error: content/papers/a-paper.md:6: abstract: this formula does not parse: "
        rf"$\frac{{a}}$ {REASON}; {HINT}"
    ]


@pytest.mark.parametrize(
    ("header", "body", "where"),
    [
        (r"title: 'Kites at $\sqrt$'", "A.", "content/papers/a-paper.md:2: title"),
        ("title: Kites\nsummary: 'It is $\\sqrt$.'", "A.", "content/papers/a-paper.md:3: summary"),
        ("title: Kites", "A.\n\n## Notes\n\nIn $\\sqrt$.", "content/papers/a-paper.md:8: notes"),
    ],
)
def test_every_text_of_a_paper_is_looked_at(header, body, where):
    assert told(formulas.check(of_paper(header, body))) == [
        rf"error: {where}: this formula does not parse: $\sqrt$ {REASON}; {HINT}"
    ]


def test_every_text_of_a_reading_path_is_looked_at():
    library = of_path(
        r"title: 'Kites $\sqrt$'" + "\n" + r"summary: 'On $\sqrt$.'" + "\npapers:\n"
        "  - paper: one\n    note: 'Fine $x$.'\n  - paper: two\n    note: 'Here $\\sqrt$.'",
        "\nWhy $\\sqrt$?",
    )
    places = [text.split(": this")[0] for text in told(formulas.check(library))]
    assert places == [
        "error: content/collections/a-path.md:2: title",
        "error: content/collections/a-path.md:3: summary",
        "error: content/collections/a-path.md:8: papers[1].note",
        "error: content/collections/a-path.md:11: introduction",
    ]


def test_each_formula_of_a_line_is_told():
    library = of_paper("title: Kites", r"From $\kite$ to $$\string{x}$$ and $y$.")
    assert [text.split("parse: ")[1].split(";")[0] for text in told(formulas.check(library))] == [
        r'$$\string{x}$$ (unknown command "\string")',
        r'$\kite$ (unknown command "\kite")',
    ]


def test_a_long_formula_is_told_by_its_beginning():
    library = of_paper("title: Kites", "$x" + " + x" * 40 + r" + \kite$")
    (text,) = told(formulas.check(library))
    assert f": $x{' + x' * 14}…$ (unknown" in text


@pytest.mark.parametrize(
    "body",
    [
        "Costs $5 and $10, or \\$\\kite or so\\$.",
        "Run `echo $PATH:$HOME` or ``a ` $\\kite$``.",
        "As in\n\n```\n$\\kite$\n```\n\nabove.",
        "A $x$ and $$\\frac{1}{2}$$.",
    ],
)
def test_money_code_and_formulas_that_can_be_set_are_fine(body):
    assert told(formulas.check(of_paper("title: Kites", body))) == []


def test_a_formula_that_an_import_kept_as_code_is_a_warning():
    library = of_paper("title: Kites", "Fine.\n\nOf order `$\\kite(n)$`.")
    assert told(formulas.check(library)) == [
        r"warning: content/papers/a-paper.md:6: abstract: this formula is kept as code: "
        r"$\kite(n)$; write it in standard TeX commands, without the backticks"
    ]
