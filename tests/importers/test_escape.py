"""Escaped text shows as it was, wherever its signs mean something in Markdown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import markup
from builder.importers.escape import escape


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("# Title", r"\# Title"),
        ("## Notes", r"\## Notes"),
        ("#1 of all", r"\#1 of all"),
        ("> quoted", r"\> quoted"),
        ("- item", r"\- item"),
        ("* item", r"\* item"),
        ("+ item", r"\+ item"),
        ("1. item", r"1\. item"),
        ("12) item", r"12\) item"),
        ("---", r"\---"),
        ("***", r"\*\**"),
        ("___", r"\_\__"),
        ("~~~", "&#126;~~"),
        ("```", r"\`\`\`"),
        ("[a]: https://example.org", r"\[a]: https://example.org"),
        ("<!-- x", "&lt;!-- x"),
        ("<div", "&lt;div"),
        ("*a* **b**", r"\*a* \*\*b\**"),
        ("_a_ __b__", r"\_a_ \_\_b__"),
        ("`a`", r"\`a\`"),
        ("<s>", "&lt;s>"),
        ("an <s> tag", "an &lt;s> tag"),
        ("<a@b.org>", "&lt;a@b.org>"),
        ("&amp; &#38; &copy;", "&amp;amp; &amp;#38; &amp;copy;"),
        ("[a](b) ![c](d)", r"[a]\(b) ![c]\(d)"),
        (r"a \* b", r"a \\* b"),
        ("{bf 1}_n", r"{bf 1}\_n"),
    ],
)
def test_signs_with_a_meaning_are_escaped(text, markdown):
    assert escape(text) == markdown
    assert markup.body_to_plain(markdown) == text


@pytest.mark.parametrize(
    "text",
    [
        "a_b_c and W_V",
        "G_{stack}",
        "x * y",
        "F* and G*",
        "a < b, 0<delta<1 and 3 > 2",
        "AT&T & co",
        r"\ell and \alpha",
        "[27] and f[x]",
        "1.5 times, no. 1",
        "a - b -- c",
        "50% ~ 60%",
        "x^2 | y",
        r"\$5",
        "n!",
        "(a) b: c",
        "1.2",
        "-1 or +1",
    ],
)
def test_signs_without_a_meaning_stay_as_they_are(text):
    assert escape(text) == text
    assert markup.body_to_plain(text) == text.replace("\\$", "$")


# Everything but the dollar sign, which stays what it is: mathematics, or money.
SIGNS = st.text(st.sampled_from("ab1 .,;:!?#*_`~<>[](){}|\\/+-='\"&^@%é\u2019"), max_size=40)
WORDS = st.text(st.characters(exclude_categories=["C", "Z"], exclude_characters="$"), max_size=20)
PARAGRAPH = (SIGNS | WORDS).map(lambda text: " ".join(text.split())).filter(bool)


@given(st.lists(PARAGRAPH, min_size=1, max_size=3))
def test_any_text_shows_as_it_was(paragraphs):
    shown = markup.body_to_plain(escape("\n\n".join(paragraphs)))
    assert shown == " ".join(paragraphs)
