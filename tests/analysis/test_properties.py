"""Whatever stands in papers, the analysis ends, and what it says is true of them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from builder.analysis import analyse
from builder.analysis.text import fold, prose, words
from tests.analysis.making import paper, shelf

# Pieces that the patterns look for, among any others.
NAMES = ["LoafNet", "LOAF", "S4", "7B", "We propose ", "called ", "the ", "sourdough ", "fine-"]
SIGNS = [":", ". ", " ", "$", "`", "(", ")", "-", "https://", "+", "é", "庭", "\\", "\n"]
PIECES = st.one_of(st.text(max_size=12), st.sampled_from([*NAMES, *SIGNS]))
TEXTS = st.lists(PIECES, min_size=1, max_size=25).map("".join)


@given(TEXTS)
def test_prose_keeps_offsets_and_words_are_folded(text):
    assert len(prose(text)) == len(text)
    assert all(word == fold(word) for word in words(prose(text)))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, st.booleans()), max_size=6))
def test_any_papers_are_analysed(texts):
    library = shelf(
        *(
            paper(f"p-{n}", title, abstract, tags=("baking",) if tagged else None)
            for n, (title, abstract, tagged) in enumerate(texts)
        )
    )
    analysis = analyse(library)
    for slug, found in analysis.mentions.items():
        for item in found:
            assert item.slug != slug
            assert library.papers[slug].abstract[item.start : item.end] == item.name
    for links in analysis.related.values():
        assert all(0 < link.score <= 1 and link.reason for link in links)
    for slug, uses in analysis.tags.items():
        assert len(uses) <= 5
        assert all(use.by == "curator" or use.why for use in uses), slug
