"""The page of a paper that is being written at, before all that follows from the edit."""

import json
import shutil
from contextlib import closing

import pytest

from builder.memory import Memory
from builder.site import drafts as module
from builder.site import outputs
from builder.site.build import Request, build
from builder.site.drafts import Drafts
from builder.site.serve import _Following
from builder.site.state import programs
from tests.projects import files_of, make_project

LOAF = "half-a-loaf-sparse-updates-for-large-models"
ROBOTS = "do-robots-fold-paper"


class Desk:
    """A project in which somebody writes, with its preview."""

    def __init__(self, project):
        self.project = project
        self.site = project / "site"
        self.request = Request(config=project / "mkdocs.yml", preview="http://127.0.0.1:8000/")
        self.drafts = Drafts(self.request, build(self.request).prepared)

    def paper(self, slug):
        return self.project / "content" / "papers" / f"{slug}.md"

    def edit(self, slug, old, new):
        path = self.paper(slug)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def page(self, slug):
        return (self.site / "papers" / slug / "index.html").read_text(encoding="utf-8")

    def build(self):
        report = build(self.request)
        self.drafts.learn(report.prepared)
        return report

    def whole(self):
        """The files of the site when it is built from nothing."""
        copy = self.project.with_name("copy")
        shutil.copytree(self.project, copy, ignore=shutil.ignore_patterns("site", ".papershelf"))
        request = Request(config=copy / "mkdocs.yml", preview=self.request.preview)
        build(request)
        found = files_of(copy / "site")
        shutil.rmtree(copy)
        return found


@pytest.fixture
def desk(tmp_path):
    return Desk(make_project(tmp_path / "project"))


def test_a_draft_is_the_page_that_the_build_makes_where_only_text_changes(desk):
    desk.edit(ROBOTS, "No.", "No.")
    assert desk.drafts.show() == ()
    desk.edit(ROBOTS, 'title: "', 'title: "Folded: ')
    assert desk.drafts.show() == (ROBOTS,)
    shown = desk.page(ROBOTS)
    assert "Folded: " in shown
    desk.drafts.withdraw()
    assert "Folded: " not in desk.page(ROBOTS)
    assert desk.build().kind == "changed pages"
    assert desk.page(ROBOTS) == shown
    assert files_of(desk.site) == desk.whole()


def test_what_a_draft_stood_for_is_as_the_last_build_left_it(desk):
    markdown = next(desk.project.glob(".papershelf/*/pages/papers")) / f"{LOAF}.md"
    before, text, times = outputs.outputs(desk.site), markdown.read_bytes(), markdown.stat()
    original = desk.paper(LOAF).read_text(encoding="utf-8")
    desk.edit(LOAF, 'title: "', 'title: "A Draft: ')
    assert desk.drafts.show() == (LOAF,)
    assert outputs.outputs(desk.site) != before
    desk.drafts.withdraw()
    assert outputs.outputs(desk.site) == before
    assert markdown.read_bytes() == text
    assert markdown.stat().st_mtime_ns == times.st_mtime_ns
    # Who takes an edit back finds nothing to be built.
    desk.paper(LOAF).write_text(original, encoding="utf-8")
    assert desk.drafts.show() == ()
    assert desk.build().kind == "unchanged"


def test_each_edit_has_a_draft_of_its_own(desk):
    for word in ("First", "Second", "Third"):
        desk.edit(LOAF, 'title: "', f'title: "{word} ')
        assert desk.drafts.show() == (LOAF,)
        assert f"{word} " in desk.page(LOAF)
        desk.drafts.withdraw()
        assert desk.build().kind == "changed pages"
    assert "Third Second First" in desk.page(LOAF)
    assert files_of(desk.site) == desk.whole()


def test_names_of_papers_in_an_abstract_that_moved_do_not_garble_it(desk):
    marked = [
        path.stem
        for path in sorted((desk.project / "content" / "papers").iterdir())
        if desk.drafts._prepared.publication.analysis.mentions[path.stem]
    ]
    assert marked
    path = desk.paper(marked[0])
    head, body = path.read_text(encoding="utf-8").split("\n---\n", 1)
    path.write_text(f"{head}\n---\nShort.\n", encoding="utf-8")
    assert body and desk.drafts.show() == (marked[0],)
    assert "Short." in desk.page(marked[0])
    desk.drafts.withdraw()


