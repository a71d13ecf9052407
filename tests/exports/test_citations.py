import dataclasses
import json

import pybtex.database
import pytest

from builder.citation import bibtex, csl, references, ris
from builder.exports.citations import citation_files

LOAF = "half-a-loaf-sparse-updates-for-large-models"


@pytest.fixture(scope="module")
def cited(small):
    return references(small.papers)


@pytest.fixture(scope="module")
def files(small, analysis, cited):
    return citation_files(small, analysis, cited)


def keys(text):
    return list(pybtex.database.parse_string(text, "bibtex").entries)


def test_every_paper_has_its_citation_in_three_formats(small, cited, files):
    for slug, item in cited.items():
        assert files[f"papers/{slug}/cite.bib"] == bibtex([item])
        assert files[f"papers/{slug}/cite.ris"] == ris([item])
        assert files[f"papers/{slug}/cite.csl.json"] == csl([item])


def test_the_library_holds_all_papers(small, cited, files):
    expected = [item.key for item in cited.values()]
    assert keys(files["library.bib"]) == expected
    assert [item["id"] for item in json.loads(files["library.csl.json"])] == expected
    assert files["library.ris"].count("\nER  - ") == len(expected)


def test_groups_hold_their_papers_in_their_order(small, cited, files):
    edition = small.editions["daily-papers-2025-03-17"]
    assert keys(files["editions/daily-papers-2025-03-17/cite.bib"]) == [
        cited[item.paper].key for item in edition.papers
    ]
    steps = small.collections["less-is-more"].papers
    assert keys(files["collections/less-is-more/cite.bib"]) == [
        cited[step.paper].key for step in steps
    ]
    assert cited[LOAF].key in keys(files["tags/sparsity/cite.bib"])


def test_what_holds_no_paper_has_no_file(small, analysis, cited):
    untagged = dataclasses.replace(analysis, tags=dict.fromkeys(small.papers, ()))
    files = citation_files(small, untagged, cited)
    assert not any(path.startswith("tags/") for path in files)
    assert "library.bib" in files
