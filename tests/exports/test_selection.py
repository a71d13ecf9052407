import pytest

from builder.exports.selection import NotThere, select

LOAF = "half-a-loaf-sparse-updates-for-large-models"
SIEVE = "sieve-7-learning-what-to-forget"
QUARTER = "quarter-bits-quantizing-below-one-bit"
ELL = "ell-0-is-enough-counting-weights-instead-of-norms"
SURVEY = "a-survey-of-small-gardens-compact-models-on-devices"


def test_without_a_choice_all_papers_come_sorted(small, analysis):
    assert select(small, analysis) == tuple(sorted(small.papers))


def test_a_tag_selects_its_papers_suggested_or_not(small, analysis):
    found = select(small, analysis, tag="sparsity")
    assert list(found) == sorted(found)
    assert {ELL, LOAF, SIEVE, SURVEY} <= set(found)
    assert all(any(use.id == "sparsity" for use in analysis.tags[slug]) for slug in found)


def test_an_edition_and_a_reading_path_keep_their_order(small, analysis):
    listed = [item.paper for item in small.editions["daily-papers-2025-03-17"].papers]
    assert list(select(small, analysis, edition="daily-papers-2025-03-17")) == listed
    assert select(small, analysis, collection="less-is-more") == (
        ELL, LOAF, SIEVE, QUARTER, SURVEY,
    )  # fmt: skip


def test_several_choices_select_what_is_in_all_of_them(small, analysis):
    found = select(small, analysis, tag="quantization", collection="less-is-more")
    assert found == (QUARTER, SURVEY)


@pytest.mark.parametrize(
    ("choice", "message"),
    [
        ({"tag": "sparsty"}, 'there is no tag "sparsty"; did you mean "sparsity"?'),
        ({"edition": "xyzzy"}, 'there is no edition "xyzzy"'),
        ({"collection": "less-is"}, 'there is no collection "less-is"; did you mean '
                                    '"less-is-more"?'),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_said(small, analysis, choice, message):
    with pytest.raises(NotThere) as caught:
        select(small, analysis, **choice)
    assert str(caught.value) == message
