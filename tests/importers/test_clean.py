"""Typesetting debris becomes plain text or Markdown; no word of an abstract is lost or doubled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import markup
from builder.content import paper
from builder.content.paper import Paper
from builder.importers import clean


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        # quotes
        ("``deep'' learning", '"deep" learning'),
        ('``deep" learning', '"deep" learning'),
        ("a ''mild'' condition", 'a "mild" condition'),
        ("“Deep'' learning", "“Deep” learning"),
        ("models `think' and don't", "models 'think' and don't"),
        ("``the `inner' word''", "\"the 'inner' word\""),
        ("f''(x) and f'(x)", "f''(x) and f'(x)"),
        ("``$k$-means''", '"$k$-means"'),
        # signs
        (r"5\% of R\&D, \#1, a\_b, \{x\}", "5% of R&D, #1, a_b, {x}"),
        (r"costs \$5", r"costs \$5"),
        (r"one\\two\ three\,four", "one two three four"),
        (r"(e.g., \textgreater 13B)", "(e.g., >13B)"),
        (r"and so on\ldots and on", "and so on… and on"),
        (r"\LaTeX{} is \LaTeX", "LaTeX is LaTeX"),
        ("D{=}1, N{+}D, Norouzi{-}Fard, 1{,}000", "D=1, N+D, Norouzi-Fard, 1,000"),
        ("see~Smith, e.g.~ten, but ~5% and x~N", "see Smith, e.g. ten, but ~5% and x~N"),
        # dashes
        ("a -- b, 3--5, c---d", "a – b, 3–5, c—d"),
        ("run it with --fast, or <!-- not -->", "run it with --fast, or &lt;!-- not -->"),
        ("----", r"\----"),
        # accents
        (r"Schr\"odinger, T\"{u}lu, na{\"\i}ve", "Schrödinger, Tülu, naïve"),
        (r"Uzna\'{n}ski, Erd\H{o}s, \v{C}ech, fa{\c c}ade", "Uznański, Erdős, Čech, façade"),
        (r"{\o}re, \ss{}, \AA{}ngstr\"om", "øre, ß, Ångström"),
        (r"\ell, \alpha and \beta", r"$\ell$, $\alpha$ and $\beta$"),
        # emphasis
        (r"{\em two words} and {\it one}", "*two words* and *one*"),
        (r"\emph{two words}, \textit{one}", "*two words*, *one*"),
        (r"\textbf{bold} and {\bf bolder}", "**bold** and **bolder**"),
        (r"\textbf{\emph{both}}", "***both***"),
        (r"{\em{odd}} \em{odd}", "*odd* *odd*"),
        ("textit{O}bstacles, {it lost}", "*O*bstacles, *lost*"),
        ("context{a} and bit {it}", "context{a} and bit {it}"),
        (r"{\bf 1}_n and {bf 1}_n", r"{\bf 1}\_n and {bf 1}\_n"),
        (r"\texttt{code}, \textsc{Caps}", "code, Caps"),
        (r"\emph{} and {\em }", "and"),
        (r"\emph{a_b * c}", "*a_b * c*"),
        # mathematics
        (r"in $O(n_1 \log n)$ \& more", r"in $O(n_1 \log n)$ & more"),
        (r"\( x_1 \) and \[ y \]", "$x_1$ and $$y$$"),
        (r"$ d $ and $ \log n $", r"$d$ and $\log n$"),
        ("costs $5 or $10 and $ 3", "costs $5 or $10 and $ 3"),
        (r"mathcal{O}(n^{2}) and \mathcal{O}(n)", r"mathcal{O}(n^{2}) and $\mathcal{O}(n)$"),
        # citations and other commands that only their authors can resolve
        (r"as \citet{smith} says", r"as \citet{smith} says"),
    ],
)
def test_debris_with_one_meaning_is_made_plain(text, markdown):
    assert clean.abstract(text).markdown == markdown


@pytest.mark.parametrize(
    ("text", "markdown", "addresses"),
    [
        ("at https://a.org/x_y.", "at <https://a.org/x_y>.", ["https://a.org/x_y"]),
        ("(see https://a.org/x)", "(see <https://a.org/x>)", ["https://a.org/x"]),
        ("https://a.org/A_(b) is", "<https://a.org/A_(b)> is", ["https://a.org/A_(b)"]),
        ("page:https://a.org/x. [1]", "page:<https://a.org/x>. [1]", ["https://a.org/x"]),
        (r"at \url{https://a.org/x.}.", "at <https://a.org/x>.", ["https://a.org/x"]),
        ("at url{https://a.org/x}.", "at <https://a.org/x>.", ["https://a.org/x"]),
        ("at https://a.org/{https://a.org/}.", "at <https://a.org/>.", ["https://a.org/"]),
        (
            "https://a.org/{https://b.org/}",
            "<https://a.org/> (<https://b.org/>)",
            ["https://a.org/", "https://b.org/"],
        ),
        (r"our \href{https://a.org}{page_}.", r"our [page_](https://a.org).", ["https://a.org"]),
        (r"https://a.org/x\_y\%20z", "<https://a.org/x_y%20z>", [r"https://a.org/x\_y\%20z"]),
        (
            "www.a.org/x, github.com/b/c.",
            "[www.a.org/x](https://www.a.org/x), [github.com/b/c](https://github.com/b/c).",
            ["www.a.org/x", "github.com/b/c"],
        ),
        ("https://a.org/--x--y ``z''", '<https://a.org/--x--y> "z"', ["https://a.org/--x--y"]),
        ("mail me@www.a.org or http", "mail me@www.a.org or http", []),
    ],
)
def test_addresses_become_links_once(text, markdown, addresses):
    found = clean.abstract(text)
    assert found.markdown == markdown
    assert list(found.addresses) == addresses


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Part I -- Scaling  of\nModels", "Part I – Scaling of Models"),
        (r"\emph{Half} a $\ell_0$ Loaf \& ``more''", r'Half a $\ell_0$ Loaf & "more"'),
        ("# <b>Not</b> *escaped* a_b", "# <b>Not</b> *escaped* a_b"),
        ("See https://a.org/x.", "See https://a.org/x."),
        ("S^{2}FT: Fine-tuning", "S^{2}FT: Fine-tuning"),
        (r"J{\"o}rg M\"uller", "Jörg Müller"),
        ("Rising scriptsizeDOugh", "Rising DOugh"),
        (r"Rising \scriptsize DOugh", "Rising DOugh"),
        ("What scriptsize means", "What scriptsize means"),
    ],
)
def test_a_line_is_plain_text(text, line):
    assert clean.line(text) == line


def test_paragraphs_stay_apart_and_lines_are_joined():
    text = "One\r\nline.\r\n \r\nTwo.\n\n\n\nThree.\n"
    assert clean.abstract(text).markdown == "One line.\n\nTwo.\n\nThree."


def test_what_no_file_can_hold_is_replaced():
    assert clean.line("a\x00b\x1b[2J\ud800\ufdd0\uffff c") == "a b [2J\ufffd\ufffd\ufffd c"
    assert clean.abstract("a\x07b\ufdd1c").markdown == "a b\ufffdc"


PIECES = (
    *"ab1 .,\n#*_`~<>[](){}|\\/+-='\"&^@%$é",
    *("``", "''", "\\emph{", "{\\em ", "\\textbf{", "https://a.org/", "\\url{", "\n\n", '\\"o'),
    *("---", "\\(", "\\)", "$x_1$", "## Notes", "\ud800", "\x00", "\ufdd0"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@given(st.text() | TEXTS, st.text() | TEXTS)
def test_whatever_is_imported_reads_back_the_same(title, text):
    name = clean.line(title)
    body = clean.abstract(text)
    if not re.search(r"\w", name) or not body.markdown:
        return
    made = Paper(slug="x", title=name, abstract=body.markdown)
    back = paper.parse(paper.dump(made), path="papers/x.md")
    assert (back, back.notes) == (made, None)


@given(TEXTS)
def test_no_letter_and_no_digit_is_lost_or_doubled(text):
    """Commands, mathematics and addresses set aside: what is left are the words of the text."""
    words = re.sub(r"\\[a-zA-Z]+|https?://\S*|\{em |\$", " ", text)
    shown = markup.body_to_plain(clean.abstract(words).markdown)
    expected = re.findall(r"[a-z0-9]", re.sub(r"[\x00\ud800\ufdd0]", "", words))
    assert re.findall(r"[a-z0-9]", shown.replace("ö", "o")) == expected


@given(TEXTS)
def test_cleaning_ends_and_raises_nothing(text):
    clean.line(text)
    markup.to_html(clean.abstract(text).markdown)
