"""Formulas in plain text, as people write them by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.mathematics.plain import plain
from builder.mathematics.tex import MathError

SAID = {
    "x": "x",
    "-1": "−1",
    "a=-1": "a = −1",
    "a - (-b)": "a − (−b)",
    "a,b": "a, b",
    r"N=10{,}000": "N = 10,000",
    r"n\times d": "n × d",
    r"f: \mathbb{R}^d \to \mathbb{R}": "f: ℝ^d → ℝ",
    r"\frac{1}{2}": "1/2",
    r"\frac{a+b}{2n}": "(a + b)/(2n)",
    r"\frac{\sqrt{d}}{n\epsilon}": "√d/(nε)",
    r"\sqrt{d/n}": "√(d/n)",
    r"\sqrt[3]{\log n}": "³√(log n)",
    r"x^2": "x²",
    r"\epsilon^{-3}": "ε⁻³",
    r"x^{1/2}": "x^(1/2)",
    r"d^k": "d^k",
    r"n^{1+o(1)}": "n^(1+o(1))",
    r"f'(x)": "f′(x)",
    r"x_1": "x₁",
    r"\ell_p": "ℓ_p",
    r"W_{i,j}": "W_(i,j)",
    r"x_1^2": "x₁²",
    r"\max_{x \in X} f(x)": "max_(x∈X) f(x)",
    r"O(n \log n)": "O(n log n)",
    r"O(K\log^2 N)": "O(K log² N)",
    r"\exp(-x)": "exp(−x)",
    r"\operatorname{poly}(d)": "poly(d)",
    r"\tilde{\mathcal{O}}(1/\epsilon)": "Õ(1/ε)",
    r"\widehat{w}": "ŵ",
    r"\mathbf{W}\mathfrak{S}": "WS",
    r"G_{\text{stack}}": "G_stack",
    r"\|x\| \leq |y|": "‖x‖ ≤ |y|",
    r"\begin{cases} 0 & x<1 \\ 1 & \text{else} \end{cases}": "{0 x < 1; 1 else",
    r"10\%": "10%",
    r"a\!b": "ab",
    r"\phantom{x}y": "y",
}


@pytest.mark.parametrize("tex", SAID)
def test_a_formula_is_said_in_plain_text(tex):
    assert plain(tex) == SAID[tex]


def test_a_formula_that_does_not_parse_is_refused():
    with pytest.raises(MathError):
        plain(r"\frac{a}")


@given(st.text(alphabet=r"\{}()^_ ab1+,", max_size=40))
def test_what_can_be_set_can_be_said_in_one_line(text):
    try:
        said = plain(text)
    except MathError:
        return
    assert said == " ".join(said.split())
    assert not set(said) & set("\u2061\u2062\u2063\u2064\n")
