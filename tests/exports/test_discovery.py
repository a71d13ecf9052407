import dataclasses
import urllib.robotparser
import xml.etree.ElementTree as etree

from builder.exports import discovery
from builder.exports.discovery import llms_txt, opensearch_xml, robots_txt
from tests.exports.conftest import SITE

NOWHERE = dataclasses.replace(SITE, url="")
NS = "{http://a9.com/-/spec/opensearch/1.1/}"
LOAF = "half-a-loaf-sparse-updates-for-large-models"


def test_robots_may_read_everything_and_find_the_sitemap():
    parser = urllib.robotparser.RobotFileParser()
    parser.parse(robots_txt(SITE).splitlines())
    assert parser.can_fetch("*", "https://example.org/list/papers/half-a-loaf/")
    assert parser.site_maps() == ["https://example.org/list/sitemap.xml"]


def test_without_an_address_no_sitemap_is_named():
    assert "Sitemap" not in robots_txt(NOWHERE)


def test_the_address_bar_searches_the_browse_page():
    root = etree.fromstring(opensearch_xml(SITE))
    assert root.tag == f"{NS}OpenSearchDescription"
    assert root.findtext(f"{NS}ShortName") == "The Shelf"
    assert root.findtext(f"{NS}Description") == SITE.description
    urls = {url.get("type"): url.get("template") for url in root.iter(f"{NS}Url")}
    assert urls["text/html"] == "https://example.org/list/browse/?q={searchTerms}"
    assert urls["application/opensearchdescription+xml"] == (
        "https://example.org/list/opensearch.xml"
    )


def test_names_are_as_long_as_opensearch_allows():
    site = dataclasses.replace(SITE, name="A Very Long Name of a Reading List " * 3, description="")
    root = etree.fromstring(opensearch_xml(site))
    assert len(root.findtext(f"{NS}ShortName")) <= 16
    assert len(root.findtext(f"{NS}LongName")) <= 48
    assert root.findtext(f"{NS}Description") == site.name


def test_llms_txt_has_the_form_of_its_proposal(small, analysis):
    lines = llms_txt(small, analysis, SITE).splitlines()
    assert lines[0] == "# The Shelf"
    assert lines[2] == "> A list of \\<invented\\> papers & more."
    sections = [line for line in lines if line.startswith("## ")]
    assert sections == ["## Data", "## Topics", "## Papers"]
    items = [line for line in lines if line.startswith("- ")]
    assert all(line.startswith("- [") and "](https://example.org/list/" in line for line in items)
    paper = next(line for line in items if f"/papers/{LOAF}/index.md)" in line)
    assert paper.endswith(small.papers[LOAF].summary)
    assert sum("/papers/" in line and "index.md)" in line for line in items) == len(small.papers)


def test_llms_txt_names_only_topics_that_papers_have(small, analysis):
    text = llms_txt(small, analysis, SITE)
    used = {use.id for uses in analysis.tags.values() for use in uses}
    for tag in small.vocabulary.tags:
        assert (f"/tags/{tag}/)" in text) == (tag in used), tag


def test_llms_txt_of_a_long_list_leaves_the_papers_to_their_topics(small, analysis, monkeypatch):
    monkeypatch.setattr(discovery, "PAPERS_NAMED", 3)
    text = llms_txt(small, analysis, SITE)
    assert "## Papers" not in text
    assert "## Topics" in text
