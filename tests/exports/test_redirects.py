import dataclasses
import posixpath
from html.parser import HTMLParser

import pytest

from builder.content.paper import Source
from builder.content.redirects import Redirect, Redirects
from builder.exports.redirects import misplaced, redirect_files
from tests.exports.conftest import SITE

MOVED = Redirects(
    entries=(
        Redirect(old="/papers/old/", new="/papers/new/"),
        Redirect(old="/old/", new="/editions/new/"),
        Redirect(old="/a/b/c/", new="/browse/"),
    )
)


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.links, self.refresh, self.canonical = [], "", ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if tag == "a":
            self.links.append(values["href"])
        if values.get("http-equiv") == "refresh":
            self.refresh = values["content"]
        if values.get("rel") == "canonical":
            self.canonical = values["href"]


@pytest.mark.parametrize("item", MOVED.entries, ids=lambda item: item.old)
def test_an_old_path_leads_on_below_any_address(item):
    page = Page(redirect_files(MOVED, SITE)[f"{item.old.strip('/')}/index.html"])
    assert page.links == [page.refresh.removeprefix("0; url=")]
    base = f"/some/place{item.old}"
    assert posixpath.normpath(base + page.links[0]) + "/" == f"/some/place{item.new}"
    assert page.canonical == f"https://example.org/list{item.new}"


def test_hosts_that_know_better_get_a_list():
    assert redirect_files(MOVED, SITE)["_redirects"] == (
        "/list/papers/old/ /list/papers/new/ 301\n"
        "/list/old/ /list/editions/new/ 301\n"
        "/list/a/b/c/ /list/browse/ 301\n"
    )


def test_without_an_address_everything_is_relative():
    files = redirect_files(MOVED, dataclasses.replace(SITE, url=""))
    page = Page(files["papers/old/index.html"])
    assert page.canonical == page.links[0] == "../../papers/new/"
    assert files["_redirects"].startswith("/papers/old/ /papers/new/ 301\n")


def test_the_name_of_the_site_is_escaped():
    site = dataclasses.replace(SITE, name="A <b>List</b> & More")
    page = redirect_files(MOVED, site)["old/index.html"]
    assert "<title>A &lt;b&gt;List&lt;/b&gt; &amp; More: this page has moved</title>" in page


def test_without_redirects_there_are_no_files():
    assert redirect_files(Redirects(), SITE) == {}


def test_a_redirect_over_a_page_and_to_none_is_told_with_its_line():
    source = Source(path="content/redirects.yml", lines={"/papers/old/": 1, "/authors/ada/": 2})
    redirects = Redirects(
        entries=(
            Redirect(old="/papers/old/", new="/authors/bo/"),
            Redirect(old="/authors/ada/", new="/tags/"),
        ),
        source=source,
    )
    pages = ["index.md", "authors/ada.md", "authors/index.md", "tags/index.md"]
    assert [str(problem) for problem in misplaced(redirects, pages)] == [
        'content/redirects.yml:1: /papers/old/: there is no page "/authors/bo/"; did you mean '
        '"/authors/"?',
        "content/redirects.yml:2: /authors/ada/: there is a page at this path; remove the line",
    ]
    assert list(misplaced(redirects, [*pages[2:], "authors/bo.md"])) == []
