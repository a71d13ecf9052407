"""What is the same paper: its title's letters and digits, or its old slug and its abstract."""

import pytest

from builder.content.paper import Paper
from builder.content.redirects import Redirect, Redirects
from builder.importers.entries import Entry
from builder.importers.same import Known, free, title_key

ABSTRACT = "We fold paper until it flies, and measure how far it flies from the table to the door."


@pytest.mark.parametrize(
    "title",
    [
        "Half a Loaf: Sparse Updates",
        "HALF  A LOAF – sparse updates!",
        "half-a-loaf (sparseupdates)",
    ],
)
def test_capitals_signs_and_spaces_make_no_other_title(title):
    assert title_key(title) == "halfaloafsparseupdates"


@pytest.mark.parametrize(
    ("one", "other"),
    [("Schrödinger", "Schrodinger"), ("ﬁne-tuning", "fine tuning"), ("S^{2}FT", "S2FT"),
     ("Straße", "STRASSE")],
)  # fmt: skip
def test_accents_and_ligatures_make_no_other_title(one, other):
    assert title_key(one) == title_key(other)


def test_letters_and_digits_make_another_title():
    assert title_key("Sieve-7") != title_key("Sieve-8")
    assert title_key("?!") == ""


def known(*papers: Paper, moved: tuple[Redirect, ...] = ()) -> Known:
    return Known(papers, Redirects(entries=moved))


def entry(title: str, abstract: str = ABSTRACT) -> Entry:
    return Entry(line=1, title=title, abstract=abstract)


PLANE = Paper(slug="paper-plane", title="Paper Plane", abstract=ABSTRACT)


def test_a_title_is_known_in_other_capitals():
    assert known(PLANE).find(entry("PAPER-PLANE", "Another abstract.")) == PLANE


def test_a_paper_whose_title_was_corrected_is_known_by_its_slug_and_abstract():
    corrected = Paper(slug="papr-plane", title="Paper Plane", abstract=ABSTRACT + " Mended.")
    assert known(corrected).find(entry("Papr Plane")) == corrected


def test_a_paper_that_moved_is_known_by_its_redirect():
    corrected = Paper(slug="paper-plane-two", title="Paper Plane II", abstract=ABSTRACT)
    moved = (
        Redirect(old="/papers/papr-plane/", new="/papers/paper-plane/"),
        Redirect(old="/papers/paper-plane/", new="/papers/paper-plane-two/"),
    )
    assert known(corrected, moved=moved).find(entry("Papr Plane")) == corrected


def test_another_paper_with_the_same_slug_is_new():
    long = "A Very Long Title That Goes on and on over More than Eighty Signs to Tell Papers Apart"
    first = Paper(slug=long.lower().replace(" ", "-")[:80], title=long, abstract=ABSTRACT)
    shelf = known(first)
    assert shelf.find(entry(long + " Once", "Something else is said here about spoons.")) is None


def test_redirects_in_a_circle_end():
    moved = (
        Redirect(old="/papers/a/", new="/papers/b/"),
        Redirect(old="/papers/b/", new="/papers/a/"),
    )
    assert known(moved=moved).find(entry("A")) is None


def test_a_slug_that_is_taken_or_has_moved_gets_a_number():
    moved = (Redirect(old="/papers/paper-plane-2/", new="/papers/paper-plane/"),)
    assert known(PLANE, moved=moved).free_slug("Paper: Plane") == "paper-plane-3"
    assert known().free_slug("Paper: Plane") == "paper-plane"


def test_a_title_without_a_latin_letter_gets_a_slug_all_the_same():
    assert known().free_slug("ⵣ") != ""


def test_a_free_name_is_kept():
    assert free("a", lambda name: False) == "a"
    assert free("a", {"a", "a-2"}.__contains__) == "a-3"


def test_all_papers_of_a_title_are_found():
    twin = Paper(slug="paper-plane-2", title="Paper plane", abstract="Else.")
    assert known(PLANE, twin).titled("paper plane") == [PLANE, twin]


def test_a_corrected_title_is_found_by_its_slug_where_there_is_no_abstract():
    corrected = Paper(slug="papr-plane-a-theory", title="Paper Plane: A Theory", abstract="x")
    assert known(corrected).titled("Papr Plane: A Theory") == [corrected]


def test_another_title_with_the_same_slug_is_not_found():
    other = Paper(slug="paper-plane", title="Spoons and Forks", abstract="x")
    assert known(other).titled("Paper: Plane") == []
