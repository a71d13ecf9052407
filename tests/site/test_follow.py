"""The ways to follow the built site: feeds in the heads of pages, subscribe page, sitemap."""

import gzip
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import etree, html

from builder.site.build import BuildFailed, Request, build
from tests.projects import files_of, make_project
from tests.repositories import Repository, needs_git

URL = "https://example.org/papershelf/"
LOAF = "papers/half-a-loaf-sparse-updates-for-large-models"


def make(folder, *, day="2025-04-01"):
    """A project whose content was committed on a day."""
    project = make_project(folder)
    repository = Repository(project)
    (project / ".gitignore").write_text("/.papershelf/\n/site/\n")
    repository.commit(day)
    return project, repository


def built(project, **more):
    build(Request(config=project / "mkdocs.yml", search=False, **more))
    return project / "site"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    if shutil.which("git") is None:
        pytest.skip("Git is not installed")
    project, _ = make(tmp_path_factory.mktemp("follow") / "project")
    return built(project)


def heads(page: Path):
    """(type, title, address) of the feeds that a page's head names."""
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    return [
        (link.get("type"), link.get("title"), link.get("href"))
        for link in tree.xpath("//head/link")
        if "alternate" in link.get("rel").split()
    ]


def test_every_page_names_the_feed_of_all_papers_and_its_own(site):
    assert heads(site / "index.html") == [
        ("application/atom+xml", "Papershelf", "feeds/all.atom"),
        ("application/feed+json", "Papershelf", "feeds/all.json"),
    ]
    assert heads(site / "tags" / "sparsity" / "index.html")[:2] == [
        ("application/atom+xml", "Papershelf: Sparsity", "../../feeds/tags/sparsity.atom"),
        ("application/feed+json", "Papershelf: Sparsity", "../../feeds/tags/sparsity.json"),
    ]
    assert len(heads(site / "about" / "index.html")) == 2
    pages = [page for page in site.rglob("*.html") if page.name == "index.html"]
    assert len(pages) > 30
    for page in pages:
        for _, _, address in heads(page):
            assert (page.parent / address).resolve().is_file(), (page, address)


def test_the_subscribe_page_leads_to_every_feed_and_the_footer_leads_there(site):
    page = site / "subscribe" / "index.html"
    tree = html.fromstring(page.read_text(encoding="utf-8"))
    linked = {urljoin(f"{URL}subscribe/", href) for href in tree.xpath("//main//a/@href")}
    feeds = {
        f"{URL}{path.relative_to(site).as_posix()}"
        for path in (site / "feeds").rglob("*")
        if path.is_file()
    }
    assert len(feeds) > 10 and feeds <= linked
    home = html.fromstring((site / "index.html").read_text(encoding="utf-8"))
    assert "subscribe/" in home.xpath("//footer//a/@href")


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("tags/sparsity", "tags/sparsity"),
        ("editions/daily-papers-2025-03-17", "editions/huggingface-daily-papers"),
        ("collections/less-is-more", "collections/less-is-more"),
    ],
)
def test_a_topic_a_listing_and_a_reading_path_lead_to_their_feeds(site, page, feed):
    tree = html.fromstring((site / page / "index.html").read_text(encoding="utf-8"))
    assert f"../../feeds/{feed}.atom" in tree.xpath("//main//a/@href")


def test_without_a_newsletter_there_is_no_form(site):
    text = (site / "subscribe" / "index.html").read_text(encoding="utf-8")
    assert not html.fromstring(text).xpath("//main//form")


def test_a_newsletter_that_mkdocs_yml_names_gets_a_form_that_posts_there(tmp_path):
    project, _ = make(tmp_path / "project")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    named = '      newsletter: {action: "https://mail.example.org/join?list=a&b", field: address}\n'
    (project / "mkdocs.yml").write_text(
        config.replace("      content: content\n", "      content: content\n" + named),
        encoding="utf-8",
    )
    page = built(project) / "subscribe" / "index.html"
    (form,) = html.fromstring(page.read_text(encoding="utf-8")).xpath("//main//form")
    assert (form.get("method"), form.get("action")) == (
        "post",
        "https://mail.example.org/join?list=a&b",
    )
    (field,) = form.xpath(".//input")
    assert (field.get("name"), field.get("type")) == ("address", "email")
    assert form.xpath(".//label/@for") == [field.get("id")]


@pytest.mark.parametrize(
    "authority", ["example.org", "my list,2025", "tag:example.org,2025", "'7'"]
)
def test_an_authority_that_is_none_is_refused_with_a_word_on_what_to_write(tmp_path, authority):
    project = make_project(tmp_path / "project")
    config = (project / "mkdocs.yml").read_text(encoding="utf-8")
    assert "authority: example.org,2025" in config
    (project / "mkdocs.yml").write_text(
        config.replace("authority: example.org,2025", f"authority: {authority}"), encoding="utf-8"
    )
    with pytest.raises(BuildFailed) as caught:
        built(project)
    assert "such as example.org,2025" in str(caught.value)


