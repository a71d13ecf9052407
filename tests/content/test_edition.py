"""An edition keeps its listing's order and comments, and is written as it is read."""

import datetime

from hypothesis import given

from builder.content import edition
from builder.content.edition import Edition, Listing
from tests.content.strategies import EDITIONS


def test_a_listing_is_read_in_its_order(small):
    assert small.editions["daily-papers-2025-03-17"] == Edition(
        id="daily-papers-2025-03-17",
        title="Daily Papers",
        source="huggingface-daily-papers",
        date=datetime.date(2025, 3, 17),
        date_inferred=True,
        papers=(
            Listing(paper="papercrane-folding-policies-from-one-demonstration"),
            Listing(paper="half-a-loaf-sparse-updates-for-large-models", comments=3),
            Listing(paper="sieve-7-learning-what-to-forget"),
            Listing(paper="storms-in-a-teacup-translation-with-ten-sentences", comments=0),
            Listing(paper="do-robots-fold-paper"),
        ),
    )


def test_an_edition_may_have_no_date(small):
    undated = small.editions["daily-papers-undated"]
    assert (undated.date, undated.date_inferred) == (None, False)


@given(EDITIONS)
def test_what_is_written_is_read_back(item):
    assert edition.parse(edition.dump(item), path="editions/an-edition.yml") == item


def test_the_lines_of_its_papers_are_known():
    item = edition.parse(
        "title: T\npapers:\n  - a\n  - {paper: b, comments: 1}\n", path="editions/e.yml"
    )
    assert (item.file.lines["papers[0]"], item.file.lines["papers[1]"]) == (3, 4)
