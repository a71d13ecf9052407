from builder.analysis.known_names import candidates, known_names
from tests.analysis.making import paper, reading


def names(*papers):
    known = reading(papers)
    found = candidates(known.documents.coined)
    surely = known_names(found, known.documents, known.texts, known.words, {}, {})
    return {(name.text, name.owner) for name in surely.values()}


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
