"""Text from outside becomes safe HTML, and plain text that says the same."""

import re
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builder import markup
from builder.markup import body_to_plain, to_html, to_inline, to_plain


def test_a_formula_in_markdown_is_set():
    assert to_html("so $x_1 < 2$ holds") == (
        '<p>so <math alttext="x_1 &lt; 2"><msub><mi>x</mi><mn>1</mn></msub><mo>&lt;</mo>'
        "<mn>2</mn></math> holds</p>"
    )


def test_markdown_leaves_the_inside_of_a_formula_alone():
    assert '<math alttext="a_1 * b_2 * c_3">' in to_html("$a_1 * b_2 * c_3$")
    assert '<math alttext="\\{a\\}">' in to_html(r"$\{a\}$")


def test_a_formula_on_its_own_line_is_a_block():
    assert '<math tabindex="0" alttext="x" display="block">' in to_html("$$x$$")


def test_a_wide_formula_in_a_line_scrolls_by_itself():
    wide = "$y(t) = Ax(t) + Bu(t) + Cv(t) + Dw(t)$"
    assert '<span class="ps-formula" tabindex="0"><math' in to_html(wide)
    assert '<span class="ps-formula" tabindex="0"><math' in to_inline(wide)
    assert "ps-formula" not in to_html("$x$")


@pytest.mark.parametrize("show", [to_html, to_inline])
@pytest.mark.parametrize(
    ("text", "bound"),
    [("so $x$. Then", ("", ".")), ("the ($x$) of", ("(", ")")), ("by $k$-means", ("", "-m"))],
)
def test_what_touches_a_formula_stays_in_its_line(show, text, bound):
    made = f"{bound[0]}{to_inline(text[text.index('$') :][:3])}{bound[1]}"
    assert f'<span class="ps-bound">{made}</span>' in show(text)


@pytest.mark.parametrize("text", ["so $x$ is", "$$x$$", "none."])
def test_a_formula_that_nothing_touches_stands_by_itself(text):
    assert "ps-bound" not in to_html(text)


@pytest.mark.parametrize("show", [to_html, to_inline])
def test_a_formula_that_does_not_parse_shows_as_code(show):
    assert r"<code>$\frac{a}$</code>" in show(r"then $\frac{a}$ is")


def test_a_formula_in_code_is_code():
    assert to_html("`$x$`") == "<p><code>$x$</code></p>"


@pytest.mark.parametrize("show", [to_html, to_inline])
def test_an_escaped_dollar_is_a_dollar(show):
    assert "costs $5 or $6 a $day" in show(r"costs \$5 or $6 a \$day")


def test_space_that_tex_takes_away_is_taken_away():
    assert '<mspace style="margin-left:-0.166667em">' in to_html(r"$a\!b$")


def test_tables_in_formulas_keep_their_alignment():
    made = to_html(r"$$\begin{cases} a & b \\ c & d \end{cases}$$")
    assert "text-align:left" in made


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div style='position:fixed'>",
        "$\\text{<script>alert(1)</script>}$",
        "$x$<script>",
        '[a](javascript:alert(1) "b")',
        "<javascript:alert(1)>",
        '$x" onmouseover="alert(1)$',
    ],
)
def test_nothing_from_outside_is_a_program(text):
    for made in (to_html(text), to_inline(text)):
        assert "<script" not in made
        assert "<img" not in made
        assert "<div" not in made
        assert " onerror=" not in made.replace("&lt;img src=x onerror=", "")
        assert 'href="javascript' not in made
        assert '" onmouseover="' not in made


def test_links_open_nothing_behind_them():
    assert to_html("<https://example.org/>") == (
        '<p><a href="https://example.org/" rel="noopener">https://example.org/</a></p>'
    )


def test_a_line_is_plain_text_beside_its_formulas():
    assert to_inline("*A* & <b>: $x$") == (
        '*A* &amp; &lt;b&gt;: <math alttext="x"><mi>x</mi></math>'
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (r"Bounds for $\ell_p$ & <b>", "Bounds for ℓ_p & <b>"),
        (r"\$5 for $\frac{1}{2}$ &amp;", "$5 for 1/2 &amp;"),
        (r"broken $\frac{a}$ <code>", r"broken $\frac{a}$ <code>"),
    ],
)
def test_a_line_says_the_same_in_plain_text(text, said):
    assert to_plain(text) == said


def test_a_body_says_the_same_in_plain_text():
    text = "A *new* bound of $\\frac{1}{2}$, `$x$`:\n\n- $\\sqrt{d}$ <b>\n- [here](https://x.org)"
    assert body_to_plain(text) == "A new bound of 1/2, $x$: √d <b> here"


def test_code_between_dollar_signs_is_code():
    assert to_html("A $`x`$ and $y$.").startswith("<p>A $<code>x</code>$ and <")
    assert body_to_plain("A $`x`$ and $y$.") == "A $x$ and y."


@settings(max_examples=300)
@given(
    st.from_regex(markup._PROSE, fullmatch=True)
    | st.text(alphabet="ab 1.)+-=#~|:!?'\"]}{%/\u2028\u00ad\ufeff\u0e33é漢", min_size=1)
)
def test_prose_without_a_sign_of_markup_comes_out_as_it_would_by_the_long_way(text):
    if markup._PROSE.fullmatch(text):
        html = markup._cleaned(markup._converter(markup._set).reset().convert(text))
        assert markup.to_html(text) == html
        made = markup._cleaned(markup._converter(markup._spoken).reset().convert(text))
        assert markup.body_to_plain(text) == " ".join(
            unescape(re.sub(r"<[^>]*>", "", made)).split()
        )


PIECES = [
    "A word", " and some", " (more) of it", ", it's “said”", " ", "  ", ".", "é", "|", "#", "~",
    "]", "!", "\u2028", "\ufeff", "\u00ad",
    "$x^2$", "`", "$$a < b$$", "$\\frac{a$", "$", " $5 and ", "<https://example.org/a_b*c?d=e>",
    "<http://example.org>", "<https://example.org/a&b>", "<b>", "[1]", "[", "[a][b]", "![c](d.png)",
    "[Half a Loaf](../half-a-loaf/)", "[a_b](../c/)", "[x](y)", "[x](../y/ 'z')", 
    "[p [q] r](../s/)",
    "](", "](../t/)", "*", "_", "**so**", "\\[", "&amp;", "&", "\n", "\n\n", "[a]: b",
    "\t", "\xa0",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=7).map("".join))
@settings(max_examples=300, deadline=None)
def test_prose_with_formulas_and_links_comes_out_as_it_would_by_the_long_way(text):
    quick = markup.to_html.__wrapped__(text), markup.body_to_plain.__wrapped__(text)
    html = markup._bound(markup._cleaned(markup._converter(markup._set).reset().convert(text)))
    made = markup._cleaned(markup._converter(markup._spoken).reset().convert(text))
    assert quick == (html, " ".join(unescape(re.sub(r"<[^>]*>", "", made)).split()))


@pytest.mark.parametrize(
    "text",
    [
        "So $x^2$ holds for [a link](../half-a-loaf/), see [1] and <https://example.org/a_b>.",
        "The least [one] of all",
    ],
)
def test_what_is_simple_is_not_given_to_markdown(text, monkeypatch):
    monkeypatch.setattr(markup, "_converter", None)
    assert markup.to_html.__wrapped__(text).startswith("<p>")
    assert "[" in markup.body_to_plain.__wrapped__(text)
