"""`papershelf build`: what it makes, what it reuses, and that reuse never shows."""

import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from builder.problems import ProblemsFound
from builder.site import frames, outputs
from builder.site.build import BuildFailed, Request, build
from tests.projects import files_of, make_project


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "project")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project that is built once for the tests that only look."""
    folder = make_project(tmp_path_factory.mktemp("built") / "project")
    build(Request(config=folder / "mkdocs.yml"))
    return folder


def request(project, **more):
    return Request(config=project / "mkdocs.yml", **more)


def first_paper(project):
    return min((project / "content" / "papers").glob("*.md"))


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def clean_build(project, folder):
    """The files that a build from nothing makes of the same project."""
    copy = folder / "copy"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns(".papershelf", "site"))
    build(request(copy))
    return files_of(copy / "site")


# ---------------------------------------------------------------- what is built


def test_every_paper_edition_and_tag_has_a_page(built):
    content, site = built / "content", built / "site"
    for kind in ("papers", "editions", "collections"):
        names = [path.stem for path in (content / kind).iterdir()]
        assert names
        for name in names:
            assert (site / kind / name / "index.html").is_file(), (kind, name)
    for page in ("index.html", "404.html", "browse/index.html", "tags/index.html"):
        assert (site / page).is_file(), page
    for page in ("authors", "years", "about", "contribute"):
        assert (site / page / "index.html").is_file(), page


def test_a_build_never_writes_into_content(project):
    before = files_of(project / "content")
    build(request(project))
    assert files_of(project / "content") == before


def test_two_builds_of_the_same_content_are_byte_identical(built, tmp_path):
    assert clean_build(built, tmp_path) == files_of(built / "site")


class _Links(HTMLParser):
    def __init__(self):
        super().__init__()
        self.found = []
        self.ids = set()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.ids.add(attributes.get("id"))
        for name in ("href", "src", "action"):
            if attributes.get(name) is not None:
                self.found.append((tag, name, attributes[name], attributes.get("rel") or ""))


def pages_of(site):
    for path in sorted(site.rglob("*.html")):
        parser = _Links()
        parser.feed(path.read_text(encoding="utf-8"))
        yield path, parser


def test_every_internal_link_and_asset_is_alive_below_a_path(project):
    """As published at https://host.example/group/list/, where only that path is ours."""
    root = "https://host.example/group/list/"
    edit(project / "mkdocs.yml", '"https://example.org/papershelf/"', f'"{root}"')
    build(request(project))
    site = project / "site"
    pages = dict(pages_of(site))
    dead, checked = [], 0
    for path, parser in pages.items():
        relative = path.relative_to(site).as_posix().removesuffix("index.html")
        for tag, _, target, _ in parser.found:
            url = urlsplit(urljoin(root + relative, target))
            if url.netloc != "host.example":
                continue
            checked += 1
            if not url.path.startswith("/group/list/"):
                dead.append((relative, target, "leaves the site's path"))
                continue
            file = site / unquote(url.path.removeprefix("/group/list/"))
            file = file / "index.html" if file.is_dir() or url.path.endswith("/") else file
            if not file.is_file():
                dead.append((relative, target, "no such file"))
            elif tag == "a" and url.fragment and file in pages:
                # "__" starts the anchors that the theme's script makes.
                known = pages[file].ids | {None}
                if unquote(url.fragment) not in known and not url.fragment.startswith("__"):
                    dead.append((relative, target, "no such anchor"))
    assert dead == []
    assert checked > 500


def test_no_page_loads_anything_from_another_host(built):
    loading = {("script", "src"), ("img", "src"), ("iframe", "src"), ("source", "src")}
    foreign = [
        (path.name, target)
        for path, parser in pages_of(built / "site")
        for tag, name, target, rel in parser.found
        if (
            (tag, name) in loading
            or (tag == "link" and not {"canonical", "alternate"} & set(rel.split()))
        )
        and urlsplit(target).netloc
    ]
    assert foreign == []


def test_styles_load_nothing_from_another_host(built):
    for path in (built / "site").rglob("*.css"):
        assert "url(http" not in path.read_text(encoding="utf-8").replace('url("', "url("), path


