import datetime

import pytest

from builder.content.paper import Link


def test_a_paper_with_an_arxiv_id_alone_is_a_preprint(cite):
    item = cite()
    assert (item.kind, item.venue, item.year) == ("preprint", None, 2024)
    assert item.publication_date == "2024-11-06"


def test_a_preprint_server_is_no_venue(cite):
    item = cite(venue="arXiv 2024")
    assert (item.kind, item.venue) == ("preprint", None)


@pytest.mark.parametrize(
    ("facts", "year", "published"),
    [
        ({"venue": "ICLR 2025"}, 2025, "2025"),
        ({"venue": "ICLR 2024"}, 2024, "2024"),
        ({"venue": "ICLR"}, 2024, "2024"),
        ({"venue": "ICLR", "arxiv": None}, 2024, "2024-11-06"),
        ({"date": None}, 2024, "2024"),
        ({"date": None, "arxiv": None}, None, None),
        ({"date": None, "arxiv": None, "venue": "ICLR 2025"}, 2025, "2025"),
    ],
)
def test_the_year_is_of_the_publication_that_is_cited(cite, facts, year, published):
    item = cite(**facts)
    assert (item.year, item.publication_date) == (year, published)


def test_the_key_keeps_the_year_of_a_preprint_that_is_accepted_later(cite):
    assert cite(venue="ICLR 2025").key == cite().key
    assert "2024" in cite().key


def test_the_address_is_the_best_that_is_known(cite, pdf):
    project = Link(kind="project", url="https://half.example.org/")
    arxiv, doi = "https://arxiv.org/abs/2411.99901", "https://doi.org/10.0000/half"
    assert cite(doi="10.0000/half", links=(pdf,)).url == arxiv
    assert cite(arxiv=None, doi="10.0000/half", links=(pdf,)).url == doi
    assert cite(arxiv=None, links=(project, pdf)).url == pdf.url
    assert cite(arxiv=None, links=(project,)).url == project.url
    assert cite(arxiv=None).url is None
    assert cite(doi="10.0000/half").same_as == (arxiv, doi)


def test_the_text_itself_is_at_arxiv_or_where_a_link_says(cite, pdf):
    assert cite().pdf == "https://arxiv.org/pdf/2411.99901"
    assert cite(arxiv=None, links=(pdf,)).pdf == pdf.url
    assert cite(arxiv=None).pdf is None


def test_title_and_abstract_are_plain_text(cite):
    item = cite(title="The $n$ Loaf")
    assert item.plain_title == "The n Loaf"
    assert item.abstract == "We update half of the weights in O(n)."


def test_authors_who_are_not_named_are_known_to_be_there(cite):
    assert not cite().more_authors
    assert cite(author_count=5).more_authors
    assert not cite(authors=(), author_count=5).more_authors


def test_the_day_of_a_paper_published_in_another_year_is_not_taken(cite):
    day = datetime.date(2019, 1, 2)
    assert cite(date=day, arxiv=None, venue="Journal of Loaves 2020").publication_date == "2020"
