import numpy as np

from builder.analysis.words import Words, written


def form(tokens, known, other):
    words = Words(tokens)
    words.update()
    found = written(words, np.array(known), np.array(other))
    return words.shown(int(found[words.term("loaf")]))


def test_words_that_fold_alike_are_one_term():
    words = Words()
    numbers = words.numbers(["Loaf", "loaf", "the", "Oven"])
    words.update()
    assert numbers == [0, 1, 2, 3]
    assert words.terms == ["loaf", "the", "oven"]
    assert words.folded.tolist() == [0, 0, 1, 2]
    assert words.form.tolist() == [0, 0, 2, 3]


def test_known_words_keep_their_numbers():
    words = Words(["Loaf"])
    words.update()
    assert words.numbers(["oven", "Loaf"]) == [1, 0]
    words.update()
    assert words.tokens == ["Loaf", "oven"]
    assert words.term("oven") == 1
    assert words.term("rye") is None
    assert words.flags(["oven", "rye"]).tolist() == [False, True]


def test_a_term_is_shown_as_it_is_written_most_often():
    assert form(["loafs", "LoaF", "Loaf"], [1, 2, 0], [0, 0, 0]) == "LoaF"


def test_forms_shown_alike_count_together():
    assert form(["LoaF", "Loaf", "loaf"], [2, 2, 1], [0, 0, 0]) == "loaf"


def test_of_forms_written_equally_often_the_first_by_alphabet_is_shown():
    assert form(["loaf", "LoaF"], [1, 1], [0, 0]) == "LoaF"


def test_other_papers_count_only_for_words_that_those_of_reference_lack():
    assert form(["loaf", "LoaF"], [1, 0], [0, 9]) == "loaf"
    assert form(["loaf", "LoaF"], [0, 0], [1, 9]) == "LoaF"


def test_words_that_were_kept_are_known_again():
    words = Words(["Loaf", "loaf", "Oven"])
    again = Words(words.tokens, words.terms, words.folded, words.form)
    assert again.numbers(["Oven", "LOAF", "Loafs", "Loaves"]) == [2, 3, 4, 5]
    again.update()
    assert again.terms == ["loaf", "oven", "loave"]
    assert again.folded.tolist() == [0, 0, 1, 0, 0, 2]
    # "Loafs" is shown as "loafs", which is another form of the term.
    assert again.form.tolist() == [0, 0, 2, 3, 4, 5]
