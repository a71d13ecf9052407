from dataclasses import replace

import pytest

from builder.library import Library
from builder.pages import shape
from builder.pages.people import AUTHORS_SHOWN, family_name, fold
from builder.pages.shape import Shaper
from builder.pages.views import Person
from tests.pages.conftest import (
    CRANE,
    LANTERN,
    LOAF,
    MARKUP,
    QUARTER,
    ROBOTS,
    SIEVE,
    STORMS,
    blank,
    two_bo_samples,
)


def test_papers_stand_newest_first_and_those_without_any_year_last(shaper: Shaper) -> None:
    assert shaper.newest_first([ROBOTS, LOAF, LANTERN, CRANE]) == [CRANE, LOAF, LANTERN, ROBOTS]


def test_a_paper_with_a_year_alone_stands_behind_the_dated_ones_of_that_year(
    small: Library,
) -> None:
    later = replace(small.papers[LOAF], slug="later", date=None, arxiv=None, venue="ICLR 2025")
    library = replace(small, papers={**small.papers, "later": later})
    shaper = Shaper(library, blank(library))
    assert shaper.newest_first(["later", LOAF, LANTERN]) == [LOAF, "later", LANTERN]


def test_a_title_is_html_in_one_field_and_text_in_the_other(shaper: Shaper) -> None:
    card = shaper.card(MARKUP)
    assert (
        card.title
        == "What &lt;b&gt;Not&lt;/b&gt; to Escape: Markup &amp; &quot;Quotes&quot; in Prompts"
    )
    assert card.plain_title == 'What <b>Not</b> to Escape: Markup & "Quotes" in Prompts'


def test_a_teaser_is_the_summary_or_else_the_beginning_of_the_abstract(shaper: Shaper) -> None:
    assert shaper.card(LOAF).is_summary
    assert shaper.card(LOAF).teaser.startswith("Updates one weight in a thousand")
    assert not shaper.card(ROBOTS).is_summary
    assert shaper.card(ROBOTS).teaser == "No."


def test_a_card_is_made_once(shaper: Shaper) -> None:
    assert shaper.card(LOAF) is shaper.card(LOAF)


@pytest.mark.parametrize("workers", ["1", "2"])
@pytest.mark.parametrize("few", [0, 1000])
def test_what_is_prepared_beside_other_work_is_what_would_be_made_later(
    small: Library, monkeypatch: pytest.MonkeyPatch, workers: str, few: int
) -> None:
    monkeypatch.setenv("PAPERSHELF_WORKERS", workers)
    monkeypatch.setattr(shape, "FEW", few)
    prepared, later = (Shaper(small, blank(small)) for _ in range(2))
    with prepared.preparing():
        # Also what the other work asks for meanwhile.
        prepared.card(LOAF)
    for slug in small.papers:
        fact = ("face", slug)
        assert later.stamp_at_hand(fact) is None
        assert prepared.card(slug) == later.card(slug)
        assert prepared.stamp_at_hand(fact) == later.stamp_at_hand(fact)


def test_a_chip_says_who_gave_the_tag_and_why(shaper: Shaper) -> None:
    (chip,) = shaper.chips(STORMS)
    assert (chip.name, chip.facet, chip.url) == ("Translation", "task", "tags/translation/")
    assert (chip.by, chip.why) == ("auto", "")
    (chip,) = shaper.reasoned_chips(STORMS)
    assert (chip.by, chip.why) == ("auto", "“translation” in the title")
    assert {chip.by for chip in shaper.chips(LOAF)} == {"curator"}


def test_a_tag_counts_its_papers_its_suggestions_and_its_share_of_the_largest(
    shaper: Shaper,
) -> None:
    rows = {row.id: row for facet in shaper.facets for row in facet.tags}
    assert (rows["sparsity"].papers, rows["sparsity"].suggested, rows["sparsity"].share) == (
        4,
        0,
        1,
    )
    assert (rows["translation"].papers, rows["translation"].suggested) == (1, 1)
    assert rows["translation"].share == 0.25
    assert rows["theory"].share == 0.75


def test_a_library_without_tagged_papers_has_shares_of_nothing(small: Library) -> None:
    library = replace(
        small, papers={slug: replace(item, tags=()) for slug, item in small.papers.items()}
    )
    facets = Shaper(library, blank(library)).facets
    assert {row.share for facet in facets for row in facet.tags} == {0}


def test_the_most_frequent_tags_come_first_with_their_facet(shaper: Shaper) -> None:
    counts = shaper.tag_counts([LOAF, SIEVE, STORMS], limit=2)
    assert [(item.name, item.papers, item.facet) for item in counts] == [
        ("Sparsity", 2, "method"),
        ("Retrieval", 1, "method"),
    ]


