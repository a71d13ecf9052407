from builder.analysis.links import subjects
from builder.analysis.reasons import Reasons, in_sentence
from tests.analysis.making import GARDEN, paper, reading, tag, vocabulary

FILL = [paper(f"z-{n}", f"Number {n}", f"Sheep number {n}.") for n in range(20)]


def reason(one, other, words=GARDEN):
    papers = [one, other, *FILL]
    known = reading(papers, words)
    tags = [item.tags or () for item in papers]
    rarity = subjects(tags, known.reference).rarity
    return Reasons(words, known, tags, rarity).between(0, 1)


def test_shared_tags_and_words_are_named():
    one = paper("a", "Rye in the Oven", "Rye, rye.", tags=("baking", "gardening"))
    other = paper("b", "Oven and Rye", "Rye again.", tags=("gardening", "baking"))
    assert reason(one, other) == "both on baking & bread and on gardening; oven, rye"


def test_without_a_shared_tag_the_words_are_in_common():
    assert reason(paper("a", "Rye", "Rye."), paper("b", "Rye", "Rye.")) == "in common: rye"


def test_what_the_tag_says_already_is_not_said_again():
    one = paper("a", "Baking Bread", "Bread, bread.", tags=("baking",))
    other = paper("b", "Baking Bread", "Bread.", tags=("baking",))
    assert reason(one, other) == "both on baking & bread"


def test_where_nothing_in_particular_is_shared_the_reason_says_so():
    assert reason(paper("a", "Rye", "."), paper("b", "Oats", ".")) == "similar words"


def test_names_keep_their_capitals():
    one = paper("a", "LoRA", "LoRA and fine-tuning, fine-tuning.")
    other = paper("b", "LoRA", "LoRA, Fine-tuning and fine-tuning.")
    assert reason(one, other) == "in common: LoRA, fine-tuning"


def test_a_tag_stands_small_in_a_sentence_unless_it_is_a_name():
    assert in_sentence(tag("a", name="Baking & bread")) == "baking & bread"
    assert in_sentence(tag("a", name="AI for gardens")) == "AI for gardens"
    assert in_sentence(tag("a", "Viennese whirl", name="Viennese pastry")) == "Viennese pastry"


def test_a_tag_without_phrases_or_words_still_is_a_reason():
    words = vocabulary(tag("a", name="Odd"))
    one, other = paper("a", "Rye", ".", tags=("a",)), paper("b", "Oats", ".", tags=("a",))
    assert reason(one, other, words) == "both on odd"
