import datetime

import pytest

from builder.analysis.model import Trend
from builder.analysis.trends import trends
from builder.content.edition import Edition, Listing
from tests.analysis.making import paper, shelf


def trend(*listings):
    """The trend of a paper that was listed on these days ("" for none), with these comments."""
    editions = {
        f"e-{n}": Edition(
            id=f"e-{n}",
            title="Daily",
            date=datetime.date.fromisoformat(day) if day else None,
            papers=(Listing(paper="loaf", comments=comments),),
        )
        for n, (day, comments) in enumerate(listings)
    }
    return trends(shelf(paper("loaf", "Loaf"), editions=editions))["loaf"]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ([], ""),
        (["2026-03-17"], "listed once, Mar 2026"),
        (["2026-03-17", "2026-03-02"], "listed twice, Mar 2026"),
        (["2026-03-17", "2026-01-02", "2026-02-02"], "listed 3 times, Jan to Mar 2026"),
        (["2025-12-31", "2026-01-01"], "listed twice, Dec 2025 to Jan 2026"),
        ([""], "listed once"),
        (["", ""], "listed twice"),
        (["", "2026-03-17", ""], "listed 3 times, Mar 2026"),
    ],
)
def test_words_tell_how_often_and_when(days, words):
    assert trend(*((day, None) for day in days)).words == words


def test_numbers_tell_the_same():
    assert trend(("2026-01-05", 3), ("", 9), ("2025-11-30", None)) == Trend(
        listings=3,
        comments=9,
        first=datetime.date(2025, 11, 30),
        last=datetime.date(2026, 1, 5),
        words="listed 3 times, Nov 2025 to Jan 2026",
    )


def test_a_paper_that_was_never_listed_has_an_empty_trend():
    assert trend() == Trend()