def test_only_an_author_with_several_papers_has_a_page(shaper: Shaper) -> None:
    assert [
        (person.name, person.url) for person in shaper.people(shaper.library.papers[SIEVE])
    ] == [
        ("Cy Specimen", ""),
        ("Ada Example", "authors/ada-example/"),
        ("Dee Instance", ""),
    ]


def test_authors_are_sorted_by_family_name_then_by_the_whole(shaper: Shaper) -> None:
    names = [row.name for row in shaper.author_rows]
    at = {name: names.index(name) for name in names}
    assert at["Ada Example"] < at["Jo Example"] < at["Nia Example"] < at["Dee Instance"]
    assert at["Dee Instance"] < at["Lou Instance"] < at["Eve Paradigm"]


def test_two_spellings_of_a_name_are_one_author_shown_as_it_is_written_most(
    small: Library,
) -> None:
    plain = replace(small.papers[LOAF], slug="plain", authors=("Kathe Mussig",))
    library = replace(small, papers={**small.papers, "plain": plain})
    row = Shaper(library, blank(library)).author_row("kathe-mussig")
    assert row.name == "Käthe Müßig"
    assert row.papers == 2


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("Ada Example", "example"),
        ("Ørjan Prøve", "prove"),
        ("见本 一郎", "lang"),
        ("…", ""),
    ],
)
def test_an_author_has_a_name_to_sort_by(name: str, family: str) -> None:
    assert family_name(name) == family


def test_a_paper_counts_once_for_an_author_named_twice(small: Library) -> None:
    twice = replace(small.papers[LOAF], authors=("Ada Example", "Adá Example"))
    library = replace(small, papers={LOAF: twice})
    assert Shaper(library, blank(library)).by_author["ada-example"] == [LOAF]


def test_namesakes_are_told_apart_and_each_has_the_own_papers(small: Library) -> None:
    # Bo Sample wrote two papers of the invented library, and would have a page of both.
    library = replace(small, authors=two_bo_samples())
    shaper = Shaper(library, blank(library))
    assert "bo-sample" not in [row.id for row in shaper.author_rows]
    rows = [shaper.author_row(key) for key in ("bo-sample-folds", "bo-sample-prunes")]
    assert [(row.name, row.note) for row in rows] == [
        ("Bo Sample", "folds paper"),
        ("Bo Sample", "prunes trees"),
    ]
    assert [(row.papers, row.paper_url) for row in rows] == [
        (1, f"papers/{CRANE}/"),
        (1, f"papers/{LOAF}/"),
    ]
    assert {row.url for row in rows} == {""}
    assert [person.url for person in shaper.people(library.papers[LOAF])] == [
        "authors/ada-example/",
        "",
    ]


def test_an_author_without_namesakes_needs_no_note(shaper: Shaper) -> None:
    assert {row.note for row in shaper.author_rows} == {""}


@pytest.mark.parametrize("count", [1, AUTHORS_SHOWN, AUTHORS_SHOWN + 2])
def test_a_short_list_of_authors_is_not_folded(count: int) -> None:
    people = tuple(Person(name=f"Person {n}", url="") for n in range(count))
    assert fold(people) == (people, ())


def test_a_long_list_of_authors_is_folded_after_the_first_ones() -> None:
    people = tuple(Person(name=f"Person {n}", url="") for n in range(AUTHORS_SHOWN + 3))
    shown, folded = fold(people)
    assert len(shown) == AUTHORS_SHOWN
    assert shown + folded == people


def test_a_debut_is_told_only_where_an_older_edition_could_have_listed_the_paper(
    shaper: Shaper,
) -> None:
    # Of three editions one is undated and one the oldest.
    assert set(shaper.debuts.values()) == {"daily-papers-2025-03-17"}
    assert shaper.debuts[LOAF] == "daily-papers-2025-03-17"
    assert LANTERN not in shaper.debuts
    assert MARKUP not in shaper.debuts


def test_an_edition_row_says_what_is_new_in_it(shaper: Shaper) -> None:
    rows = shaper.edition_rows
    assert {key: row.new for key, row in rows.items()} == {
        "daily-papers-2025-03-17": 5,
        "daily-papers-2024-12-02": 0,
        "daily-papers-undated": 0,
    }
    row = rows["daily-papers-2025-03-17"]
    assert row.name == "Daily Papers, March 17, 2025"
    assert row.date_inferred
    assert [card.slug for card in row.first] == [CRANE, LOAF, SIEVE]
    assert rows["daily-papers-2024-12-02"].share == 0.8


def test_links_out_become_buttons_in_their_order(shaper: Shaper) -> None:
    buttons = shaper.buttons(shaper.library.papers[LOAF])
    assert [button.kind for button in buttons] == ["pdf", "arxiv", "doi", "code", "project"]
    (pdf, search) = shaper.buttons(shaper.library.papers[QUARTER])
    assert (pdf.label, search.kind) == ("PDF", "search")
