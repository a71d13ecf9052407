"""What Zotero makes of each real paper's page."""

import pytest

from builder import library
from builder.citation import references
from builder.citation.head import tags
from tests.citation import zotero
from tests.projects import ROOT

TYPES = {"conference": "conferencePaper", "journal": "journalArticle", "preprint": "preprint",
         "other": "document"}  # fmt: skip


def read(item):
    found = tags(item, description="x", address="https://example.org/", site_name="The Shelf")
    return zotero.read([(tag.name, tag.content) for tag in found])


@pytest.fixture(scope="module")
def cited():
    return references(library.load(ROOT / "content").papers)


def test_every_paper_is_an_item_of_its_kind_with_its_facts(cited):
    for slug, item in cited.items():
        found = read(item)
        assert found.type == TYPES[item.kind], slug
        assert found.fields["title"] == " ".join(item.plain_title.split()), slug
        assert found.fields["abstractNote"] == " ".join(item.abstract.split()), slug
        assert found.fields.get("DOI") == item.doi, slug
        assert found.fields.get("url") == item.url, slug
        assert found.pdf == (item.pdf or ""), slug
        assert found.fields.get("date", "")[:4] == str(item.year or ""), slug


def test_every_author_is_one_person_with_the_right_family_name(cited):
    for slug, item in cited.items():
        for name, (given, family) in zip(item.authors, read(item).authors, strict=True):
            if name.family:
                assert family == name.family, slug
                assert given == " ".join(part for part in (name.given, name.suffix) if part), slug
            else:
                assert " ".join((given, family)).strip() == name.printed, slug


def test_a_lone_author_with_several_names_on_both_sides_is_one_person(cite):
    for printed in ("Ana Maria Muestra y Prueba", "Ana Maria de la Muestra", "Ada B. Example"):
        assert len(read(cite(authors=(printed,))).authors) == 1
