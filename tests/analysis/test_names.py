import pytest

from builder.analysis.names import abbreviates, introduced, shape, unambiguous
from tests.analysis.making import paper, reading


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SieveNet", "distinct"),
        ("LoAF", "distinct"),
        ("DART-Loaf", "distinct"),
        ("S4", "distinct"),
        ("Sieve-7", "distinct"),
        ("PFGM++", "distinct"),
        ("Qwarn2.5-Loaf", "distinct"),
        ("LOAF", "capitals"),
        ("Long Loaf Arena", "words"),
        ("Flow", None),
        ("Sieve", None),
        ("flow", None),
        ("AI", None),
        ("2024", None),
        ("Open-Set", None),
        ("IO-aware", None),
        ("Low-Rank", None),
        ("Half a Loaf", None),
        ("One Two Three Four Five", None),
        ("S^{2}FT", None),
    ],
)
def test_only_a_distinctive_shape_makes_a_name(name, expected):
    assert shape(name) == expected


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("LoafNet: Bread for Networks", "We bake.", {"LoafNet": True}),
        ("LoafNet -- Bread for Networks", "We bake.", {"LoafNet": True}),
        ("LoafNet Technical Report: Bread", "We bake.", {"LoafNet": True}),
        ("LoafNet Technical Report", "We bake.", {"LoafNet": True}),
        ("On Bread", "We propose LoafNet, which bakes.", {"LoafNet": False}),
        ("On Bread", "We propose a new method called LoafNet.", {"LoafNet": False}),
        ("On Bread", "We introduce Leavened Ovens (LeOv).", {"LeOv": False}),
        ("On Bread", "a method, which we call LoafNet", {"LoafNet": False}),
        ("On Bread", "a net dubbed LoafNet", {"LoafNet": False}),
        ("On bread: A Study of LoafNet", "We study LoafNet.", {}),
        ("On Bread", "We propose to bake with LoafNet.", {}),
        ("On Bread", "We propose ovens for the large loaf model (LLM).", {}),
        ("On Bread", "We propose `LoafNet`, $LoafNet$.", {}),
        ("Flow: On Bread", "We bake.", {}),
    ],
)
def test_a_name_is_introduced_in_the_title_or_coined_in_the_abstract(title, abstract, expected):
    assert introduced(reading([paper("a", title, abstract)]).documents[0]) == expected


@pytest.mark.parametrize(
    ("name", "long", "expected"),
    [
        ("S4", "structured state space sequence", True),
        ("NesyCD", "Neural-Symbolic Collaborative Distillation", True),
        ("LoAF", "low-rank adapted fold", True),
        ("LoAF", "the low-rank adapted fold", False),
        ("LoAF", "loose ends", False),
        ("42", "forty two", False),
    ],
)
def test_letters_in_their_order_abbreviate(name, long, expected):
    assert abbreviates(name, long) is expected


def names(*papers):
    return {(name.text, name.owner) for name in unambiguous(reading(papers).documents)}


def test_a_name_of_two_papers_is_nobodys_in_whatever_capitals():
    assert names(paper("a", "LoafNet: One"), paper("b", "LOAFNET: Other")) == set()


def test_capitals_count_only_in_the_title():
    assert names(paper("a", "LOAF: One"), paper("b", "Other", "We propose RYE, a bread.")) == {
        ("LOAF", 0)
    }


def test_a_name_that_others_explain_by_other_words_is_ambiguous():
    cooperative = paper("a", "CoT: Cooperative Toasting", "Toasting together.")
    other = paper("b", "Thinking", "With chain of thought (CoT) we think.")
    same = paper("c", "Toast", "With cooperative toasting (CoT) we toast.")
    assert names(cooperative, other) == set()
    assert names(cooperative, same) == {("CoT", 0)}


def test_a_coined_name_that_others_explain_is_common_property():
    coined = paper("a", "Toast", "We propose cooperative toasting (CoT).")
    assert names(coined) == {("CoT", 0)}
    assert names(coined, paper("b", "More", "With cooperative toasting (CoT).")) == set()


def test_several_words_are_a_name_unless_they_are_written_small_anywhere():
    arena = paper("a", "Long Loaf Arena: A Bakery", "We open the Long Loaf Arena.")
    assert names(arena) == {("Long Loaf Arena", 0)}
    assert names(arena, paper("b", "T", "In a long loaf arena.")) == set()


def test_several_words_that_the_abstract_does_not_use_are_only_a_title():
    assert names(paper("a", "Rising Bread Slowly: A Study", "We wait.")) == set()
    assert names(paper("a", "Rising Bread Slowly: A Study", "RBS waits.")) == {
        ("Rising Bread Slowly", 0)
    }
