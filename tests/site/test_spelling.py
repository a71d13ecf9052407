"""The words of the index in files."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.site import spelling

COUNTS = {f"word{chr(97 + i // 26)}{chr(97 + i % 26)}": i for i in range(26 * 40)}


def test_words_are_folded_and_compounds_stand_whole_and_in_parts():
    assert spelling.words_of("Müßig Fine-Tuning of LoRA, (α=2.5) «Crane»!") == {
        "mußig",
        "finetuning",
        "fine",
        "tuning",
        "lora",
        "crane",
        "α25",
    }


def test_short_words_numbers_and_addresses_are_left_out():
    assert spelling.words_of("a of 2024 https://example.org/a/long/way/to/go") == {
        "https",
        "example",
        "org",
        "long",
        "way",
    }


@pytest.mark.parametrize("few", [2, 3])
def test_a_word_counts_once_for_each_text_that_holds_it(few, monkeypatch):
    monkeypatch.setattr(spelling, "FEW", few)
    counts = spelling.count(["crane crane paper", "paper crane", "loaf"])
    assert counts == {"crane": 2, "paper": 2, "loaf": 1}


def test_no_file_grows_with_the_list():
    found, _ = spelling.divided(COUNTS)
    sizes = [len(json.loads(text)) // 2 for text in found.values()]
    assert max(sizes) == spelling.WORDS_A_FILE
    assert sum(sizes) == 2 * len(COUNTS)


def test_the_first_entries_name_the_files_in_their_order():
    files, firsts = spelling.divided(COUNTS)
    for order in ("forward", "backward"):
        assert all(a < b for a, b in pairwise(firsts[order]))
        for number, first in enumerate(firsts[order]):
            assert json.loads(files[f"words/{order}-{number}.json"])[0] == first


@given(st.dictionaries(st.text("abcß", min_size=3, max_size=9), st.integers(1, 9)))
def test_every_word_stands_once_forward_and_once_backward(counts):
    read: dict[str, dict[str, int]] = {"forward": {}, "backward": {}}
    for name, text in spelling.divided(counts)[0].items():
        flat = json.loads(text)
        read[name.removeprefix("words/").partition("-")[0]] |= zip(
            flat[::2], flat[1::2], strict=True
        )
    assert read["forward"] == counts
    assert {word[::-1]: pages for word, pages in read["backward"].items()} == counts


def test_an_empty_site_has_no_files_of_words():
    files, firsts = spelling.divided({})
    assert files == {}
    assert firsts == {"forward": [], "backward": []}