def test_an_author_who_is_new_stands_in_the_draft(desk):
    desk.edit(LOAF, "Bo Sample", "Nobody Yetknown")
    assert desk.drafts.show() == (LOAF,)
    assert "Nobody Yetknown" in desk.page(LOAF)
    desk.drafts.withdraw()


def test_where_something_is_wrong_or_more_than_papers_changed_the_build_has_the_word(desk):
    before = files_of(desk.site)
    good = desk.paper(LOAF).read_text(encoding="utf-8")
    # A mistake, of which the build tells.
    desk.edit(LOAF, "title:", "titel:")
    assert desk.drafts.show() == ()
    desk.paper(LOAF).write_bytes(b"---\ntitle: \xff\n---\n")
    assert desk.drafts.show() == ()
    desk.paper(LOAF).write_text(good, encoding="utf-8")
    desk.drafts.show()
    # A paper that came, and one that went.
    desk.paper("another").write_text(good.replace('title: "', 'title: "Another: '))
    desk.edit(LOAF, 'title: "', 'title: "And: ')
    assert desk.drafts.show() == ()
    desk.paper("another").unlink()
    assert desk.drafts.show() == ()
    # Many papers at once, as a merge changes them.
    papers = sorted((desk.project / "content" / "papers").iterdir())
    assert len(papers) > module.MOST
    for path in papers[: module.MOST + 1]:
        path.write_text(path.read_text().replace('title: "', 'title: "Merged: '))
    assert desk.drafts.show() == ()
    # Another file.
    with (desk.project / "content" / "tags.yml").open("a") as stream:
        stream.write("# nothing\n")
    assert desk.drafts.show() == ()
    assert files_of(desk.site) == before


def test_a_template_that_fails_leaves_the_page(desk):
    before = files_of(desk.site)
    folder = desk.project / "site_templates" / "pages"
    with (folder / "paper.md.j2").open("a") as stream:
        stream.write("{{ view.no_such_thing }}\n")
    desk.edit(LOAF, 'title: "', 'title: "Never Seen: ')
    assert desk.drafts.show() == ()
    assert files_of(desk.site) == before
    # The build that follows has its memory.
    (record,) = desk.project.glob(".papershelf/*/memory.db")
    with closing(Memory(record, programs())) as memory:
        assert memory.folder


def test_a_preview_of_a_site_that_was_built_before_has_drafts(desk):
    again = Drafts(desk.request, build(desk.request).prepared)
    desk.edit(LOAF, 'title: "', 'title: "Later: ')
    assert again.show() == (LOAF,)
    assert "Later: " in desk.page(LOAF)
    again.withdraw()


def test_a_draft_that_nobody_withdrew_costs_a_whole_build_and_is_never_kept(desk):
    desk.edit(LOAF, 'title: "', 'title: "Killed: ')
    assert desk.drafts.show() == (LOAF,)
    desk.edit(LOAF, 'title: "Killed: ', 'title: "')
    report = build(desk.request)
    assert report.kind == "everything"
    assert "Killed: " not in desk.page(LOAF)
    assert files_of(desk.site) == desk.whole()


def test_the_server_is_asked_for_a_second_answer(desk, tmp_path):
    again = tmp_path / "again"
    follow = _Following(desk.request, desk.drafts, again)
    desk.edit(LOAF, 'title: "', 'title: "Soon: ')
    follow()
    assert again.exists() and "Soon: " in desk.page(LOAF)
    listed = desk.site / "api" / "papers.json"
    assert "Soon: " not in listed.read_text(encoding="utf-8")
    again.unlink()
    follow()
    assert not again.exists() and "Soon: " in desk.page(LOAF)
    assert any("Soon: " in entry["title"] for entry in json.loads(listed.read_text())["papers"])
    # Nothing is shown twice.
    follow()
    assert not again.exists()
    assert files_of(desk.site) == desk.whole()


def test_a_mistake_elsewhere_takes_the_draft_away_with_it(desk, tmp_path):
    follow = _Following(desk.request, desk.drafts, tmp_path / "again")
    before = files_of(desk.site)
    desk.edit(ROBOTS, "title:", "titel:")
    follow()
    desk.edit(LOAF, 'title: "', 'title: "Soon: ')
    follow()
    assert "Soon: " in desk.page(LOAF)
    follow()
    assert files_of(desk.site) == before
