import html
import json
from html.parser import HTMLParser

import pytest

from builder.citation.head import json_ld, tags

ADDRESS = "https://example.org/list/papers/half-a-loaf/"


def named(item, description="Half is enough."):
    """Name -> contents, of the tags of a page."""
    found = {}
    for tag in tags(item, description=description, address=ADDRESS, site_name="The Shelf"):
        found.setdefault(tag.name, []).append(tag.content)
    return found


def linked_data(item, **more):
    arguments = {"description": "Half is enough.", "address": ADDRESS, **more}
    return json.loads(json_ld(item, **arguments))


def test_a_preprint_tells_what_scholar_and_zotero_ask_for(cite):
    found = named(cite())
    citation = {name: content for name, content in found.items() if name.startswith("citation_")}
    assert citation == {
        "citation_title": ["Half a Loaf: Sparse Updates"],
        "citation_author": ["Example, Ada", "van der Sample, Jan"],
        "citation_publication_date": ["2024/11/06"],
        "citation_arxiv_id": ["2411.99901"],
        "citation_pdf_url": ["https://arxiv.org/pdf/2411.99901"],
        "citation_public_url": ["https://arxiv.org/abs/2411.99901"],
        "citation_abstract": ["We update half of the weights in O(n)."],
    }
    assert found["DC.type"] == ["preprint"]


def test_a_venue_makes_the_date_a_year_and_the_preprint_an_online_date(cite):
    found = named(cite(venue="ICLR 2025", doi="10.0000/half"))
    assert found["citation_conference_title"] == ["ICLR"]
    assert found["citation_publication_date"] == ["2025"]
    assert found["citation_online_date"] == ["2024/11/06"]
    assert found["citation_doi"] == ["10.0000/half"]
    assert found["DC.type"] == ["conferencePaper"]
    assert "citation_journal_title" not in found


def test_an_article_tells_journal_volume_issue_and_pages(cite):
    found = named(cite(venue="Journal of Loaves 4(2), 101-120, 2025"))
    assert found["citation_journal_title"] == ["Journal of Loaves"]
    assert found["citation_volume"] == ["4"]
    assert found["citation_issue"] == ["2"]
    assert (found["citation_firstpage"], found["citation_lastpage"]) == (["101"], ["120"])
    assert found["DC.type"] == ["journalArticle"]


@pytest.mark.parametrize(
    ("authors", "contents"),
    [
        # Zotero would read "de la Muestra, Ana Maria" in a lone tag as one person, by its
        # particle, and "Muestra y Prueba, Ana Maria" as two.
        (("Ana Maria de la Muestra",), ["de la Muestra, Ana Maria"]),
        (("Ana Maria Muestra y Prueba",), ["Ana Maria Muestra y Prueba"]),
        (("Ana Maria Muestra y Prueba", "Bo Sample"),
         ["Muestra y Prueba, Ana Maria", "Sample, Bo"]),
        (("Bo Sample Jr.",), ["Sample, Bo Jr."]),
        (("Crumb Team", "01.AI"), ["Crumb Team", "01.AI"]),
    ],
)  # fmt: skip
def test_names_of_authors_are_read_as_meant(cite, authors, contents):
    assert named(cite(authors=authors))["citation_author"] == contents


def test_what_is_not_known_has_no_tag(cite):
    found = named(cite(authors=(), date=None, arxiv=None))
    citation = {name for name in found if name.startswith("citation_")}
    assert citation == {"citation_title", "citation_abstract"}
    assert "article:published_time" not in found


def test_other_sites_get_a_preview(cite):
    found = named(cite())
    assert found["og:type"] == ["article"]
    assert found["og:title"] == ["Half a Loaf: Sparse Updates"]
    assert found["og:description"] == ["Half is enough."]
    assert found["og:url"] == [ADDRESS]
    assert found["og:site_name"] == ["The Shelf"]
    assert found["article:published_time"] == ["2024-11-06"]
    assert found["twitter:card"] == ["summary"]


def test_open_graph_is_in_properties_and_the_rest_in_names(cite):
    for tag in tags(cite(), description="x", address=ADDRESS, site_name="The Shelf"):
        expected = "property" if tag.name.startswith(("og:", "article:")) else "name"
        assert tag.attribute == expected, tag.name


def test_a_site_without_an_address_names_none(cite):
    made = tags(cite(), description="x", address="", site_name="The Shelf")
    assert not any(tag.name == "og:url" for tag in made)
    assert "mainEntityOfPage" not in linked_data(cite(), address="")


def test_linked_data_describes_a_scholarly_article(cite):
    made = linked_data(cite(venue="ICLR 2025", doi="10.0000/half"), keywords=["Sparsity"])
    assert made["@context"] == "https://schema.org"
    assert made["@type"] == "ScholarlyArticle"
    assert made["name"] == made["headline"] == "Half a Loaf: Sparse Updates"
    assert made["author"][1] == {
        "@type": "Person",
        "name": "Jan van der Sample",
        "givenName": "Jan",
        "familyName": "van der Sample",
    }
    assert made["datePublished"] == "2025"
    assert made["isPartOf"] == {"@type": "PublicationVolume", "name": "ICLR"}
    assert [part["value"] for part in made["identifier"]] == ["2411.99901", "10.0000/half"]
    assert made["sameAs"] == ["https://arxiv.org/abs/2411.99901", "https://doi.org/10.0000/half"]
    assert made["encoding"]["contentUrl"] == "https://arxiv.org/pdf/2411.99901"
    assert made["keywords"] == ["Sparsity"]
    assert made["mainEntityOfPage"] == ADDRESS


def test_linked_data_of_an_article_names_volume_and_journal(cite):
    made = linked_data(cite(venue="Journal of Loaves 4(2), 41, 2025"))
    assert made["isPartOf"] == {
        "@type": "PublicationVolume",
        "volumeNumber": "4",
        "isPartOf": {"@type": "Periodical", "name": "Journal of Loaves"},
    }
    assert made["pagination"] == "41"
    without = linked_data(cite(venue="Journal of Loaves 2025"))
    assert without["isPartOf"] == {"@type": "Periodical", "name": "Journal of Loaves"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("Plato", "Person"), ("01.AI", "Organization"), ("OpenLoaf", "Organization"),
     ("Crumb Team", "Organization")],
)  # fmt: skip
def test_linked_data_tells_people_from_groups(cite, name, kind):
    assert linked_data(cite(authors=(name,)))["author"] == [{"@type": kind, "name": name}]


class Scripts(HTMLParser):
    def __init__(self):
        super().__init__()
        self.scripts, self.other = [], []

    def handle_starttag(self, tag, attrs):
        (self.scripts if tag == "script" else self.other).append(tag)

    def handle_data(self, data):
        if self.scripts and not self.other:
            self.data = data


def test_linked_data_cannot_leave_its_script_element(cite):
    title = 'A </script><img src=x onerror="alert(1)"> <!-- & \u2028 Loaf'
    made = json_ld(cite(title=title), description=title, address=ADDRESS)
    assert not set("<>&\u2028") & set(made)
    assert "\n" not in made
    assert json.loads(made)["name"] == title
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{made}</script>')
    page.close()
    assert (page.scripts, page.other) == (["script"], [])
    assert json.loads(page.data)["description"] == title
    assert html.unescape(made) == made
