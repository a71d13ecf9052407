"""Summaries are short and in the list's own words."""

import pytest

from builder.checks import summaries
from builder.checks.summaries import MAX_WORDS, shared_runs
from tests.checks.libraries import of_paper, told

ABSTRACT = (
    "We fold paper cranes with a robot that has never seen one. The Ministry of Silly Walks and "
    "the Lottery Ticket Hypothesis of Frankle and Carbin say that a crane has $n^2 + 1$ folds."
)


def runs(summary, abstract=ABSTRACT):
    return [summary[start:end] for start, end in shared_runs(summary, abstract)]


def test_six_words_in_a_row_are_copied():
    assert runs("It can fold paper cranes with a robot, too.") == ["fold paper cranes with a robot"]


def test_five_words_in_a_row_are_not():
    assert runs("It can fold paper cranes with a hand.") == []


def test_the_whole_run_is_told_and_each_run_once():
    summary = (
        "We fold paper cranes with a robot that has never seen cranes; it has never seen one. The"
    )
    assert runs(summary) == ["We fold paper cranes with a robot that has never seen"]


def test_capitals_and_punctuation_hide_no_copy():
    assert runs("Fold: paper cranes, with a... Robot!") == ["Fold: paper cranes, with a... Robot"]


def test_names_are_no_copy():
    assert runs("On the Lottery Ticket Hypothesis of Frankle and Carbin.") == []
    assert runs("From the Ministry of Silly Walks and the Lottery Ticket Hypothesis.") == []


def test_a_name_within_a_copied_sentence_hides_nothing():
    assert runs(
        "Walks and the Lottery Ticket Hypothesis of Frankle and Carbin say that cranes"
    ) == ["Walks and the Lottery Ticket Hypothesis of Frankle and Carbin say that"]


@pytest.mark.parametrize("text", ["", "One.", "Fold paper.", "... --- !"])
def test_a_few_words_or_none_are_no_copy(text):
    assert runs(text) == []
    assert runs(ABSTRACT, text) == []


def test_a_copied_run_is_a_warning_at_the_summarys_line():
    header = "title: Cranes\ntags: []\nsummary: Why fold paper cranes with a robot?"
    assert told(summaries.check(of_paper(header, ABSTRACT))) == [
        'warning: content/papers/a-paper.md:4: summary: "fold paper cranes with a robot" stands '
        "in the abstract word for word; say it in your own words"
    ]


def test_formulas_are_compared_as_they_are_read():
    header = "title: Cranes\nsummary: It shows that a crane has $n^{2}+1$ folds."
    (text,) = told(summaries.check(of_paper(header, ABSTRACT)))
    assert '"that a crane has n² + 1 folds"' in text


def test_a_summary_may_have_45_words_and_no_more():
    words = " ".join(["word"] * MAX_WORDS)
    assert told(summaries.check(of_paper(f"title: Cranes\nsummary: {words} –", "A."))) == []
    assert told(summaries.check(of_paper(f"title: Cranes\nsummary: {words} more", "A."))) == [
        "warning: content/papers/a-paper.md:3: summary: it has 46 words, more than 45; shorten it "
        "to what the paper does and for whom it matters"
    ]


def test_a_paper_without_a_summary_is_fine():
    assert told(summaries.check(of_paper("title: Cranes", ABSTRACT))) == []