def test_a_paper_page_leads_to_its_file(built):
    paper = first_paper(built)
    page = (built / "site" / "papers" / paper.stem / "index.html").read_text(encoding="utf-8")
    assert f"edit/main/content/papers/{paper.name}" in page


def test_the_site_builds_with_properdocs(project):
    """The maintained fork of MkDocs, with the same configuration."""
    command = [sys.executable, "-m", "properdocs", "build", "--quiet", "-f", "mkdocs.yml"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        command, cwd=project, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    page = project / "site" / "papers" / first_paper(project).stem / "index.html"
    assert "<h1" in page.read_text(encoding="utf-8")
    assert (project / "site" / "pagefind" / "pagefind.js").is_file()


def test_plain_mkdocs_does_the_whole_job(project, tmp_path):
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=project, env=environment, check=True, capture_output=True)
    assert files_of(project / "site") == clean_build(project, tmp_path)


# ---------------------------------------------------------------- what is reused


def test_nothing_is_done_when_nothing_changed(project):
    assert build(request(project)).kind == "everything"
    before = outputs.outputs(project / "site")
    assert build(request(project)).kind == "unchanged"
    assert outputs.outputs(project / "site") == before


def test_an_edited_paper_renders_its_page_and_those_that_show_it(project):
    build(request(project))
    untouched = project / "site" / "404.html"
    old = untouched.stat().st_mtime_ns
    edit(first_paper(project), 'title: "', 'title: "Entirely Renamed ')
    report = build(request(project))
    assert report.kind == "changed pages"
    assert 0 < report.changed < report.pages
    page = project / "site" / "papers" / first_paper(project).stem / "index.html"
    assert "Entirely Renamed" in page.read_text(encoding="utf-8")
    assert untouched.stat().st_size and old


CHANGES = {
    "a paper's title": lambda p: edit(first_paper(p), 'title: "', 'title: "New '),
    "a paper removed": lambda p: _remove_unlisted(p),
    "a paper added": lambda p: (p / "content/papers/quite-new.md").write_text(
        '---\ntitle: "Quite New"\nauthors: [Ada Example]\n---\nAn abstract.\n', encoding="utf-8"
    ),
    "a tag's definition": lambda p: edit(p / "content/tags.yml", "definition: ", "definition: So "),
    "a page template": lambda p: edit(
        p / "site_templates/pages/paper.md.j2", "<h1", '<h1 data-changed="yes"'
    ),
    "the theme": lambda p: edit(
        p / "site_templates/theme/main.html", "{% extends", "{# #}{% extends"
    ),
    "a hand-written page": lambda p: edit(p / "content/pages/about.md", "\n", "\nMore words.\n"),
    "the configuration": lambda p: edit(
        p / "mkdocs.yml", "site_name: Papershelf", "site_name: Another"
    ),
}


def _remove_unlisted(project):
    """Remove a paper and every line that names it."""
    paper = first_paper(project)
    for path in [*project.glob("content/*/*.yml"), *project.glob("content/*/*.md")]:
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if path.parent.name == "collections":
            path.unlink()
            continue
        kept = [line for line in lines if paper.stem not in line]
        path.write_text("".join(kept), encoding="utf-8")
    paper.unlink()


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_on_top_of_another_equals_one_from_nothing(project, tmp_path, change):
    build(request(project))
    CHANGES[change](project)
    build(request(project))
    again, fresh = files_of(project / "site"), clean_build(project, tmp_path)
    assert again.keys() == fresh.keys()
    assert [name for name in fresh if again[name] != fresh[name]] == []


def test_a_change_is_seen_though_the_clock_says_it_is_old(project):
    build(request(project))
    page = project / "content" / "pages" / "about.md"
    edit(page, "\n", "\nWords with an old date.\n")
    os.utime(page, (1, 1))
    build(request(project))
    text = (project / "site" / "about" / "index.html").read_text(encoding="utf-8")
    assert "Words with an old date." in text


