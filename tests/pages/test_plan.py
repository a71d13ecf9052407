import datetime
from dataclasses import replace

import pytest

from builder.analysis import Analysis, Backlinks, Mention
from builder.content.authors import Authors, Namesake
from builder.library import Library
from builder.pages import views
from builder.pages.kinds import papers
from builder.pages.kinds.home import totals
from builder.pages.page import Page
from builder.pages.plan import plan
from builder.pages.shape import Shaper
from tests.pages.conftest import CRANE, LANTERN, LOAF, QUARTER, ROBOTS, SIEVE, STORMS, blank


@pytest.fixture
def pages(small: Library, analysis: Analysis) -> dict[str, Page]:
    return {page.path: page for page in plan(Shaper(small, analysis))}


def view(pages: dict[str, Page], path: str) -> views.PaperView:
    return pages[path].view


def test_each_page_is_planned_once(small: Library, analysis: Analysis) -> None:
    paths = [page.path for page in plan(Shaper(small, analysis))]
    assert len(paths) == len(set(paths))


def test_planning_makes_no_view_and_reads_no_text(
    small: Library, analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    def touched(*_: object) -> None:
        raise AssertionError("planning read what only a view needs")

    for name in ("card", "paper", "reference", "links", "trend", "collection_row"):
        monkeypatch.setattr(Shaper, name, touched)
    assert list(plan(Shaper(small, analysis)))


def test_there_is_a_page_for_everything_and_a_list_of_each_kind(
    small: Library, pages: dict[str, Page]
) -> None:
    expected = {"index.md", "browse/index.md", "saved/index.md"}
    expected |= {
        f"{name}/index.md"
        for name in ("editions", "tags", "authors", "years", "collections", "map", "health")
    }
    expected |= {f"papers/{slug}.md" for slug in small.papers}
    expected |= {f"editions/{key}.md" for key in small.editions}
    expected |= {f"tags/{key}.md" for key in small.vocabulary.tags}
    expected |= {f"collections/{key}.md" for key in small.collections}
    expected |= {f"authors/{key}.md" for key in ("ada-example", "bo-sample")}
    expected |= {f"years/{year}.md" for year in (2025, 2024, 2023, 2022, 2003, "unknown")}
    assert set(pages) == expected


def test_a_page_names_the_file_that_it_is_made_of(pages: dict[str, Page]) -> None:
    assert pages[f"papers/{LOAF}.md"].source == f"papers/{LOAF}.md"
    assert pages["editions/daily-papers-undated.md"].source == "editions/daily-papers-undated.yml"
    assert pages["tags/sparsity.md"].source == "tags.yml"
    assert pages["collections/less-is-more.md"].source == "collections/less-is-more.md"
    assert pages["index.md"].source == ""


def test_a_library_without_reading_paths_has_no_list_of_them(small: Library) -> None:
    library = replace(small, collections={})
    assert not [
        page
        for page in plan(Shaper(library, blank(library)))
        if page.path.startswith("collections/")
    ]


def test_an_empty_library_still_has_its_lists(small: Library) -> None:
    library = Library(root=small.root, papers={})
    pages = {page.path: page for page in plan(Shaper(library, blank(library)))}
    assert set(pages) == {
        "index.md",
        "browse/index.md",
        "saved/index.md",
        "editions/index.md",
        "tags/index.md",
        "authors/index.md",
        "years/index.md",
    }
    assert pages["index.md"].view.newest is None


def test_the_site_counts_what_it_holds_and_was_updated_with_the_newest_edition(
    small: Library,
) -> None:
    site = totals(Shaper(small, blank(small)))
    assert (site.papers, site.editions, site.tags) == (12, 3, 8)
    assert site.updated == datetime.date(2025, 3, 17)


def test_without_editions_the_site_was_updated_with_its_newest_paper(small: Library) -> None:
    library = replace(small, editions={})
    assert totals(Shaper(library, blank(library))).updated == datetime.date(2025, 3, 14)


def test_home_shows_the_newest_edition_the_picks_and_what_was_listed_more_than_once(
    pages: dict[str, Page],
) -> None:
    home = pages["index.md"].view
    assert home.newest.row.id == "daily-papers-2025-03-17"
    assert [card.slug for card in home.picks] == [LOAF]
    assert [card.slug for card in home.most_listed] == [LOAF]
    assert home.latest[0].slug == CRANE


def test_a_paper_tells_the_search_index_what_it_is_found_by(pages: dict[str, Page]) -> None:
    filters = view(pages, f"papers/{LOAF}.md").filters
    assert ("year", "2025") in filters
    assert ("venue", "ICLR 2025") in filters
    assert ("has", "code") in filters
    assert ("has", "editors' pick") in filters
    assert [value for name, value in filters if name == "edition"] == [
        "daily-papers-2025-03-17",
        "daily-papers-undated",
    ]
    assert not [name for name, _ in view(pages, f"papers/{ROBOTS}.md").filters if name == "year"]


def test_dates_sort_as_text_whether_in_full_a_year_alone_or_unknown(
    pages: dict[str, Page],
) -> None:
    dates = [view(pages, f"papers/{slug}.md").sort_date for slug in (LOAF, QUARTER, ROBOTS)]
    assert dates == ["2025-03-06", "2022-00-00", "0000"]
    assert sorted(dates, reverse=True) == dates


def test_a_paper_says_how_many_authors_are_known_by_number_alone(
    pages: dict[str, Page],
) -> None:
    assert view(pages, f"papers/{STORMS}.md").authors == ()
    assert view(pages, f"papers/{STORMS}.md").authors_more == 4
    assert view(pages, f"papers/{LOAF}.md").authors_more == 0


def test_a_paper_with_suggested_tags_asks_for_confirmation(pages: dict[str, Page]) -> None:
    assert view(pages, f"papers/{STORMS}.md").suggested
    assert not view(pages, f"papers/{LOAF}.md").suggested


def test_a_paper_stands_between_its_neighbors_in_each_edition(pages: dict[str, Page]) -> None:
    newest, undated = view(pages, f"papers/{LOAF}.md").editions
    assert (newest.name, newest.position, newest.size) == ("Daily Papers, March 17, 2025", 2, 5)
    assert newest.comments == 3
    assert newest.previous and newest.previous.slug == CRANE
    assert newest.next and newest.next.slug == SIEVE
    assert (undated.name, undated.previous) == ("Daily Papers, undated", None)


def test_a_paper_shows_who_points_to_it(pages: dict[str, Page]) -> None:
    paper = view(pages, f"papers/{SIEVE}.md")
    assert [card.slug for card in paper.mentioned_by.cards] == [CRANE]
    assert [card.slug for card in paper.related_from.cards] == [LOAF]
    assert [item.url for item in paper.collections] == ["collections/less-is-more/"]


def test_of_many_papers_that_point_to_one_the_newest_are_named_and_the_others_counted(
    small: Library, analysis: Analysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST_POINTING", 2)
    many = Backlinks(mentioned_by=(CRANE, ROBOTS), related_from=(CRANE, ROBOTS, LANTERN, STORMS))
    found = replace(analysis, backlinks={**analysis.backlinks, SIEVE: many})
    pages = {page.path: page for page in plan(Shaper(small, found))}
    paper = view(pages, f"papers/{SIEVE}.md")
    assert [card.slug for card in paper.related_from.cards] == [CRANE, STORMS]
    assert (paper.related_from.more, paper.mentioned_by.more) == (2, 0)


def test_a_name_in_an_abstract_leads_to_its_paper(small: Library, analysis: Analysis) -> None:
    start = small.papers[CRANE].abstract.index("Sieve-7")
    mention = Mention(slug=SIEVE, name="Sieve-7", start=start, end=start + len("Sieve-7"))
    found = replace(analysis, mentions={**analysis.mentions, CRANE: (mention,)})
    pages = {page.path: page for page in plan(Shaper(small, found))}
    assert f'<a href="../{SIEVE}/"' in view(pages, f"papers/{CRANE}.md").abstract


def test_editions_lead_to_the_one_before_and_the_one_after(pages: dict[str, Page]) -> None:
    middle = pages["editions/daily-papers-2024-12-02.md"].view
    assert middle.newer.id == "daily-papers-2025-03-17"
    assert middle.older.id == "daily-papers-undated"
    assert middle.entries[0].card.slug == LANTERN
    assert middle.entries[0].comments == 12


def test_a_tag_shows_every_year_of_the_library_even_those_without_a_paper(
    pages: dict[str, Page],
) -> None:
    bars = pages["tags/sparsity.md"].view.years
    assert [bar.label for bar in bars] == [str(year) for year in range(2003, 2026)]
    assert [(bar.label, bar.value, bar.share) for bar in bars if bar.value] == [
        ("2003", 1, 0.5),
        ("2023", 1, 0.5),
        ("2025", 2, 1.0),
    ]


def test_a_tag_names_its_neighbors_and_what_it_is_confused_with(pages: dict[str, Page]) -> None:
    tag = pages["tags/sparsity.md"].view
    assert [item.tag.id for item in tag.neighbours] == ["theory"]
    assert [row.id for row in tag.see_also] == ["quantization"]


def test_a_year_is_read_by_month_newest_first(pages: dict[str, Page]) -> None:
    months = pages["years/2025.md"].view.months
    assert [month.name for month in months] == ["March", "February", "January"]
    assert [card.slug for card in months[0].cards] == [CRANE, SIEVE, LOAF]


def test_an_author_page_lists_coauthors_by_papers_together(pages: dict[str, Page]) -> None:
    ada = pages["authors/ada-example.md"].view
    assert [(item.name, item.papers) for item in ada.coauthors] == [
        ("Bo Sample", 1),
        ("Cy Specimen", 1),
        ("Dee Instance", 1),
    ]


def test_the_page_of_a_namesake_says_who_it_is(small: Library) -> None:
    baker = Namesake(id="ada-example-x", name="Ada Example", note="baker", papers=(LOAF, SIEVE))
    library = replace(small, authors=Authors(namesakes={baker.id: baker}))
    pages = {page.path: page for page in plan(Shaper(library, blank(library)))}
    assert "authors/ada-example.md" not in pages
    ada = pages["authors/ada-example-x.md"].view
    assert (ada.author.name, ada.author.note) == ("Ada Example", "baker")
    assert ada.description == "2 papers by Ada Example (baker) in this list."


def test_every_author_stands_under_the_letter_of_the_family_name(pages: dict[str, Page]) -> None:
    letters = pages["authors/index.md"].view.letters
    assert [item.name for item in letters] == sorted(item.name for item in letters)
    assert [row.name for item in letters if item.name == "I" for row in item.authors] == [
        "Dee Instance",
        "Lou Instance",
    ]
