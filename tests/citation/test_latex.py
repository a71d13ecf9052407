import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.citation import latex


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Fish & Chips 100% #1 a_b", r"Fish \& Chips 100\% \#1 a\_b"),
        ("costs $5 or \\$6", r"costs \$5 or \$6"),
        ("{x} ~ ^ \\", r"{\textbraceleft}x{\textbraceright} {\textasciitilde} "
                       r"{\textasciicircum} {\textbackslash}"),
        ("Käthe Müßig, Ørjan", r"K{\"a}the M{\"u}{\ss}ig, {\O}rjan"),
        ("Jaromı\u0301r", r"Jarom{\'\i}r"),
        ("cafe\u0301", r"caf{\'e}"),
        ("why – and — “how”, ‘so’…", r"why -- and --- ``how'', `so'{\ldots}"),
        ('"Quoted" and ("also")', "``Quoted'' and (``also'')"),
        ("见本 stays", "见本 stays"),
        ("bound $O(n \\log n)$ & more", r"bound $O(n \log n)$ \& more"),
        ("a $$x_1$$ b", "a $x_1$ b"),
    ],
)  # fmt: skip
def test_signs_become_commands_and_mathematics_stays(text, made):
    assert latex.escape(text) == made


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("LoRA: Adapters for LLMs", "{LoRA}: Adapters for {LLMs}"),
        ("CRANE-Math: Folding", "{CRANE-Math}: Folding"),
        ("An LLM-Based Crane", "An {LLM}-Based Crane"),
        ("Crane2.5-Math Report", "{Crane2.5-Math} Report"),
        ("CRANE++: Folding", "{CRANE++}: Folding"),
        ("Part I of a K-means Study", "Part {I} of a {K}-means Study"),
        ("A Crane in 3D", "A Crane in {3D}"),
        ("Half a Loaf", "Half a Loaf"),
        ("Deep Bayesian Cranes", "Deep {Bayesian} Cranes"),
        ("Erdős-Rényi Cranes", r"{Erd{\H{o}}s-R{\'e}nyi} Cranes"),
        ("Feynman-Kac and Self-Attention", "{Feynman-Kac} and Self-Attention"),
        ("$\\ell_p$ Norms of CNNs & more", r"$\ell_p$ Norms of {CNNs} \& more"),
        ("Überholen ohne einzuholen", r"{\"U}berholen ohne einzuholen"),
    ],
)
def test_capitals_that_a_style_must_keep_are_in_braces(text, made):
    assert latex.title(text) == made


def test_a_whole_title_is_never_put_in_braces():
    made = latex.title("Sparse Updates for Large Models: A Study")
    assert "{" not in made


def test_a_formula_with_a_lone_brace_is_text():
    assert latex.escape("$\\frac{a$ b") == (
        r"\${\textbackslash}frac{\textbraceleft}a\$ b"
    )  # fmt: skip


@given(st.text(max_size=60))
def test_braces_are_always_balanced_and_the_line_is_one(text):
    for made in (latex.escape(text), latex.title(text)):
        depth = 0
        for sign in made:
            depth += {"{": 1, "}": -1}.get(sign, 0)
            assert depth >= 0
        assert depth == 0


def test_addresses_stay_as_they_are_but_for_braces():
    assert latex.identifier("https://example.org/a_b?c=1&d=%20#e") == (
        "https://example.org/a_b?c=1&d=%20#e"
    )
    assert latex.identifier("10.1000/a{b}\\c") == "10.1000/a%7Bb%7D%5Cc"


def test_ranges_of_pages_have_two_dashes():
    assert latex.pages("1-20") == latex.pages("1 – 20") == "1--20"
    assert latex.pages("41") == "41"
