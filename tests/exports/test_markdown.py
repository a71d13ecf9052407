import dataclasses

import pytest

from builder.exports.markdown import escape, list_text, paper_text
from tests.exports.conftest import SITE

LOAF = "half-a-loaf-sparse-updates-for-large-models"
MARKUP = "what-b-not-b-to-escape-markup-quotes-in-prompts"
STORMS = "storms-in-a-teacup-translation-with-ten-sentences"
ELL = "ell-0-is-enough-counting-weights-instead-of-norms"
QUARTER = "quarter-bits-quantizing-below-one-bit"


def text(small, analysis, slug, site=SITE):
    return paper_text(small, analysis, small.papers[slug], site)


def test_a_paper_is_told_from_its_title_to_what_to_read_next(small, analysis):
    made = text(small, analysis, LOAF)
    lines = made.splitlines()
    assert lines[0] == "# Half a Loaf: Sparse Updates for Large Models"
    for line in (
        "- Authors: Ada Example, Bo Sample",
        "- Organization: Example Lab",
        "- Published: 2025-03-06",
        "- Venue: ICLR 2025",
        "- arXiv: 2503.99901",
        "- DOI: 10.0000/half-a-loaf",
        "- PDF: <https://arxiv.org/pdf/2503.99901>",
        "- Code: <https://github.com/example/half-a-loaf>",
        f"- Page: <https://example.org/list/papers/{LOAF}/>",
        "## Abstract",
        "## Read next",
    ):
        assert line in lines, line
    assert "> " + small.papers[LOAF].summary in lines
    assert small.papers[LOAF].abstract in made
    assert any(
        line.startswith("- [Sieve-7: Learning What to Forget](https://example.org/list/papers/")
        and "/index.md): " in line
        for line in lines
    )


def test_what_is_not_known_is_not_named(small, analysis):
    lines = text(small, analysis, "do-robots-fold-paper").splitlines()
    names = {line[2:].split(":")[0] for line in lines if line.startswith("- ") and ": " in line}
    assert not names & {"Authors", "Organization", "Published", "Venue", "arXiv", "DOI", "PDF"}


def test_authors_without_names_are_counted(small, analysis):
    assert "- Authors: 4 authors" in text(small, analysis, STORMS).splitlines()


def test_signs_of_markdown_in_titles_and_names_mean_nothing(small, analysis):
    lines = text(small, analysis, MARKUP).splitlines()
    assert lines[0] == '# What \\<b\\>Not\\</b\\> to Escape: Markup & "Quotes" in Prompts'
    assert "- Authors: O'Neil & Daughters: Collective, \\[Anonymous\\]" in lines


@pytest.mark.parametrize(
    ("plain", "made"),
    [
        ("a_b *c* [d] `e`", "a\\_b \\*c\\* \\[d\\] \\`e\\`"),
        ("$x_1 * y_2$ and a_b", "$x_1 * y_2$ and a\\_b"),
    ],
)
def test_mathematics_stays_as_it_is(plain, made):
    assert escape(plain) == made


def test_without_an_address_links_lead_from_the_hosts_root(small, analysis):
    made = text(small, analysis, LOAF, dataclasses.replace(SITE, url=""))
    assert f"- Page: </papers/{LOAF}/>" in made.splitlines()


def test_a_list_links_each_paper_and_says_why_to_read_it(small):
    made = list_text(small, [LOAF, QUARTER, STORMS, ELL])
    assert made.splitlines() == [
        "- **[Half a Loaf: Sparse Updates for Large Models](<https://arxiv.org/abs/2503.99901>)**."
        " Ada Example and Bo Sample. ICLR 2025. [PDF](<https://arxiv.org/pdf/2503.99901>),"
        " [DOI](<https://doi.org/10.0000/half-a-loaf>),"
        " [Code](<https://github.com/example/half-a-loaf>),"
        " [Project](<https://half-a-loaf.example.org/>).",
        f"  {small.papers[LOAF].summary}",
        "- **[Quarter Bits: Quantizing Below One Bit](<https://papers.example.org/quarter-bits.pdf>)**."
        " Max Sample and Nia Example. ICML 2022.",
        "- **Storms in a Teacup: Translation with Ten Sentences**. 4 authors. 2025.",
        "- **[$\\ell_0$ Is Enough: Counting Weights Instead of Norms]"
        "(<https://arxiv.org/abs/cs/0301012>)**."
        " Lou Instance. 2003. [PDF](<https://arxiv.org/pdf/cs/0301012>).",
    ]  # fmt: skip
