from dataclasses import replace

import pytest

from builder.content.paper import Paper
from builder.library import Library
from builder.pages.map_page import facet_keys
from builder.pages.shape import Shaper
from builder.pages.timeline import MOST_COLUMNS, timeline
from builder.pages.views import TimelineView
from tests.pages.conftest import blank


def of(library: Library) -> TimelineView:
    shaper = Shaper(library, blank(library))
    return timeline(shaper, facet_keys(shaper))


def shelf(small: Library, *arxiv: str | None) -> Library:
    """Papers with these arXiv ids, whose digits begin with year and month."""
    papers = {
        f"paper-{index:03}": Paper(
            slug=f"paper-{index:03}", title="A", abstract="B", arxiv=number, tags=("sparsity",)
        )
        for index, number in enumerate(arxiv)
    }
    return replace(small, papers=papers, editions={}, collections={})


def test_a_list_of_many_years_is_drawn_by_year_without_gaps(small: Library) -> None:
    view = of(small)
    assert view.unit == "year"
    assert [column.name for column in view.columns] == [str(year) for year in range(2003, 2026)]
    assert [column.papers for column in view.columns if column.papers] == [1, 1, 1, 3, 5]
    assert sum(column.papers for column in view.columns) + view.undated == len(small.papers)


def test_a_bar_is_parted_by_the_facet_of_first_tags(small: Library) -> None:
    newest = of(small).columns[-1]
    parts = {segment.name: segment.papers for segment in newest.segments}
    assert parts == {"Method": 2, "Task": 1, "No topic yet": 2}
    assert sum(newest.counts) == newest.papers == 5
    method, task, _ = (segment.rect.height for segment in newest.segments)
    assert method == pytest.approx(2 * task, abs=0.02)
    assert newest.y == newest.segments[-1].rect.y


def test_bars_lead_to_their_years_and_empty_ones_nowhere(small: Library) -> None:
    columns = {column.name: column for column in of(small).columns}
    assert columns["2024"].url == "years/2024/"
    assert (columns["2010"].papers, columns["2010"].url) == (0, "")


def test_of_many_bars_few_are_labeled_among_them_the_newest(small: Library) -> None:
    labels = [column.label for column in of(small).columns]
    assert labels[-1] == "2025"
    assert [label for label in labels if label] == [str(y) for y in range(2004, 2026, 3)]


def test_a_young_list_is_drawn_by_month(small: Library) -> None:
    view = of(shelf(small, "2411.99901", "2501.99902", "2501.99903"))
    assert view.unit == "month"
    assert [(column.name, column.papers) for column in view.columns] == [
        ("November 2024", 1),
        ("December 2024", 0),
        ("January 2025", 2),
    ]
    assert [column.label for column in view.columns] == ["Nov 24", "Dec 24", "Jan 25"]
    assert view.columns[0].url == "years/2024/"


def test_a_list_whose_months_are_not_known_is_drawn_by_year(small: Library) -> None:
    library = shelf(small, "2411.99901", "2501.99902")
    late = replace(library.papers["paper-000"], slug="paper-009", arxiv=None, venue="ICLR 2025")
    view = of(replace(library, papers={**library.papers, "paper-009": late}))
    assert view.unit == "year"
    assert [(column.name, column.papers) for column in view.columns] == [("2024", 1), ("2025", 2)]


def test_years_beyond_the_first_bars_are_counted_in_the_first_one(small: Library) -> None:
    view = of(shelf(small, "cs/9401012", "cs/9501012", "2501.99902"))
    assert len(view.columns) == MOST_COLUMNS
    first = view.columns[0]
    assert (first.name, first.papers, first.url) == ("1996 and before", 2, "years/")


def test_without_any_date_there_is_no_chart(small: Library) -> None:
    view = of(shelf(small, None, None))
    assert (view.columns, view.ticks, view.undated) == ((), (), 2)
