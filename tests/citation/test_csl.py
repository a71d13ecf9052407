import json

import jsonschema
import pytest

from builder.citation import csl
from tests.conftest import DATA

SCHEMA = json.loads((DATA / "schemas/csl-data.json").read_text())


def item(reference):
    items = json.loads(csl([reference]))
    jsonschema.Draft7Validator(SCHEMA).validate(items)
    return items[0]


def test_a_preprint_is_an_article_by_arxiv(cite):
    reference = cite()
    assert item(reference) == {
        "id": reference.key,
        "type": "article",
        "title": "Half a Loaf: Sparse Updates",
        "author": [
            {"family": "Example", "given": "Ada"},
            {"family": "van der Sample", "given": "Jan"},
        ],
        "issued": {"date-parts": [[2024, 11, 6]]},
        "publisher": "arXiv",
        "number": "arXiv:2411.99901",
        "archive": "arXiv",
        "archive_location": "2411.99901",
        "URL": "https://arxiv.org/abs/2411.99901",
        "abstract": "We update half of the weights in O(n).",
    }


@pytest.mark.parametrize(
    ("venue", "kind"),
    [
        ("ICLR 2025", "paper-conference"),
        ("Journal of Loaves 4(2), 101-120, 2025", "article-journal"),
        ("Crusts 2025", "document"),
    ],
)
def test_a_venue_decides_the_type_and_gives_the_year(cite, venue, kind):
    made = item(cite(venue=venue))
    assert made["type"] == kind
    assert made["issued"] == {"date-parts": [[2025]]}
    assert "publisher" not in made
    assert made["archive_location"] == "2411.99901"


def test_an_article_has_volume_issue_and_pages(cite):
    made = item(cite(venue="Journal of Loaves 4(2), 101-120, 2025", doi="10.0000/half"))
    assert (made["volume"], made["issue"], made["page"]) == ("4", "2", "101-120")
    assert made["DOI"] == "10.0000/half"


def test_groups_are_literal_and_suffixes_apart(cite):
    made = item(cite(authors=("Crumb Team", "Bo Sample Jr.")))
    assert made["author"] == [
        {"literal": "Crumb Team"},
        {"family": "Sample", "given": "Bo", "suffix": "Jr."},
    ]


def test_what_is_not_known_is_absent(cite):
    made = item(cite(authors=(), date=None, arxiv=None))
    assert set(made) == {"id", "type", "title", "abstract"}