def sitemap(site):
    """Address -> date of the last change, None where the sitemap gives none."""
    tree = etree.parse(site / "sitemap.xml")
    namespace = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    return {
        url.findtext("s:loc", None, namespace): url.findtext("s:lastmod", None, namespace)
        for url in tree.iterfind("s:url", namespace)
    }


@needs_git
def test_the_sitemap_dates_each_page_by_its_last_change(tmp_path):
    project, repository = make(tmp_path / "project")
    paper = project / "content" / f"{LOAF}.md"
    paper.write_text(paper.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    repository.commit("2025-05-01")
    site = built(project)
    found = sitemap(site)
    assert found[f"{URL}{LOAF}/"] == "2025-05-01"
    assert found[f"{URL}papers/do-robots-fold-paper/"] == "2025-04-01"
    assert found[f"{URL}about/"] == "2025-04-01"
    assert found[URL] == "2025-05-01"
    assert (
        gzip.decompress((site / "sitemap.xml.gz").read_bytes())
        == (site / "sitemap.xml").read_bytes()
    )


@needs_git
def test_the_sitemap_of_a_site_that_is_built_again_is_that_of_a_new_one(tmp_path):
    project, repository = make(tmp_path / "project")
    site, content = built(project), project / "content"
    paper, page = content / f"{LOAF}.md", content / "pages" / "new.md"

    def again():
        before = (site / "sitemap.xml").read_bytes()
        built(project)
        after = (site / "sitemap.xml").read_bytes()
        anew = built(project, site=tmp_path / "whole", force=True) / "sitemap.xml"
        assert after == anew.read_bytes()
        return after != before

    text = paper.read_text(encoding="utf-8")
    paper.write_text(text + "\nMore.\n", encoding="utf-8")
    assert not again()
    repository.commit("2025-05-01")
    assert again()
    # The topic of a paper that is as old as it was is another now.
    paper.write_text(text.replace("tags: [", "tags: [robotics, "), encoding="utf-8")
    again()
    repository.commit("2025-06-01")
    assert again()
    page.write_text("# New\n", encoding="utf-8")
    assert again()
    page.unlink()
    assert again()
    (content / "papers" / "new.md").write_text('---\ntitle: "New"\n---\nText.\n')
    assert again()


def test_without_git_the_sitemap_gives_no_date(tmp_path):
    site = built(make_project(tmp_path / "project"))
    assert len(sitemap(site)) > 30
    assert set(sitemap(site).values()) == {None}


@needs_git
def test_two_builds_on_different_days_are_byte_identical(site, tmp_path, monkeypatch):
    project, _ = make(tmp_path / "project")
    # What MkDocs takes for today.
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1999999999")
    assert files_of(built(project)) == files_of(site)


@needs_git
def test_a_commit_of_what_was_built_brings_its_date_to_the_feeds(tmp_path):
    project, repository = make(tmp_path / "project")
    (project / "content" / "papers" / "new.md").write_text('---\ntitle: "New"\n---\nText.\n')
    site = built(project)
    assert "papers/new/" not in (site / "feeds" / "all.atom").read_text(encoding="utf-8")
    repository.commit("2025-05-01")
    built(project)
    text = (site / "feeds" / "all.atom").read_text(encoding="utf-8")
    assert "papers/new/" in text and "<published>2025-05-01T12:00:00+00:00</published>" in text
    assert sitemap(site)[f"{URL}papers/new/"] == "2025-05-01"


@needs_git
def test_a_feed_that_is_renamed_is_named_anew_in_the_heads_that_name_it(tmp_path):
    project, _ = make(tmp_path / "project")
    site = built(project)
    edition = project / "content" / "editions" / "daily-papers-2024-12-02.yml"
    text = edition.read_text(encoding="utf-8")
    edition.write_text(text.replace("huggingface-daily-papers", "another-series"), encoding="utf-8")
    built(project)
    page = site / "editions" / "daily-papers-2024-12-02" / "index.html"
    assert heads(page)[0][2] == "../../feeds/editions/another-series.atom"
    assert (page.parent / heads(page)[0][2]).resolve().is_file()
    fresh = project.parent / "fresh"
    shutil.copytree(project, fresh, ignore=shutil.ignore_patterns("site", ".papershelf"))
    assert files_of(built(fresh)) == files_of(site)


@needs_git
def test_a_shallow_clone_is_built_with_a_warning(tmp_path):
    project, repository = make(tmp_path / "project")
    (project / "README.md").write_text("More.\n")
    repository.commit("2025-05-01")
    shallow = tmp_path / "shallow"
    repository.git("clone", "--quiet", "--depth=1", f"file://{project}", str(shallow))
    report = build(Request(config=shallow / "mkdocs.yml", search=False))
    assert [warning for warning in report.warnings if "shallow" in warning] == [
        "this clone is shallow, so when most papers were added is not known; dates come from the "
        'editions instead. Run "git fetch --unshallow", or check out with fetch-depth: 0'
    ]
