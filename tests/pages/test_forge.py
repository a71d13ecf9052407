"""Links by which readers correct a page: to its file, and to a form that knows the page."""

import html
import re
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from builder.analysis import analyse
from builder.pages.forge import GITHUB, GITLAB, Forge, find, linked
from builder.pages.plan import plan
from builder.pages.render import Renderer
from builder.pages.shape import Shaper
from builder.pages.views import SiteView
from builder.site.plugin import edit_base
from tests.pages.conftest import MARKUP
from tests.projects import ROOT

TEMPLATES = ROOT / "site_templates" / "pages"
FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
SITE = "https://example.org/list/"
HUB = Forge(kind="github", url="https://github.com/example/list", site=SITE)
LAB = Forge(kind="gitlab", url="https://gitlab.com/group/sub/list", site=SITE)


def query(address):
    return {key: value for key, (value,) in parse_qs(urlsplit(address).query).items()}


def pages(library, forge, edit=""):
    """Path -> text of every page that readers may correct."""
    site = SiteView(name="Shelf", description="Papers.", edit_base=edit, forge=forge)
    renderer = Renderer(TEMPLATES, site)
    kinds = ("papers/", "tags/", "collections/", "editions/")
    return {
        page.path: renderer.render(page)
        for page in plan(Shaper(library, analyse(library)))
        if page.path.startswith(kinds) and not page.path.endswith("/index.md")
    }


def links(text):
    """(address, words) of the links that ask for edits."""
    found = re.findall(r'<p class="ps-edit" data-pagefind-ignore>(.*?)</p>', text, re.DOTALL)
    return [
        (html.unescape(address), re.sub(r"<.*?>", "", words).strip())
        for part in found
        for address, words in re.findall(r'<a href="(.*?)"[^>]*>(.*?)</a>', part, re.DOTALL)
    ]


def test_every_paper_tag_and_path_leads_to_its_file_and_to_a_form_that_knows_it(small):
    edit = "https://github.com/example/list/edit/main/content/"
    found = pages(small, HUB, edit)
    assert len(found) >= len(small.papers) + len(small.vocabulary.tags) + len(small.collections)
    form = yaml.safe_load((FORMS / GITHUB["correct"]).read_text(encoding="utf-8"))["body"]
    options = {item["id"]: item["attributes"].get("options") for item in form if "id" in item}
    for path, text in found.items():
        (file, _), (address, words) = links(text)
        kind, name = path.removesuffix(".md").split("/")
        ending = {"tags": "tags.yml", "editions": f"editions/{name}.yml"}.get(kind, path)
        assert file == edit + ending
        assert (small.root / ending).is_file()
        assert words == "Suggest a correction"
        assert address.startswith("https://github.com/example/list/issues/new?")
        known = query(address)
        assert known.pop("template") == GITHUB["correct"]
        assert known.pop("title").startswith("Correct: ")
        assert known.pop("paper") == f"{SITE}{kind}/{name}/"
        assert known.keys() <= options.keys()
        assert known.get("field") in (None, *options["field"])
        assert ("field" in known) == (kind != "papers")


def test_on_gitlab_as_well(small):
    found = pages(small, LAB, "https://gitlab.com/group/sub/list/-/edit/main/content/")
    for path, text in found.items():
        (file, _), (address, _) = links(text)
        assert file.startswith("https://gitlab.com/group/sub/list/-/edit/main/content/")
        assert address.startswith("https://gitlab.com/group/sub/list/-/issues/new?")
        known = query(address)
        assert known["issuable_template"] == "Correct a page"
        assert known["issue[description]"].startswith(SITE + path.removesuffix(".md") + "/")


def test_the_forms_that_links_lead_to_are_there():
    for name in GITHUB.values():
        assert (FORMS / name).is_file()
    for name in GITLAB.values():
        assert (ROOT / ".gitlab" / "issue_templates" / f"{name}.md").is_file()


def test_a_title_is_a_title_whatever_signs_are_in_it(small):
    text = pages(small, HUB)[f"papers/{MARKUP}.md"]
    ((address, _),) = links(text)
    assert query(address)["title"] == (
        'Correct: What <b>Not</b> to Escape: Markup & "Quotes" in Prompts'
    )
    assert re.fullmatch(r"[\w%&=.?/:-]+", address)
    known = query(HUB.correction("a&b=c#d+e\n%0A🙂" + "x" * 500, "papers/x/"))
    assert known["title"].startswith("Correct: a&b=c#d+e\n%0A🙂xxx")
    assert len(known["title"]) < 140
    assert set(known) == {"template", "title", "paper"}


def test_without_a_forge_there_is_no_form(small):
    for text in pages(small, None, "https://forge.example/list/edit/main/content/").values():
        assert [words for _, words in links(text) if "correction" in words] == []
        assert len(links(text)) == 1


@pytest.mark.parametrize(
    ("repo", "edit", "expected"),
    [
        ("https://github.com/example/list", "edit/main/", ("github", "example/list")),
        ("https://github.com/example/list.git/", None, ("github", "example/list")),
        ("https://github.example.org/a/b", None, ("github", "a/b")),
        ("https://gitlab.com/a/b/c", None, ("gitlab", "a/b/c")),
        ("https://gitlab.example.org/a/b", None, ("gitlab", "a/b")),
        ("https://git.example.org/a/b", "-/edit/main/content/pages/", ("gitlab", "a/b")),
        ("https://git.example.org/a/b", "edit/main/", None),
        ("https://notgithub.com/a/b", None, None),
        ("https://codeberg.org/a/b", "_edit/main/", None),
        ("javascript:alert(1)//github.com", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_the_forge_is_told_by_the_address_of_the_repository(repo, edit, expected):
    found = find(repo, edit)
    told = (found.kind, urlsplit(found.url).path.strip("/")) if found else None
    assert told == expected


@pytest.mark.parametrize(
    ("repo", "edit", "expected"),
    [
        ("https://github.com/a/b", "edit/main/content/pages/", "https://github.com/a/b/edit/main/"),
        ("https://gitlab.com/a/b/c/", "-/edit/main/content/pages",
         "https://gitlab.com/a/b/c/-/edit/main/"),
        ("https://codeberg.org/a/b", "_edit/main/content/pages/",
         "https://codeberg.org/a/b/_edit/main/"),
    ],
)  # fmt: skip
def test_edit_links_follow_the_forges_own_way(repo, edit, expected):
    config = SimpleNamespace(repo_url=repo, edit_uri=edit)
    assert edit_base(config) == expected + "content/"


def test_a_hand_written_page_leads_to_the_forms():
    page = '<p><a href="forge:suggest">Suggest <b>it</b></a>, <a href="x/">x</a></p>'
    assert linked(page, HUB) == (
        '<p><a href="https://github.com/example/list/issues/new?template=suggest-paper.yml" '
        'rel="noopener">Suggest <b>it</b></a>, <a href="x/">x</a></p>'
    )
    assert "/-/issues/new?issuable_template=Suggest%20a%20paper" in linked(page, LAB)
    assert linked(page, None) == '<p>Suggest <b>it</b>, <a href="x/">x</a></p>'
