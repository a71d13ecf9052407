import pytest

from builder.analysis.text import fold, has_meaning, prose, shown, tokens, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Fine-tuning, fine tuning and finetuning",
            ("finetuning", "finetuning", "and", "finetuning"),
        ),
        ("pre‑trained, Pre-Trained", ("pretrained", "pretrained")),
        ("a fine day", ("a", "fine", "day")),
        ("policies and boxes; classes", ("policy", "and", "box", "class")),
        ("its basis is loss", ("its", "basis", "is", "loss")),
        ("optimisation, behaviour, modelling", ("optimization", "behavior", "modeling")),
        ("Schrödinger's bridges", ("schrodinger", "s", "bridge")),
        ("snake_case", ("snake", "case")),
        ("$x^2$ and `code here` at https://example.org/a_b \\alpha", ("and", "at")),
        ("日本語の要旨", ("日本語の要旨",)),
        ("?!", ()),
    ],
)
def test_words_are_folded_so_that_spellings_meet(text, found):
    assert words(prose(text)) == found


def test_blanking_keeps_every_offset():
    text = "Let $n$ be `n`, see https://example.org/n now"
    assert len(prose(text)) == len(text)
    assert prose(text)[prose(text).index("now") :] == "now"


def test_money_is_no_formula():
    assert words(prose("from $5 to $10 a day")) == ("from", "5", "to", "10", "a", "day")


def test_a_hundred_thousand_signs_of_one_kind_are_read_at_once():
    for sign in ("`", "$", "\\a", "$ a ", "` a ", "``a`", "fine ", "x", "pre-", "http://"):
        assert isinstance(tokens(prose(sign * (100_000 // len(sign)))), list)


@pytest.mark.parametrize(
    ("token", "form"),
    [("Networks", "networks"), ("LoRA", "LoRA"), ("SGD", "SGD"), ("Fine‑tuning", "fine-tuning")],
)
def test_a_token_is_shown_small_unless_it_is_a_name(token, form):
    assert shown(token) == form


def test_folding_twice_is_folding_once():
    for word in ("policies", "networks", "optimisers", "colours", "labelled", "bosses", "Übungen"):
        assert fold(fold(word)) == fold(word)


@pytest.mark.parametrize("word", ["the", "x", "42", "without"])
def test_words_of_grammar_letters_and_numbers_mean_nothing(word):
    assert not has_meaning(word)


def test_other_words_have_meaning():
    assert has_meaning("loaf") and has_meaning("s4")
