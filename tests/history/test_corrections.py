"""What changed in papers, in a sentence each."""

import datetime
from dataclasses import replace

import pytest

from builder.content.paper import Link, Paper
from builder.history.corrections import corrections, describe
from tests.repositories import needs_git, paper

BEFORE = Paper(
    slug="half-a-loaf",
    title="Half a Loaf",
    abstract="Text.",
    authors=("Ada Example", "Bo Sample"),
    arxiv="2503.99901",
    venue="ICLR 2025",
    summary="A summary.",
    tags=("sparsity",),
    related=("sieve",),
)
NAMES = {"sparsity": "Sparsity", "theory": "Theory, and proofs"}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({}, ""),
        ({"title": "Half the Loaf"}, "Title corrected from “Half a Loaf” to “Half the Loaf”."),
        ({"authors": ("Ada Example", "Bo Sample", "Cy Specimen")}, "Authors added: Cy Specimen."),
        ({"authors": ("Ada Example",)}, "Authors removed: Bo Sample."),
        ({"authors": ("Bo Sample", "Ada Example")}, "Authors put in another order."),
        ({"author_count": 12}, "Number of authors added: 12."),
        ({"organization": "Example Lab"}, "Organization added: Example Lab."),
        ({"date": datetime.date(2025, 3, 6)}, "Date added: 2025-03-06."),
        ({"arxiv": "2503.99902"}, "arXiv id corrected from 2503.99901 to 2503.99902."),
        ({"arxiv": None}, "arXiv id removed (2503.99901)."),
        ({"doi": "10.0000/loaf"}, "DOI added: 10.0000/loaf."),
        ({"venue": "ICML 2025"}, "Venue corrected from ICLR 2025 to ICML 2025."),
        (
            {"links": (Link(kind="code", url="https://code.example.org/"),)},
            "Links added: https://code.example.org/ (code).",
        ),
        ({"summary": "Better."}, "Summary reworded."),
        ({"summary": None}, "Summary removed."),
        ({"abstract": "Better."}, "Abstract reworded."),
        ({"notes": "A note."}, "Notes added."),
        (
            {"tags": ("sparsity", "theory")},
            "Topics added: “Theory, and proofs”.",
        ),
        ({"tags": ("gone",)}, "Topics added: “gone”; topics removed: “Sparsity”."),
        ({"tags": None}, "Topics left to suggestions."),
        ({"related": ()}, "Papers to read next removed: sieve."),
        ({"pick": True}, "Made an editors' pick."),
        (
            {"venue": None, "abstract": "Better."},
            "Venue removed (ICLR 2025); abstract reworded.",
        ),
    ],
)
def test_every_change_of_a_paper_has_its_sentence(change, sentence):
    assert describe(BEFORE, replace(BEFORE, **change), NAMES) == sentence


def test_tags_that_a_curator_gives_at_last_are_named():
    suggested = replace(BEFORE, tags=None)
    assert describe(suggested, BEFORE, NAMES) == "Topics chosen by an editor: “Sparsity”."


def test_of_many_new_authors_the_first_are_named():
    many = tuple(f"Author {number}" for number in range(1, 10))
    after = replace(BEFORE, authors=BEFORE.authors + many)
    assert describe(BEFORE, after, NAMES) == (
        "Authors added: Author 1, Author 2, Author 3, Author 4, Author 5 and 4 more."
    )


def sentences(shelf, limit=50):
    return [(item.slug, item.sentence) for item in corrections(shelf.timeline(), limit)]


@needs_git
def test_corrections_come_newest_first_and_the_first_state_of_a_paper_is_none(shelf):
    shelf.put("one")
    shelf.put("two")
    shelf.commit("2025-01-01")
    shelf.put("one", venue="ICML 2025")
    shelf.commit("2025-01-02")
    shelf.put("one", venue="ICML 2026")
    shelf.put("two", venue="ICML 2025")
    shelf.commit("2025-01-03")
    assert sentences(shelf) == [
        ("one", "Venue corrected from ICML 2025 to ICML 2026."),
        ("two", "Venue added: ICML 2025."),
        ("one", "Venue added: ICML 2025."),
    ]
    assert sentences(shelf, limit=2) == sentences(shelf)[:2]


@needs_git
def test_a_change_that_says_the_same_is_no_correction(shelf):
    shelf.put("one", '---\ntitle: "One"\nvenue: ICML 2025\n---\nText.\n')
    shelf.commit("2025-01-01")
    shelf.put("one", "---\nvenue: 'ICML 2025'\ntitle: One\n---\n\nText.\n\n")
    shelf.commit("2025-01-02")
    assert sentences(shelf) == []


@needs_git
def test_corrections_behind_many_changes_that_say_the_same_are_found(shelf, monkeypatch):
    monkeypatch.setattr("builder.history.corrections._BATCH", 2)
    shelf.put("one")
    shelf.commit("2025-01-01")
    shelf.put("one", venue="ICML 2025")
    shelf.commit("2025-01-02")
    text = (shelf.content / "papers" / "one.md").read_text(encoding="utf-8")
    for day in range(3, 9):
        shelf.put("one", text + "\n" * day)
        shelf.commit(f"2025-01-0{day}")
    assert sentences(shelf) == [("one", "Venue added: ICML 2025.")]


@needs_git
def test_a_renamed_paper_says_where_it_was(shelf):
    shelf.put("old-name", paper("One"))
    shelf.commit("2025-01-01")
    shelf.rename("old-name", "new-name")
    shelf.write("redirects.yml", '"/papers/old-name/": "/papers/new-name/"\n')
    shelf.commit("2025-01-02")
    shelf.put("new-name", paper("One", venue="ICML 2025"))
    shelf.commit("2025-01-03")
    assert sentences(shelf) == [
        ("new-name", "Venue added: ICML 2025."),
        ("new-name", "The page moved here from /papers/old-name/."),
    ]


@needs_git
def test_an_entry_that_was_merged_into_another_is_no_earlier_state_of_it(shelf):
    shelf.put("kept", paper("Kept"))
    shelf.commit("2025-01-01")
    shelf.put("double", paper("A double"))
    shelf.commit("2025-01-02")
    (shelf.content / "papers" / "double.md").unlink()
    shelf.write("redirects.yml", '"/papers/double/": "/papers/kept/"\n')
    shelf.put("kept", paper("Kept", venue="ICML 2025"))
    shelf.commit("2025-01-03")
    assert sentences(shelf) == [("kept", "Venue added: ICML 2025.")]


@needs_git
def test_of_a_state_that_cannot_be_read_nothing_is_claimed(shelf):
    shelf.put("one", "no front matter\n")
    shelf.commit("2025-01-01")
    shelf.put("one")
    shelf.commit("2025-01-02")
    assert sentences(shelf) == [("one", "The entry was edited.")]


@needs_git
def test_the_first_correction_behind_the_end_of_a_shallow_clone_is_known(shelf, tmp_path):
    shelf.put("one")
    shelf.commit("2025-01-01")
    shelf.put("one", venue="ICML 2025")
    shelf.commit("2025-01-02")
    shelf.put("one", venue="ICML 2026")
    shelf.commit("2025-01-03")
    source = f"file://{shelf.repository.folder}"
    shelf.repository.git("clone", "--quiet", "--depth=2", source, str(tmp_path / "shallow"))
    shelf.content = tmp_path / "shallow" / "content"
    assert sentences(shelf) == [("one", "Venue corrected from ICML 2025 to ICML 2026.")]
