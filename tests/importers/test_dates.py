"""A listing is no older than any paper in it, and its year is the earliest that allows that."""

import datetime
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.importers import dates


@pytest.mark.parametrize(
    ("day", "papers", "listing"),
    [
        ((3, 17), [date(2024, 5, 1)], date(2025, 3, 17)),
        ((3, 17), [date(2025, 3, 17), None], date(2025, 3, 17)),
        ((3, 17), [date(2025, 3, 18)], date(2026, 3, 17)),
        ((1, 6), [date(2019, 1, 1), date(2025, 12, 24)], date(2026, 1, 6)),
        ((2, 29), [date(2021, 1, 1)], date(2024, 2, 29)),
        ((2, 29), [date(1896, 3, 1)], date(1904, 2, 29)),
        ((3, 17), [None, None], None),
        ((3, 17), [], None),
    ],
)
def test_the_earliest_year_that_no_paper_contradicts(day, papers, listing):
    assert dates.first_possible(day, papers) == listing


def test_a_day_that_never_comes_is_an_error():
    with pytest.raises(ValueError, match="there is no day"):
        dates.first_possible((2, 30), [date(2024, 1, 1)])


DAYS = st.dates(min_value=date(1991, 1, 1), max_value=date(2090, 1, 1))


@given(DAYS, st.lists(DAYS, min_size=1))
def test_an_earlier_year_would_be_contradicted(day, papers):
    listing = dates.first_possible((day.month, day.day), papers)
    assert (listing.month, listing.day) == (day.month, day.day)
    assert listing >= max(papers)
    if (day.month, day.day) != (2, 29):
        assert listing - datetime.timedelta(days=366) < max(papers)


@pytest.mark.parametrize(
    ("day", "arxiv", "bound"),
    [
        (date(2024, 5, 6), "2405.01234", date(2024, 5, 6)),
        (None, "2405.01234", date(2024, 5, 1)),
        (None, "math/9912001", date(1999, 12, 1)),
        (None, None, None),
    ],
)
def test_a_paper_is_no_older_than_its_date_or_the_month_of_its_arxiv_id(day, arxiv, bound):
    assert dates.not_before(day, arxiv) == bound
