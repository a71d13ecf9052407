from itertools import pairwise

from builder.analysis.reference import reference_rows
from tests.analysis.making import paper


def dated(*days):
    return [paper(f"p{row}", "T", **({"date": day} if day else {})) for row, day in enumerate(days)]


def test_up_to_fifteen_papers_are_all_counted():
    assert reference_rows(dated(*[None] * 15)) == list(range(15))


def test_no_paper_is_no_reference():
    assert reference_rows([]) == []


def test_the_oldest_are_counted_and_those_without_a_date_are_the_youngest():
    days = [f"2024-01-{day:02}" for day in range(1, 17)]
    assert reference_rows(dated(*reversed(days), "2023-01-01")) == list(range(1, 17))
    assert reference_rows(dated(None, *days)) == list(range(1, 17))


def test_their_number_grows_by_an_eighth_at_most():
    sizes = [len(reference_rows(dated(*[None] * count))) for count in range(8, 200)]
    steps = [later / size for size, later in pairwise(sizes)]
    assert max(steps) <= 1 + 1 / 8
    assert all(
        size <= count < size * 1.125 + 1 for count, size in zip(range(8, 200), sizes, strict=True)
    )


def test_the_year_of_a_venue_or_an_arxiv_id_dates_a_paper():
    papers = [*dated(*["2024-06-01"] * 15), paper("v", "T", venue="ICLR 2023"), paper("z", "T")]
    assert reference_rows(papers) == list(range(16))
