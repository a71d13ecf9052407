"""A reading path keeps its order and its notes, and is written as it is read."""

from hypothesis import given

from builder.content import collection
from tests.content.strategies import COLLECTIONS


def test_a_path_is_read_in_its_order(small):
    path = small.collections["less-is-more"]
    assert path.title == "Less Is More"
    assert path.summary.startswith("Five papers on doing without")
    assert path.intro.startswith("How much of a model can be left out?")
    assert [step.paper for step in path.papers][:2] == [
        "ell-0-is-enough-counting-weights-instead-of-norms",
        "half-a-loaf-sparse-updates-for-large-models",
    ]
    assert path.papers[1].note == "The promise kept in training: look at the second figure."


@given(COLLECTIONS)
def test_what_is_written_is_read_back(item):
    assert collection.parse(collection.dump(item), path="collections/a-path.md") == item
