"""Lists that are spread over several pages, and what one paper more does to them."""

import datetime
from dataclasses import replace

import pytest

from builder.analysis import Analysis
from builder.library import Library
from builder.pages import parts
from builder.pages.page import Page
from builder.pages.plan import plan
from builder.pages.render import Renderer
from builder.pages.shape import Shaper
from builder.pages.views import Pager, SiteView
from tests.pages.conftest import CRANE, LOAF, SIEVE, blank, divide
from tests.projects import ROOT


@pytest.fixture
def pages(small: Library, analysis: Analysis, monkeypatch: pytest.MonkeyPatch) -> dict[str, Page]:
    divide(monkeypatch)
    return {page.path: page for page in plan(Shaper(small, analysis))}


def names(pager: Pager) -> list[str]:
    return [page.name for page in pager.pages]


def current(pager: Pager) -> list[str]:
    return [page.name for page in pager.pages if page.current]


def rendered(pages: dict[str, Page]) -> dict[str, str]:
    site = SiteView(name="Shelf", description="Papers.", edit_base="")
    renderer = Renderer(ROOT / "site_templates" / "pages", site)
    return {path: renderer.render(page) for path, page in pages.items()}


def test_every_address_of_a_short_list_is_one_of_a_long_list_too(
    small: Library, analysis: Analysis, pages: dict[str, Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    short = {page.path for page in plan(Shaper(small, analysis))}
    assert short < pages.keys()


def test_a_topic_of_many_papers_shows_the_newest_and_leads_to_all_by_year(
    pages: dict[str, Page],
) -> None:
    tag = pages["tags/sparsity.md"].view
    assert [card.slug for card in tag.papers] == [SIEVE]
    assert [(page.name, page.papers) for page in tag.pages.pages] == [
        ("2025", 2),
        ("2023", 1),
        ("2003", 1),
    ]
    newest = pages["tags/sparsity/2025.md"].view
    assert newest.title == "Sparsity, 2025"
    assert [page.url for page in newest.above] == ["tags/", "tags/sparsity/"]
    years, parts = newest.pagers
    assert (names(years), current(years)) == (["2025", "2023", "2003"], ["2025"])
    assert (names(parts), current(parts)) == (["Newest", "Part 1"], ["Newest"])
    assert [card.slug for month in newest.months for card in month.cards] == [SIEVE]
    assert newest.older.url == "tags/sparsity/2025/1/"
    assert newest.newer is None
    first = pages["tags/sparsity/2025/1.md"].view
    assert [card.slug for month in first.months for card in month.cards] == [LOAF]
    assert (first.older.name, first.newer.name) == ("2023", "2025")


def test_a_year_of_many_papers_counts_a_month_where_a_page_shows_a_part_of_it(
    pages: dict[str, Page],
) -> None:
    year = pages["years/2025.md"].view
    assert [(month.name, month.papers) for month in year.months] == [("March", 3)]
    assert [card.slug for month in year.months for card in month.cards] == [CRANE]
    assert names(year.parts) == ["Newest", "Part 4", "Part 3", "Part 2", "Part 1"]
    assert year.older.name == "2025, part 4"
    assert pages["years/2025/1.md"].view.older.name == "2024"


def test_authors_of_a_long_list_stand_on_pages_of_letters_and_of_pairs_of_letters(
    pages: dict[str, Page],
) -> None:
    index = pages["authors/index.md"].view
    assert index.letters == ()
    assert "authors/letters/e/" in [page.url for page in index.pages.pages]
    letter = pages["authors/letters/i.md"].view
    assert (letter.authors, names(letter.parts)) == ((), ["In"])
    assert current(letter.pages) == ["I"]
    pair = pages["authors/letters/in.md"].view
    assert [row.name for row in pair.authors] == ["Dee Instance", "Lou Instance"]
    assert current(pair.parts) == ["In"]
    alone = pages["authors/letters/p.md"].view
    assert alone.parts is None or alone.authors == ()


def test_an_author_of_many_papers_has_them_by_year(pages: dict[str, Page]) -> None:
    author = pages["authors/ada-example.md"].view
    assert len(author.papers) == 1
    assert [page.url for page in author.pages.pages] == ["authors/ada-example/2025/"]
    assert pages["authors/ada-example/2025.md"].view.title == "Ada Example, 2025"


def test_many_editions_stand_by_year_and_the_newest_on_the_first_page(
    pages: dict[str, Page],
) -> None:
    index = pages["editions/index.md"].view
    assert [row.id for row in index.rows] == ["daily-papers-2025-03-17"]
    assert names(index.years) == ["2025", "2024", "Undated"]
    year = pages["editions/years/2024.md"].view
    assert (year.title, current(year.years)) == ("Editions, 2024", ["2024"])
    assert pages["editions/years/unknown.md"].view.title == "Editions, undated"
    assert len(pages["index.md"].view.editions) == 2


def test_without_a_script_a_long_list_is_browsed_by_its_years(pages: dict[str, Page]) -> None:
    browse = pages["browse/index.md"].view
    assert browse.years == ()
    assert browse.pages.pages[0].url == "years/2025/"


def test_pages_of_a_list_tell_machines_what_comes_before_and_behind(
    pages: dict[str, Page],
) -> None:
    text = rendered({"x": pages["tags/sparsity/2025/1.md"]})["x"]
    head, body = text.split("---\n", 2)[1:]
    assert '<link rel=\\"prev\\" href=\\"../../../../tags/sparsity/2023/\\">' in head
    assert '<link rel=\\"next\\" href=\\"../../../../tags/sparsity/2025/\\">' in head
    assert '<nav class="ps-pages" aria-label="Years">' in body
    assert '<a aria-current="page"' in body


def test_a_new_paper_changes_the_pages_that_show_or_count_it_and_no_other(
    small: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "PART", 2)
    paper = replace(
        small.papers[LOAF],
        slug="new",
        title="A New Paper",
        date=datetime.date(2023, 12, 30),
        authors=("Yo Novel",),
        tags=("sparsity",),
    )
    library = replace(small, papers={**small.papers, "new": paper})
    before, after = (
        rendered({page.path: page for page in plan(Shaper(shelf, blank(shelf)))})
        for shelf in (small, library)
    )
    assert {"years/2025/1.md", "tags/sparsity/2023.md"} < before.keys()
    assert after.keys() - before.keys() == {"papers/new.md"}
    assert {path for path in before if before[path] != after[path]} == {
        "index.md",
        "browse/index.md",
        "tags/index.md",
        "tags/sparsity.md",
        "tags/sparsity/2023.md",
        "authors/index.md",
        "years/index.md",
        "years/2023.md",
        "map/index.md",
        "health/index.md",
    }
