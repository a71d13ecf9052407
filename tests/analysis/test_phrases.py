from builder.analysis.phrases import PhraseFinder
from builder.analysis.text import words
from tests.analysis.making import tag, vocabulary


def found(text, *tags):
    return [item.text for item in PhraseFinder(vocabulary(*tags)).find(words(text))]


def test_a_phrase_is_found_in_any_spelling():
    assert found("Fine-Tuned raised  beds", tag("a", "raised bed", "fine-tuned")) == [
        "fine-tuned",
        "raised bed",
    ]


def test_of_phrases_that_start_alike_the_longest_counts():
    garden = tag("a", "garden", "garden path", "garden path sentence")
    assert found("a garden path sentence in a garden path", garden) == [
        "garden path sentence",
        "garden path",
    ]


def test_no_word_counts_twice():
    assert found("knowledge garden", tag("a", "knowledge garden"), tag("b", "garden")) == [
        "knowledge garden"
    ]


def test_a_phrase_is_no_part_of_a_word():
    assert found("gardener gardening", tag("a", "garden")) == []


def test_of_two_tags_with_the_same_phrase_the_first_has_it():
    finder = PhraseFinder(vocabulary(tag("a", "sails"), tag("b", "sail")))
    assert [item.tag for item in finder.find(("sail",))] == ["a"]


def test_an_empty_vocabulary_finds_nothing():
    assert found("anything at all") == []


def test_a_phrase_without_a_word_is_never_found():
    assert found("?? a", tag("a", "??")) == []
