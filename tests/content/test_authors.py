"""Namesakes are told apart by their papers; every other author is known by the name."""

from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from builder.content import authors
from builder.content.authors import Authors, Namesake, author_id
from tests.content.strategies import LINES, SLUGS

# As far as an id of them is no longer than an id may be.
NAMES = LINES.filter(lambda name: len(author_id(name)) <= 90)
TWO = """\
namesakes:
  - id: cy-specimen-coast
    name: Cy Specimen
    note: the coast
    papers: [a-paper, another-paper]
  - id: cy-specimen-hills
    name: Cy Specimen
    note: "the hills: east"
    papers: [a-third]
"""


def test_namesakes_come_in_the_order_of_the_file():
    found = authors.parse(TWO, path="authors.yml").namesakes
    assert tuple(found) == ("cy-specimen-coast", "cy-specimen-hills")
    assert found["cy-specimen-hills"] == Namesake(
        id="cy-specimen-hills", name="Cy Specimen", note="the hills: east", papers=("a-third",)
    )


def test_a_namesake_is_known_by_name_and_paper_whatever_the_spelling():
    people = authors.parse(TWO, path="authors.yml")
    assert people.id_of("Cy Specimen", "a-paper") == "cy-specimen-coast"
    assert people.id_of("Cý Spécimen", "a-third") == "cy-specimen-hills"
    assert people.id_of("Cy Specimen", "a-fourth") == "cy-specimen"
    assert people.id_of("Ada Example", "a-paper") == "ada-example"


def test_a_paper_may_have_two_authors_of_shared_names():
    text = TWO + "  - {id: dee-instance-x, name: Dee Instance, note: x, papers: [a-paper]}\n"
    people = authors.parse(text, path="authors.yml")
    assert people.id_of("Dee Instance", "a-paper") == "dee-instance-x"
    assert people.id_of("Cy Specimen", "a-paper") == "cy-specimen-coast"


def test_what_is_written_is_read_back():
    assert authors.dump(authors.parse(TWO, path="authors.yml")) == TWO


def test_an_empty_file_names_nobody():
    assert authors.parse("", path="authors.yml") == Authors()
    assert authors.dump(Authors()) == ""


@given(
    st.lists(
        st.tuples(NAMES, LINES, st.lists(SLUGS, min_size=1, max_size=5, unique=True)),
        max_size=4,
        unique_by=lambda item: author_id(item[0]),
    )
)
def test_whatever_the_names_what_is_written_is_read_back(items):
    people = {}
    for name, note, papers in items:
        key = f"{author_id(name)}-x"
        people[key] = Namesake(id=key, name=name, note=note, papers=tuple(papers))
    made = Authors(namesakes=MappingProxyType(people))
    assert authors.parse(authors.dump(made), path="authors.yml") == made


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Ada Example", "ada-example"),
        ("Ørjan Prøve", "orjan-prove"),
        ("见本 一郎", "jian-ben-yi-lang"),
        ("…", "unknown"),
    ],
)
def test_an_id_is_the_name_without_accents_and_signs(name, key):
    assert author_id(name) == key


@given(st.from_regex(r"[A-Za-z][A-Za-z .-]*", fullmatch=True))
def test_the_short_way_to_an_id_leads_where_the_long_one_does(name):
    assert author_id(name) == (slugify(name) or "unknown")


@pytest.mark.parametrize("first", [0xC0, 0x100, 0x180, 0x1E00])
def test_every_latin_letter_is_written_without_accents_as_slugify_does(first):
    for letter in map(chr, range(first, first + 0x80 + 0x80 * (first == 0x1E00))):
        for name in (letter, f"A. {letter}b-{letter}"):
            assert authors.name_slug(name) == slugify(name)
