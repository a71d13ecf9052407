import numpy as np
import pytest

from builder.analysis.terms import LENGTH, STEPS, inverse_frequency, rarity
from tests.analysis.making import paper, reading


def counted(*abstracts):
    return reading([paper(f"p{row}", "0", abstract) for row, abstract in enumerate(abstracts)])


def row(rows, words, index):
    columns, values = rows.row(index)
    return {words.terms[n]: v for n, v in zip(columns.tolist(), values.tolist(), strict=True)}


def test_words_are_counted_and_those_of_the_title_twice():
    known = reading([paper("a", "Loaf", "A loaf, two loaves and a crust")])
    assert row(known.documents.terms, known.words, 0) == {
        "crust": 1,
        "loaf": 3,
        "loave": 1,
        "two": 1,
    }


def test_every_row_has_length_one_or_nothing():
    vectors = counted("bread oven crust", "bread oven", "bread", "?!").vectors
    lengths = [np.linalg.norm(vectors.row(index)[1]) / LENGTH for index in range(4)]
    assert np.round(lengths, 3).tolist() == [1, 1, 0, 0]


def test_rare_words_weigh_more_and_those_of_most_papers_nothing():
    known = counted("bread oven crust", "bread oven loaf", "bread rye", "bread salt", "bread malt")
    weights = row(known.vectors, known.words, 0)
    assert weights["crust"] >= weights["oven"] > 0
    assert "bread" not in weights


def test_the_weights_are_those_of_the_formula_in_whole_numbers():
    known = counted("oven oven crust", "oven", "rye", "salt")
    weights = row(known.vectors, known.words, 0)
    oven, crust = 2 * round(np.log(5 / 3) + 1), round(np.log(5 / 2) + 1)
    length = np.hypot(oven, crust)
    assert weights["oven"] / LENGTH == pytest.approx(oven / length, abs=1 / LENGTH)
    assert weights["crust"] / LENGTH == pytest.approx(crust / length, abs=1 / LENGTH)


def test_a_word_is_too_common_in_half_of_few_papers_and_in_a_tenth_of_many():
    for total, most in ((10, 5), (1000, 500), (10_000, 1000), (100_000, 10_000)):
        weight = inverse_frequency(np.array([most, most + 1]), total, 1)
        assert weight[0] > 0 == weight[1]


def test_rarity_falls_from_all_steps_to_none():
    values = rarity(np.array([0, 1, 10, 100, 101]), 100).tolist()
    assert values[:2] == [STEPS, STEPS]
    assert values == sorted(values, reverse=True)
    assert values[-1] == 0
    assert rarity(np.array([0]), 0).tolist() == [STEPS]


def test_words_that_are_repeated_tell_what_a_text_is_about():
    known = counted("rye rye rye surely", "rye rye surely")
    topics = {known.words.terms[n] for n in np.flatnonzero(known.common.topic)}
    assert topics == {"rye"}
