"""Formulas become MathML, or are refused with a reason."""

import xml.etree.ElementTree as etree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.mathematics.tex import MATH, MAX_LENGTH, MathError, mathml

MISTAKES = {
    r"\hofstadter x": 'unknown command "\\hofstadter"',
    r"\frac{a}": "expected argument but reached end of input",
    r"\sqrt": "expected argument but reached end of input",
    "a_{b": 'expected closing token "}", but reached end of input',
    "a}b": 'unmatched closing token: "}"',
    "x^": "expected argument but reached end of input",
    "x^a^b": "duplicate subscript or superscript",
    r"\left( x": 'expected closing token "\\right", but reached end of input',
    r"\begin{cases} a": 'expected closing token "\\end{...}", but reached end of input',
    r"\begin{poem}a\end{poem}": 'unknown environment "poem"',
    "a & b": 'found "&", which may only appear in a table-like environment',
    r"\\": "it is empty",
    r"{ {} }": "it is empty",
    r"\newcommand{\x}{1}": r"\newcommand defines a command, which a formula cannot",
    r"\def\x{1}": r"\def defines a command, which a formula cannot",
    "(" * 9: "9 brackets are never closed",
    "x" * (MAX_LENGTH + 1): "it has 2,001 signs, more than 2,000",
}


@pytest.mark.parametrize("tex", MISTAKES)
def test_a_formula_that_does_not_parse_is_refused_with_the_reason(tex):
    with pytest.raises(MathError) as caught:
        mathml(tex)
    assert str(caught.value) == MISTAKES[tex]


def names(tex):
    """The elements of a formula and what they show, in order."""
    root = etree.fromstring(mathml(tex))
    return [(element.tag, element.text) for element in root.iter() if element.text]


@pytest.mark.parametrize(
    ("tex", "expected"),
    [
        ("x_1", [("mi", "x"), ("mn", "1")]),
        (r"\mathbb{R}^d", [("mi", "ℝ"), ("mi", "d")]),
        (r"{\bf 1}", [("mi", "𝟏")]),
        (r"\ell_p", [("mi", "ℓ"), ("mi", "p")]),
        (r"\tilde{O}", [("mi", "O"), ("mo", "˜")]),
        (r"\log n", [("mi", "log"), ("mo", "\u2061"), ("mi", "n")]),
        (r"\mbox{a b}", [("mtext", "a\u00a0b")]),
        (r"\mathds{1}", [("mi", "𝟙")]),
        (r"\nicefrac{1}{2}", [("mn", "1"), ("mo", "/"), ("mn", "2")]),
        (r"1{,}000", [("mn", "1"), ("mo", ","), ("mn", "000")]),
        ("a<b", [("mi", "a"), ("mo", "<"), ("mi", "b")]),
    ],
)
def test_what_papers_use_is_set_with_its_own_signs(tex, expected):
    assert names(tex) == expected


def test_a_fraction_has_its_two_parts():
    root = etree.fromstring(mathml(r"\frac{\sqrt{d}}{n}"))
    assert [part.tag for part in root.find("mfrac")] == ["msqrt", "mi"]


def test_the_source_is_the_alternative_text():
    made = etree.fromstring(mathml('a < b\n & "c"'.replace("& ", "")))
    assert made.get("alttext") == 'a < b "c"'


def test_a_formula_on_its_own_line_is_reached_by_the_keyboard():
    assert etree.fromstring(mathml("x", display=True)).attrib == {
        "tabindex": "0",
        "alttext": "x",
        "display": "block",
    }
    assert etree.fromstring(mathml("x")).attrib == {"alttext": "x"}


def test_half_open_intervals_are_no_unclosed_brackets():
    assert mathml("[0,1)" * 20)


def test_the_longest_formula_of_the_deepest_nesting_is_set():
    deepest = MAX_LENGTH // len("x^{}")
    assert mathml("x^{" * deepest + "}" * deepest)


@pytest.mark.parametrize("opening", ["(", "[", r"\{", r"\langle ", r"\exp(", "f(x", "({"])
def test_as_many_unclosed_brackets_as_may_be_are_set(opening):
    assert mathml(opening * 8 + "}" * (8 * opening.count("({")))


@given(st.text(alphabet=r"\{}[]()^_&$%#~ ab1+|", max_size=60))
def test_any_text_is_a_formula_or_refused(text):
    try:
        made = mathml(text)
    except MathError as error:
        assert str(error)
    else:
        assert etree.fromstring(made).tag == "math"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x$", ["x"]),
        ("a $x + 1$ b $y$", ["x + 1", "y"]),
        ("$$x$$", ["x"]),
        ("costs $5 and $10 each", []),
        ("from $5 to $x$", ["x"]),
        (r"costs \$x and y\$", []),
        (r"$a \$ b$", [r"a \$ b"]),
        ("$ x$", []),
        ("$x$5", []),
        ("$a\nb$", ["a\nb"]),
    ],
)
def test_dollar_signs_hold_formulas_or_stand_for_money(text, found):
    assert [match["display"] or match["inline"] for match in MATH.finditer(text)] == found
