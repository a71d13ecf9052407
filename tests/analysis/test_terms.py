import numpy as np
import pytest

from builder.analysis.terms import count_terms, rarity, telling, tfidf
from tests.analysis.making import paper, reading


def counted(*abstracts):
    return count_terms(
        reading([paper(f"p{row}", "0", abstract) for row, abstract in enumerate(abstracts)])
    )


def test_words_are_counted_and_those_of_the_title_twice():
    counts = count_terms(reading([paper("a", "Loaf", "A loaf, two loaves and a crust")]))
    assert counts.terms == ("crust", "loaf", "loave", "two")
    assert counts.counts.toarray().tolist() == [[1, 3, 1, 1]]


def test_every_row_has_length_one_or_nothing():
    counts = counted("bread oven crust", "bread oven", "bread", "?!")
    weights = tfidf(counts.counts, counts.known).toarray()
    assert np.round(np.linalg.norm(weights, axis=1), 9).tolist() == [1, 1, 0, 0]


def test_rare_words_weigh_more_and_those_of_most_papers_nothing():
    counts = counted("bread oven crust", "bread oven loaf", "bread rye", "bread salt", "bread malt")
    weights = dict(zip(counts.terms, tfidf(counts.counts, counts.known).toarray()[0], strict=True))
    assert weights["crust"] > weights["oven"] > 0 == weights["bread"]


def test_the_weights_are_those_of_the_formula():
    counts = counted("oven oven crust", "oven", "rye", "salt")
    row = tfidf(counts.counts, counts.known).toarray()[0]
    oven, crust = 2 * (np.log(5 / 3) + 1), np.log(5 / 2) + 1
    length = np.hypot(oven, crust)
    assert row[counts.terms.index("oven")] == pytest.approx(oven / length)
    assert row[counts.terms.index("crust")] == pytest.approx(crust / length)


def test_weighing_changes_no_count():
    counts = counted("oven oven crust", "oven", "rye")
    before = counts.counts.toarray().copy()
    tfidf(counts.counts, counts.known, least=2, damped=True)
    assert (counts.counts.toarray() == before).all()


def test_rarity_falls_from_one_to_nothing():
    values = [rarity(count, 100) for count in (0, 1, 10, 100, 101)]
    assert values[:2] == [1, 1]
    assert values == sorted(values, reverse=True)
    assert values[-1] == pytest.approx(0, abs=1e-12)


def test_words_that_are_repeated_tell_what_a_text_is_about():
    counts = counted("rye rye rye surely", "rye rye surely")
    flags = dict(zip(counts.terms, telling(counts.known).tolist(), strict=True))
    assert flags == {"rye": True, "surely": False}
