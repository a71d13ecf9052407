"""Typesetting debris is found, and prose is left alone."""

import pytest

from builder.checks import debris
from tests.checks.libraries import of_paper, of_path, told

HINT = "write the formula between dollar signs, as $n^2$, or in plain words"

DEBRIS = {
    "needs mathcal{O}(1/epsilon^4) steps": ["mathcal{O}(1/epsilon^4)"],
    "the weights W^star, and": ["W^star"],
    "up to o(sqrt[3]{log n}) then": ["o(sqrt[3]{log n})"],
    "for 1leq p<2, we": ["1leq"],
    "a matrix Min R^{mtimes n}, the": ["R^{mtimes n}"],
    "some n times d matrices": ["n times d"],
    "three n times 3 blocks": ["n times 3"],
    "in ell_p norm": ["ell_p"],
    "weights W_V and W_Q.": ["W_V", "W_Q"],
    "is 48times faster": ["48times"],
    "at 512times512 pixels": ["512times512"],
    "holds for kge3. In": ["kge3"],
    "involves mgg 1 levels": [],
    "when m gg n and": ["m gg n"],
    "with h = g circ p where": ["g circ p"],
    "gains 11.0 pm 1.3 points": ["11.0 pm 1.3"],
    "only sim0.6 points": ["sim0.6"],
    "to approx 1.3M samples": ["approx 1.3M"],
    "small (le 11B) models": ["(le 11B)"],
    "as gamma to infty.": ["infty"],
    "p : R rightarrow R": ["rightarrow"],
    "in tilde O of": ["tilde O"],
    "in widetilde O of": ["widetilde"],
    "and Obig(n+k)": ["Obig(n+k)"],
    "with sigma > 0. In": ["sigma >"],
    "must be O(sigma)-close": ["O(sigma)-close"],
    "an epsilon-stationary point": ["epsilon-stationary"],
    "error of varepsilon here": ["varepsilon"],
    "a 1{2} share": ["1{2}"],
    "the {error indicator} is": ["{error indicator}"],
    r"an \emph word": [r"\emph"],
    "of textbf words": ["textbf"],
    "a ``quoted'' word": ["``quoted"],
    "an unpaired $x here": ["$x"],
    "by Kite et al.~(2020)": ["al.~(2020)"],
    "one--two --- three": ["one--two", "---"],
    "chen2022active gave": ["chen2022active"],
    "follows: bullet On the one": ["bullet On"],
    "include: * The one": ["* The"],
}

PROSE = [
    "ten times a day, 6 times fewer, and n times a day",
    "log, alpha, beta and theta; times and tildes; a bullet point; silver bullet",
    "an alpha version, beta-VAE, epsilon-greedy, the Gamma Knife, lambda calculus, pi",
    "a snake_case name, Sen2_MTC_Old, cc_flows, pass@1 = 41.4%, GSM8K > 80%",
    "sim2real, sim-to-real, Sim 2; a unequal inequality; sequel; egg 1; at 3 pm 5 people",
    "text, context, mathematics, Mathis, triangle, quadrangle, wrangle, ceiling, arrows",
    "costs $5 or US$ 10, \\$20 and more; 5-10x; ~5%; C++ and F\\*",
    "run it with --fast, or at https://x.org/a_b^c{d}~e--f and <https://x.org/{a}>",
    "[here](https://x.org/~a_b^{c}) and $x^{2}_\\alpha$ and `\\emph{x}^2` and ``a`^b``",
    "large, big (and small); Big; the approx. size; approximately 10; circa 1900",
    "GPT-4o, INT2.1, k-means, top-k, n-gram, L2-regularized, MNIST < CIFAR10",
    "iPhone2020 in covid2019 times; resnet50; born in 2020",
]


@pytest.mark.parametrize("text", DEBRIS)
def test_debris_is_found(text):
    assert debris.find(text) == DEBRIS[text]


@pytest.mark.parametrize("text", PROSE)
def test_prose_formulas_code_and_addresses_are_left_alone(text):
    assert told(debris.check(of_paper("title: Kites", text))) == []


def test_debris_is_a_warning_that_names_its_line():
    library = of_paper("title: 'Kites in R^n'", "Fine.\n\nIn mathbb{R}^d and\nell_p norm.")
    where = "warning: content/papers/a-paper.md"
    assert told(debris.check(library)) == [
        f'{where}:2: title: typesetting debris: "R^n"; {HINT}',
        f'{where}:6: abstract: typesetting debris: "mathbb{{R}}^d"; {HINT}',
        f'{where}:7: abstract: typesetting debris: "ell_p"; {HINT}',
    ]


def test_much_debris_of_a_line_is_counted():
    library = of_paper("title: Kites", "a^1 b^1 c^1 d^1 e^1 f^1 f^1")
    assert told(debris.check(library)) == [
        "warning: content/papers/a-paper.md:4: abstract: typesetting debris: "
        f'"a^1", "b^1", "c^1", "d^1" and 2 more; {HINT}'
    ]


def test_a_long_word_is_cut():
    assert debris.find("O(" + "x^2+" * 20 + ")") == ["O(x^2+x^2+x^2+x^2+x^2+x^2+x^2+x^2+x^2+x…"]


def test_what_markdown_escapes_is_read_as_readers_see_it():
    assert told(debris.check(of_paper("title: Kites", r"Call \_f of snake\_case \*"))) == []
    (text,) = told(debris.check(of_paper("title: Kites", r"A \\command and \{a\}")))
    assert r'"\command", "{a }"' in text


def test_the_curators_own_texts_are_theirs():
    header = "title: Kites\nsummary: 'In R^n.'\n"
    assert told(debris.check(of_paper(header, "Fine.\n\n## Notes\n\nIn R^n."))) == []
    path = of_path("title: In R^n\npapers: [{paper: one, note: a^2}]", "In R^n.")
    assert told(debris.check(path)) == []
