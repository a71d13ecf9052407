"""What a built site says to machines: heads of pages, files beside them, redirects."""

import json
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from builder import library
from builder.citation import bibtex, references
from builder.problems import ProblemsFound
from builder.site.build import Request, build
from tests.citation import zotero
from tests.projects import make_project

SITE = "https://example.org/papershelf/"
MARKUP = "what-b-not-b-to-escape-markup-quotes-in-prompts"


class Head(HTMLParser):
    """The head of a page: its tags, links and linked data."""

    def __init__(self, text):
        super().__init__()
        self.meta, self.links, self.data = [], [], []
        self.anchors = []
        self._script, self._head = False, False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "head":
            self._head = True
        elif tag == "body":
            self._head = False
        elif tag == "a" and "href" in values:
            self.anchors.append(values["href"])
        if not self._head:
            return
        name = values.get("name") or values.get("property")
        if tag == "meta" and name:
            self.meta.append((name, values.get("content", "")))
        elif tag == "link":
            self.links.append(values)
        elif tag == "script":
            self._script = values.get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self._script = self._script and tag != "script"

    def handle_data(self, data):
        if self._script:
            self.data.append(json.loads(data))

    def linked(self, relation):
        return [link["href"] for link in self.links if relation in link.get("rel", "").split()]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    folder = make_project(tmp_path_factory.mktemp("machines") / "project")
    build(Request(config=folder / "mkdocs.yml", search=False))
    return folder


@pytest.fixture(scope="module")
def cited(project):
    return references(library.load(project / "content").papers)


@pytest.fixture(scope="module")
def heads(project, cited):
    """Slug -> head of the built page."""
    return {
        slug: Head((project / "site/papers" / slug / "index.html").read_text(encoding="utf-8"))
        for slug in cited
    }


def test_zotero_reads_title_authors_and_identifiers_from_the_built_page(cited, heads):
    for slug, item in cited.items():
        found = zotero.read(heads[slug].meta)
        assert found.fields["title"] == item.plain_title
        assert len(found.authors) == len(item.authors)
        assert found.fields.get("DOI") == item.doi
        assert ("citation_arxiv_id", item.arxiv) in heads[slug].meta or not item.arxiv


def test_linked_data_names_the_page_that_it_stands_on(cited, heads):
    for slug, item in cited.items():
        (data,) = heads[slug].data
        assert data["@type"] == "ScholarlyArticle"
        assert data["name"] == item.plain_title
        assert data["mainEntityOfPage"] == f"{SITE}papers/{slug}/"


def test_a_page_has_one_description_one_canonical_address_and_a_preview(cited, heads):
    for slug in cited:
        head = heads[slug]
        names = [name for name, _ in head.meta]
        for name in ("description", "og:title", "og:description", "og:url", "twitter:card"):
            assert names.count(name) == 1, (slug, name)
        assert head.linked("canonical") == [f"{SITE}papers/{slug}/"]
        assert dict(head.meta)["og:url"] == f"{SITE}papers/{slug}/"


def test_markup_in_a_title_stays_text(cited, heads):
    meta = dict(heads[MARKUP].meta)
    expected = 'What <b>Not</b> to Escape: Markup & "Quotes" in Prompts'
    assert meta["citation_title"] == meta["og:title"] == expected
    assert heads[MARKUP].data[0]["name"] == expected


def test_every_file_that_a_page_names_is_there(project, cited, heads):
    for slug in cited:
        head = heads[slug]
        base = f"{SITE}papers/{slug}/"
        named = head.linked("describedby") + head.linked("search")
        named += [href for href in head.anchors if href.startswith("cite.")]
        assert len(named) == 8
        for href in named:
            path = unquote(urlsplit(urljoin(base, href)).path).removeprefix("/papershelf/")
            assert (project / "site" / path).is_file(), (slug, href)


def test_the_page_shows_the_bibtex_that_its_file_holds(project, cited):
    for slug, item in cited.items():
        folder = project / "site/papers" / slug
        entry = (folder / "cite.bib").read_text(encoding="utf-8")
        assert entry == bibtex([item])
        page = (folder / "index.html").read_text(encoding="utf-8")
        shown = page.split('<code id="bibtex">', 1)[1].split("</code>", 1)[0]
        assert _text(shown) == entry.strip(), slug


def _text(html):
    parts = []
    parser = HTMLParser()
    parser.handle_data = parts.append
    parser.feed(html)
    parser.close()
    return "".join(parts)


def test_an_old_path_leads_to_its_page(project):
    moved = library.load(project / "content").redirects.entries
    assert moved
    for item in moved:
        text = (project / "site" / item.old.strip("/") / "index.html").read_text(encoding="utf-8")
        head = Head(text)
        assert head.linked("canonical") == [f"{SITE}{item.new.lstrip('/')}"]
        target = urlsplit(urljoin(f"{SITE}{item.old.lstrip('/')}", head.anchors[0])).path
        assert (project / "site" / target.removeprefix("/papershelf/") / "index.html").is_file()
    assert (project / "site/_redirects").is_file()


def test_a_redirect_that_is_taken_back_leaves_nothing(project):
    (project / "content/redirects.yml").write_text("")
    build(Request(config=project / "mkdocs.yml", search=False))
    assert not (project / "site/_redirects").exists()
    assert not (project / "site/papers/half-a-loaf").exists()


def test_a_redirect_over_a_page_that_only_the_site_knows_stops_the_build(project):
    (project / "content/redirects.yml").write_text('"/authors/ada-example/": "/authors/"\n')
    with pytest.raises(ProblemsFound) as caught:
        build(Request(config=project / "mkdocs.yml", search=False))
    assert str(caught.value).endswith(
        "redirects.yml:1: /authors/ada-example/: there is a page at this path; remove the line"
    )
