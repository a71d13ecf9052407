"""The vocabulary keeps the order of its file, and is written as it is read."""

import pytest

from builder.content import vocabulary
from builder.content.vocabulary import Tag


def test_facets_and_tags_come_in_the_order_of_the_file(small):
    words = small.vocabulary
    assert list(words.facets) == ["method", "task", "contribution"]
    assert list(words.tags)[:3] == ["sparsity", "quantization", "retrieval"]
    assert words.tags["sparsity"] == Tag(
        id="sparsity",
        name="Sparsity",
        facet="method",
        definition="Leaving out or leaving alone most weights.",
        phrases=("sparse", "pruning", "sparse updates", "leaving out"),
        synonyms=("pruned models",),
        see_also=("quantization",),
    )


def test_what_is_written_is_read_back(small):
    text = vocabulary.dump(small.vocabulary)
    assert vocabulary.parse(text, path="tags.yml") == small.vocabulary


def test_an_empty_vocabulary_is_one():
    assert vocabulary.parse("", path="tags.yml").tags == {}


@pytest.mark.parametrize(
    ("phrase", "normal"),
    [("Low-Rank", "low rank"), ("  low   rank ", "low rank"), ("Überholen!", "überholen")],
)
def test_phrases_are_compared_without_capitals_and_signs(phrase, normal):
    assert vocabulary.normal_phrase(phrase) == normal
