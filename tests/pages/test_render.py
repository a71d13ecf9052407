import posixpath
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import pytest
import yaml
from markupsafe import Markup

from builder.analysis import Analysis
from builder.content.authors import Authors, Namesake
from builder.library import Library
from builder.pages.page import Page
from builder.pages.plan import plan
from builder.pages.render import Renderer, base, once
from builder.pages.shape import Shaper
from builder.pages.views import SiteView
from builder.problems import ProblemsFound
from tests.pages.conftest import (
    CRANE,
    GARDENS,
    LOAF,
    MARKUP,
    QUARTER,
    ROBOTS,
    SIEVE,
    STORMS,
    blank,
    divide,
)
from tests.projects import ROOT

TEMPLATES = ROOT / "site_templates" / "pages"
EDIT = "https://forge.example/list/edit/main/content/"
VOID = {"br", "hr", "img", "input", "link", "meta"}
INDEXED = ("paper.md.j2", "tag.md.j2", "edition.md.j2")


class Outline(HTMLParser):
    """What a page is made of: its headings, links, ids, and elements that hold nothing.

    What is hidden may be empty, and so may a status line: a script fills them.
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.links: list[str] = []
        self.ids: Counter[str] = Counter()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.empty: list[str] = []
        self.unbalanced: list[str] = []
        # Tag, whether something stands in it, whether it is hidden.
        self._open: list[tuple[str, bool, bool]] = []
        self.feed(html)
        self.close()
        self.unbalanced += [tag for tag, _, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if tag[0] == "h" and tag[1:].isdigit():
            self.headings.append(int(tag[1]))
        if tag == "a":
            self.links.append(values["href"])
        if "id" in values:
            self.ids[values["id"]] += 1
        if tag not in VOID:
            inherited = bool(self._open) and self._open[-1][2]
            waiting = "hidden" in values or values.get("role") == "status"
            self._open.append((tag, False, inherited or waiting))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        self._fill()

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0] != tag:
            self.unbalanced.append(tag)
            return
        _, filled, hidden = self._open.pop()
        if filled:
            self._fill()
        elif not hidden and tag in ("ul", "ol", "li", "section", "p", "h1", "h2", "h3", "a", "nav"):
            self.empty.append(tag)

    def handle_data(self, data: str) -> None:
        if data.strip():
            self._fill()

    def _fill(self) -> None:
        if self._open:
            tag, _, hidden = self._open[-1]
            self._open[-1] = (tag, True, hidden)


@pytest.fixture(params=["short lists", "long lists"])
def pages(
    small: Library,
    analysis: Analysis,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> dict[str, Page]:
    """The pages of the invented library, as they are, and as they were if it were a large one."""
    if request.param == "long lists":
        divide(monkeypatch)
    return {page.path: page for page in plan(Shaper(small, analysis))}


@pytest.fixture
def texts(small: Library, pages: dict[str, Page]) -> dict[str, str]:
    """Path of every page of the invented library -> its Markdown."""
    site = SiteView(name="Shelf & Co", description="Papers, read <twice>.", edit_base=EDIT)
    renderer = Renderer(TEMPLATES, site)
    return {path: renderer.render(page) for path, page in pages.items()}


@pytest.fixture
def outlines(texts: dict[str, str]) -> dict[str, Outline]:
    return {path: Outline(text.split("---\n", 2)[2]) for path, text in texts.items()}


def without(outlines: dict[str, Outline], attribute: str) -> dict[str, list[str]]:
    """The pages on which a list of the outline is not empty."""
    return {
        path: getattr(outline, attribute)
        for path, outline in outlines.items()
        if getattr(outline, attribute)
    }


def test_every_page_begins_with_its_front_matter(
    texts: dict[str, str], pages: dict[str, Page]
) -> None:
    for path, text in texts.items():
        assert text.startswith("---\n"), path
        header = yaml.safe_load(text.split("---\n", 2)[1])
        assert set(header) - {"head", "markup"} == {"title", "description", "template"}, path
        assert "head" in header or not path.startswith("papers/"), path
        assert all(isinstance(value, str) and value for value in header.values()), path
    header = yaml.safe_load(texts[f"papers/{MARKUP}.md"].split("---\n", 2)[1])
    assert header["title"] == 'What <b>Not</b> to Escape: Markup & "Quotes" in Prompts'


def test_every_page_has_one_first_heading_and_skips_no_level(
    outlines: dict[str, Outline],
) -> None:
    for path, outline in outlines.items():
        assert outline.headings.count(1) == 1, path
        assert outline.headings[0] == 1, path
        steps = zip(outline.headings, outline.headings[1:], strict=False)
        assert all(after - before <= 1 for before, after in steps), (path, outline.headings)


def test_every_element_is_closed_in_its_turn(outlines: dict[str, Outline]) -> None:
    assert without(outlines, "unbalanced") == {}


def test_no_page_shows_an_empty_list_or_section(outlines: dict[str, Outline]) -> None:
    assert without(outlines, "empty") == {}


def test_an_id_stands_once_on_a_page(outlines: dict[str, Outline]) -> None:
    for path, outline in outlines.items():
        assert not [name for name, count in outline.ids.items() if count > 1], path


def test_every_link_within_the_site_leads_to_a_page_that_is_planned_or_written(
    small: Library, outlines: dict[str, Outline]
) -> None:
    def address(path: str) -> str:
        return path.removesuffix("index.md") if path.endswith("index.md") else f"{path[:-3]}/"

    known = {address(path) for path in outlines}
    known |= {address(path.name) for path in (small.root / "pages").glob("*.md")}
    for path, outline in outlines.items():
        for href in outline.links:
            # The citation's files are no pages; builder.exports makes them.
            if urlsplit(href).scheme or href.startswith(("#", "cite.")):
                continue
            target = posixpath.normpath(posixpath.join("/", address(path), urlsplit(href).path))
            assert target.strip("/") + "/" * (target != "/") in known, (path, href)


def test_every_jump_within_a_page_has_its_place(outlines: dict[str, Outline]) -> None:
    for path, outline in outlines.items():
        jumps = {href[1:] for href in outline.links if href.startswith("#")}
        assert jumps <= set(outline.ids), path


def test_text_from_outside_is_shown_as_text(texts: dict[str, str]) -> None:
    text = texts[f"papers/{MARKUP}.md"].split("---\n", 2)[2]
    assert "<b>" not in text
    assert "<script>" not in text
    assert "What &lt;b&gt;Not&lt;/b&gt; to Escape" in text
    assert "O&#39;Neil &amp; Daughters" in text
    assert "Papers, read &lt;twice&gt;." in texts["index.md"]


def test_namesakes_are_told_apart_on_their_page_and_in_the_list(small: Library) -> None:
    baker = Namesake(id="ada-example-x", name="Ada Example", note="<baker>", papers=(LOAF, SIEVE))
    grower = Namesake(id="jo-example-x", name="Jo Example", note="grower", papers=(GARDENS,))
    people = {item.id: item for item in (baker, grower)}
    library = replace(small, authors=Authors(namesakes=people))
    site = SiteView(name="Shelf", description="Papers.", edit_base="")
    renderer = Renderer(TEMPLATES, site)
    pages = {page.path: page for page in plan(Shaper(library, blank(library)))}
    assert "<span>&lt;baker&gt;</span> <span>2 papers in this list</span>" in renderer.render(
        pages["authors/ada-example-x.md"]
    )
    names = renderer.render(pages["authors/index.md"])
    assert 'Ada Example</a> <span class="ps-quiet">(&lt;baker&gt;)</span>' in names
    assert 'Jo Example</a> <span class="ps-quiet">(grower)</span></li>' in names


def test_only_papers_topics_and_editions_are_indexed(
    outlines: dict[str, Outline], pages: dict[str, Page]
) -> None:
    for path, outline in outlines.items():
        bodies = [tag for tag, values in outline.elements if "data-pagefind-body" in values]
        assert len(bodies) == (pages[path].template in INDEXED), path


def test_the_search_index_is_told_of_what_kind_a_page_is(outlines: dict[str, Outline]) -> None:
    def filters(path: str) -> list[tuple[str, str]]:
        return [
            (values["data-pagefind-filter"], values.get("data-value", ""))
            for _, values in outlines[path].elements
            if "data-pagefind-filter" in values
        ]

    assert ("kind:paper", "") in filters(f"papers/{LOAF}.md")
    assert ("venue[data-value]", "ICLR 2025") in filters(f"papers/{LOAF}.md")
    assert filters("tags/sparsity.md") == [("kind:tag", "")]
    assert filters("editions/daily-papers-undated.md") == [("kind:edition", "")]


def test_a_suggested_tag_gives_its_reason_and_how_to_confirm_it(texts: dict[str, str]) -> None:
    text = texts[f"papers/{STORMS}.md"]
    assert "(suggested)" in text
    assert "“translation” in the title" in text
    assert f'{EDIT}papers/{STORMS}.md" rel="noopener">Confirm or correct them</a>' in text
    assert "(suggested)" not in texts[f"papers/{LOAF}.md"]


def test_a_related_paper_gives_its_reason(texts: dict[str, str]) -> None:
    assert "an editor&#39;s link" in texts[f"papers/{LOAF}.md"]


def test_a_paper_of_which_little_is_known_says_just_that(texts: dict[str, str]) -> None:
    text = texts[f"papers/{ROBOTS}.md"]
    assert "Search the title" in text
    for label in ("Authors", "In short", "Identifiers", "Read next", "Topics"):
        assert label not in text, label


def test_an_edition_without_a_year_or_a_date_says_so(texts: dict[str, str]) -> None:
    assert "this one is inferred" in texts["editions/daily-papers-2025-03-17.md"]
    assert "the listing printed no date" in texts["editions/daily-papers-undated.md"]
    assert "inferred" not in texts["editions/daily-papers-2024-12-02.md"]


def test_a_formula_is_set_as_mathml_in_titles_and_abstracts(texts: dict[str, str]) -> None:
    text = texts["papers/ell-0-is-enough-counting-weights-instead-of-norms.md"]
    assert text.count("<math") >= 3
    assert "$" not in text.split("---\n", 2)[2].replace("\\$", "").split("ps-cite")[0]


def test_the_map_names_the_pictures_that_it_has(small: Library, analysis: Analysis) -> None:
    renderer = Renderer(TEMPLATES, SiteView(name="Shelf", description="Papers.", edit_base=""))
    # Without tags no topics meet, and without dates there is no time.
    bare = {
        slug: replace(paper, tags=(), date=None, arxiv=None, venue=None)
        for slug, paper in small.papers.items()
    }
    untold = replace(small, papers=bare)
    for library, found in ((small, analysis), (untold, blank(untold))):
        pages = {page.path: page for page in plan(Shaper(library, found))}
        text = renderer.render(pages["map/index.md"])
        intro = text.split("<p>Pictures of ", 1)[1].split("</p>", 1)[0]
        assert ("which topics meet" in intro) == ('id="meetings"' in text)
        assert ("when they were published" in intro) == ('id="time"' in text)


def test_without_a_repository_nothing_asks_for_edits(
    small: Library, pages: dict[str, Page]
) -> None:
    site = SiteView(name="Shelf", description="Papers.", edit_base="")
    text = Renderer(TEMPLATES, site).render(pages[f"papers/{STORMS}.md"])
    assert "Edit this page" not in text
    assert "Confirm or correct" not in text
    assert "suggestions of the automatic tagger" in text


@pytest.mark.parametrize("slug", [LOAF, SIEVE, CRANE, QUARTER])
def test_two_renderings_are_the_same(
    slug: str, small: Library, pages: dict[str, Page], texts: dict[str, str]
) -> None:
    site = SiteView(name="Shelf & Co", description="Papers, read <twice>.", edit_base=EDIT)
    assert (
        Renderer(TEMPLATES, site).render(pages[f"papers/{slug}.md"]) == texts[f"papers/{slug}.md"]
    )


def test_a_name_that_no_view_has_is_an_error(tmp_path: Path, small: Library) -> None:
    (tmp_path / "home.md.j2").write_text("{{ view.nonsense }}")
    site = SiteView(name="Shelf", description="Papers.", edit_base="")
    page = Page(path="index.md", template="home.md.j2", make=lambda: site)
    with pytest.raises(ProblemsFound, match=r"home.md.j2:1: .* no attribute 'nonsense'"):
        Renderer(tmp_path, site).render(page)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.md", "./"),
        ("browse/index.md", "../"),
        ("papers/half-a-loaf.md", "../../"),
        ("about.md", "../"),
    ],
)
def test_the_way_to_the_root_goes_by_the_folder_that_a_page_gets(path: str, expected: str) -> None:
    assert base(path) == expected


def test_a_macro_is_run_once_for_the_same_thing_and_the_same_values() -> None:
    runs: list[tuple[object, ...]] = []

    def macro(thing: object, *values: object, **named: object) -> Markup:
        runs.append((thing, *values, *named.values()))
        return Markup(f"{thing} {values} {named}")

    kept, first, twin = once(macro), [1], [1]
    assert kept(first, 2) == kept(first, 2) == macro(first, 2)
    kept(twin, 2)
    kept(first, 3)
    kept(first, level=3)
    assert kept(first, level=3) == macro(first, level=3)
    assert [*map(len, runs)] == [2, 2, 2, 2, 2, 2]


def test_a_paper_looks_at_each_depth_as_it_must(tmp_path: Path) -> None:
    (tmp_path / "_row.md.j2").write_text(
        '{% macro row(paper) %}<a href="{{ base }}{{ paper.url }}">{% endmacro %}'
        "{% set row = once(row) %}"
    )
    (tmp_path / "x.md.j2").write_text('{% from "_row.md.j2" import row %}{{ row(view) }}')
    renderer = Renderer(tmp_path, SiteView(name="", description="", edit_base=""))
    view = SimpleNamespace(url="papers/half-a-loaf/")
    paths = ("tags/peft.md", "tags/peft/2024.md", "tags/moe.md", "index.md")
    made = [
        renderer.render(Page(path=path, template="x.md.j2", make=lambda: view)) for path in paths
    ]
    ways = [text.partition("papers")[0].partition('"')[2] for text in made]
    assert ways == ["../../", "../../../", "../../", "./"]


def test_no_template_runs_a_file_of_macros_for_every_page() -> None:
    texts = {path.name: path.read_text("utf-8") for path in TEMPLATES.glob("*.j2")}
    assert [name for name, text in texts.items() if "with context" in text] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a \n\n\n\n b\t\n", "a\n\n b\n"),
        ("\n\na", "\na\n"),
        ("a\n\n\n", "a\n\n"),
        ("a\u2028b", "a\nb\n"),
        ("", "\n"),
    ],
)
def test_of_empty_lines_one_is_left(text: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "x.md.j2").write_text("{{ view }}")
    renderer = Renderer(tmp_path, SiteView(name="", description="", edit_base=""))
    assert renderer.render(Page(path="x.md", template="x.md.j2", make=lambda: text)) == expected
