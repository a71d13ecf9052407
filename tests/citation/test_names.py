import random
import re

import pytest
from nameparser import Lexicon

from builder.citation import names
from builder.citation.names import parse


@pytest.mark.parametrize(
    ("printed", "given", "family", "suffix"),
    [
        ("Ada Example", "Ada", "Example", ""),
        ("A. Example", "A.", "Example", ""),
        ("Ada B. C. Example", "Ada B. C.", "Example", ""),
        ("Käthe Müßig-Prøve", "Käthe", "Müßig-Prøve", ""),
        ("Jan van der Sample", "Jan", "van der Sample", ""),
        ("Jan Van den Sample", "Jan", "Van den Sample", ""),
        ("Ana Maria de la Muestra", "Ana Maria", "de la Muestra", ""),
        ("Yann Le Modele", "Yann", "Le Modele", ""),
        ("Jan ten Proef", "Jan", "ten Proef", ""),
        ("José Muestra y Prueba", "José", "Muestra y Prueba", ""),
        ("Ada Example Jr.", "Ada", "Example", "Jr."),
        ("Ada Example, Jr.", "Ada", "Example", "Jr."),
        ("Bo Sample III", "Bo", "Sample", "III"),
        ("Example, Ada", "Ada", "Example", ""),
        ("Example, Ada, Jr.", "Ada", "Example", "Jr."),
        ("van der Sample, Jan Piet", "Jan Piet", "van der Sample", ""),
        ("Nguyen, Mau Le", "Mau Le", "Nguyen", ""),
        ("Cy Specimen  ", "Cy", "Specimen", ""),
        ("cy de specimen", "cy", "de specimen", ""),
    ],
)
def test_a_name_is_divided_into_given_family_and_suffix(printed, given, family, suffix):
    name = parse(printed)
    assert (name.given, name.family, name.suffix) == (given, family, suffix)


@pytest.mark.parametrize(
    ("printed", "family"),
    [("见本 一郎", "见本"), ("견본 일랑", "견본"), ("見本 みほん", "見本")],
)
def test_in_han_kana_and_hangul_the_family_name_comes_first_and_is_printed_first(printed, family):
    name = parse(printed)
    assert name.family == family
    assert name.printed == printed


@pytest.mark.parametrize(
    "printed",
    [
        "Plato",
        "见本",
        "01.AI",
        "Sample Team",
        "The Example Collaboration",
        "University of Examples",
        "O'Neil & Daughters: Collective",
        "[Anonymous]",
        "Ada Example, Bo C. Sample",
        "Charles Jr.",
        "De la Muestra",
    ],
)
def test_a_group_a_single_word_and_two_people_in_one_are_kept_whole(printed):
    name = parse(printed)
    assert (name.printed, name.given, name.family) == (printed, "", "")
    assert name.sorting == name.inverted == printed


@pytest.mark.parametrize(
    ("printed", "given", "family"),
    [
        ("King Ngi Sample", "King Ngi", "Sample"),
        ("Mahdi Sample", "Mahdi", "Sample"),
        ("Wing Sample", "Wing", "Sample"),
        ("Hayate Iso", "Hayate", "Iso"),
        ("Ada W. Senior", "Ada W.", "Senior"),
        ("Lin (Linda) Sample", "Lin (Linda)", "Sample"),
        ("Dr. Ada Example", "Dr. Ada", "Example"),
        ("De Example", "De", "Example"),
        ("Mau Van Nguyen", "Mau Van", "Nguyen"),
        ("Di Example", "Di", "Example"),
    ],
)
def test_what_looks_like_a_title_a_degree_or_a_nickname_is_a_part_of_the_name(
    printed, given, family
):
    name = parse(printed)
    assert (name.given, name.family, name.suffix) == (given, family, "")


def test_a_name_given_family_first_is_printed_as_one_says_it():
    assert parse("Example, Ada, Jr.").printed == "Ada Example Jr."
    assert parse("Ada Example, Jr.").printed == "Ada Example, Jr."


def test_inverted_names_start_with_all_of_the_family_name():
    assert parse("Jan van der Sample").inverted == "van der Sample, Jan"
    assert parse("Ada Example III").inverted == "Example, Ada, III"


def test_a_simple_name_is_divided_as_nameparser_does_it():
    chance = random.Random(1)
    lexicon = Lexicon.default()
    unsure = {
        word.capitalize()
        for group in (lexicon.particles, lexicon.conjunctions, lexicon.maiden_markers)
        for word in group
        if re.fullmatch(r"[^\W\d_]+", word)
    }
    plain = ["Ada", "Bo", "Éva", "Wai", "Li", "Maria", "Kim", "Sample-Li", "A.", "B", "E.", "Y"]
    rare = [*sorted(unsure), "Junior", "Jr", "Ii", "Dr", "Prof", "Abdul"]
    seen = 0
    for _ in range(6000):
        words = [chance.choice(rare if chance.random() < 0.2 else plain) for _ in range(4)]
        text = " ".join([*words[chance.randrange(3) :], chance.choice(["Example", "Li", "Van"])])
        if names._is_simple(text):
            seen += 1
            assert parse(text) == names._divided(text), text
    assert seen > 1000