def test_a_damaged_site_is_built_anew(project):
    build(request(project))
    (project / "site" / "index.html").write_text("broken", encoding="utf-8")
    assert build(request(project)).kind == "everything"
    assert (project / "site" / "index.html").read_text(encoding="utf-8") != "broken"


def test_an_interrupted_build_is_followed_by_a_full_one(project, monkeypatch):
    build(request(project))
    edit(first_paper(project), 'title: "', 'title: "Once More ')

    def interrupt(*args, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("builder.site.search.index", interrupt)
        with pytest.raises(KeyboardInterrupt):
            build(request(project))
    assert build(request(project)).kind == "everything"


def test_without_search_the_rest_is_built_and_search_follows_later(project):
    build(request(project, search=False))
    assert not (project / "site" / "pagefind").exists()
    assert build(request(project)).kind != "unchanged"
    assert (project / "site" / "pagefind" / "pagefind.js").is_file()


# ---------------------------------------------------------------- what is refused


def test_broken_content_is_refused_and_the_site_stays(project):
    build(request(project))
    before = files_of(project / "site")
    edit(first_paper(project), "title:", "titel:")
    with pytest.raises(ProblemsFound, match="did you mean"):
        build(request(project))
    assert files_of(project / "site") == before


def test_a_missing_configuration_is_named(tmp_path):
    with pytest.raises(BuildFailed, match=r"mkdocs\.yml: there is no such file"):
        build(Request(config=tmp_path / "mkdocs.yml"))


def test_a_configuration_without_our_plugin_says_what_to_add(project):
    edit(project / "mkdocs.yml", "- papershelf:", "- nothing-of-ours:")
    with pytest.raises(BuildFailed, match="nothing-of-ours"):
        build(request(project))
    (project / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content/pages\n")
    with pytest.raises(BuildFailed, match='plugins: add "- papershelf" to the list'):
        build(request(project))


def test_a_list_without_vocabulary_editions_or_pages_builds(project):
    content = project / "content"
    for name in ("editions", "collections", "pages"):
        shutil.rmtree(content / name)
    for name in ("tags.yml", "redirects.yml"):
        (content / name).unlink(missing_ok=True)
    for path in (content / "papers").glob("*.md"):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(x for x in lines if not x.startswith(("tags:", "related:"))))
    report = build(request(project, content=content))
    assert report.kind == "everything"
    assert (project / "site" / "papers" / first_paper(project).stem / "index.html").is_file()


def test_an_empty_list_builds(project):
    shutil.rmtree(project / "content")
    (project / "content" / "papers").mkdir(parents=True)
    build(request(project, content=project / "content"))
    assert (project / "site" / "index.html").is_file()


def test_the_work_folder_of_another_site_is_not_taken_for_ours(project, tmp_path):
    build(request(project))
    other = make_project(tmp_path / "other")
    edit(first_paper(other), 'title: "', 'title: "Elsewhere ')
    build(request(project, content=other / "content", site=tmp_path / "elsewhere"))
    assert build(request(project)).kind == "unchanged"
    page = Path("papers") / first_paper(project).stem / "index.html"
    assert "Elsewhere" not in (project / "site" / page).read_text(encoding="utf-8")
    assert "Elsewhere" in (tmp_path / "elsewhere" / page).read_text(encoding="utf-8")


def test_a_broken_template_is_named_with_its_line(project):
    template = project / "site_templates" / "pages" / "paper.md.j2"
    lines = template.read_text(encoding="utf-8").count("\n")
    with template.open("a", encoding="utf-8") as stream:
        stream.write("{{ view.no_such_thing }}\n")
    with pytest.raises(ProblemsFound) as caught:
        build(request(project))
    (problem,) = caught.value.problems
    assert problem.path == template.as_posix()
    assert problem.line == lines + 1
    assert "no_such_thing" in problem.message


def test_a_template_that_is_mended_costs_no_whole_build(project):
    build(request(project, search=False))
    template = project / "site_templates" / "pages" / "paper.md.j2"
    text = template.read_text(encoding="utf-8")
    template.write_text(text + "{{ view.no_such_thing }}\n", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        build(request(project, search=False))
    template.write_text(text, encoding="utf-8")
    assert build(request(project, search=False)).kind == "unchanged"
    template.write_text(text + "<!-- mended -->\n", encoding="utf-8")
    assert build(request(project, search=False)).kind == "changed pages"


@pytest.mark.parametrize("failing", ["a template", "an interruption", "the index"])
def test_a_whole_build_that_fails_leaves_the_last_good_site(project, monkeypatch, failing):
    build(request(project))
    before = files_of(project / "site")

    def interrupt(*args, **more):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        if failing == "a template":
            with (project / "site_templates" / "pages" / "paper.md.j2").open("a") as stream:
                stream.write("{{ view.no_such_thing }}\n")
        elif failing == "an interruption":
            patch.setattr("builder.site.theme.Theme.render", interrupt)
        else:
            patch.setattr("builder.site.search.index", interrupt)
        with pytest.raises((ProblemsFound, KeyboardInterrupt)):
            build(request(project, force=True))
    if failing == "the index":
        # The old site has been given up by then; what stands there counts for nothing.
        assert build(Request(config=project / "mkdocs.yml")).kind == "everything"
    assert files_of(project / "site") == before


def test_a_composed_page_leaves_no_markdown(tmp_path):
    project = make_project(tmp_path / "project")
    first = first_paper(project)
    for number in range(frames.FEW):
        copy = first.with_name(f"copy-{number}.md")
        copy.write_text(f'---\ntitle: "Copy {number}"\n---\n\nNumber {number}.\n', encoding="utf-8")
    whole = Request(config=project / "mkdocs.yml", search=False)
    build(whole)
    left = {path.name for path in (project / ".papershelf").rglob("papers/*.md")}
    assert len(left) <= frames.SAMPLES
    # An edit makes such a file, for MkDocs, and the next whole site takes it away.
    edit(project / "content" / "papers" / "copy-7.md", "Number", "No.")
    assert build(whole).kind == "changed pages"
    assert (project / "site" / "papers" / "copy-7" / "index.html").read_text().count("No. 7")
    assert "copy-7.md" in {path.name for path in (project / ".papershelf").rglob("papers/*.md")}
    edit(project / "mkdocs.yml", "site_name: ", "site_name: Our ")
    assert build(whole).kind == "everything"
    after = {path.name for path in (project / ".papershelf").rglob("papers/*.md")}
    assert after == left


def test_a_template_that_is_no_jinja_is_named_with_its_line(project):
    template = project / "site_templates" / "pages" / "tag.md.j2"
    template.write_text("\n\n{% if %}\n", encoding="utf-8")
    with pytest.raises(ProblemsFound) as caught:
        build(request(project))
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (template.as_posix(), 3)


def test_a_missing_template_is_named(project):
    template = project / "site_templates" / "pages" / "years.md.j2"
    template.write_text('{% include "_nowhere.md.j2" %}\n', encoding="utf-8")
    with pytest.raises(ProblemsFound, match=r"_nowhere\.md\.j2:1: there is no such template"):
        build(request(project))


def test_templates_and_theme_of_a_list_win_over_the_shipped_ones_which_fill_the_gaps(project):
    whole = project / "site_templates"
    config = project / "mkdocs.yml"
    lines = config.read_text(encoding="utf-8").splitlines(keepends=True)
    config.write_text("".join(line for line in lines if "custom_dir" not in line), encoding="utf-8")
    build(request(project))
    before = files_of(project / "site")
    shutil.rmtree(whole)
    report = build(request(project))
    assert report.kind in ("unchanged", "everything")
    assert files_of(project / "site") == before
    (whole / "theme" / "partials").mkdir(parents=True)
    (whole / "theme" / "partials" / "footer.html").write_text("<footer>Ours</footer>")
    (whole / "pages").mkdir()
    (whole / "pages" / "years.md.j2").write_text("# Years of ours\n", encoding="utf-8")
    build(request(project))
    assert "<footer>Ours</footer>" in (project / "site" / "index.html").read_text(encoding="utf-8")
    years = (project / "site" / "years" / "index.html").read_text(encoding="utf-8")
    assert "Years of ours" in years and "ps-header" in years
