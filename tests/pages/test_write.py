"""Pages become files: made when their facts changed, written when they differ."""

import os
import random
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from builder import library
from builder.analysis import analyse
from builder.memory import Memory
from builder.pages import write as module
from builder.pages.page import Page
from builder.pages.plan import plan
from builder.pages.render import Renderer
from builder.pages.shape import Shaper
from builder.pages.views import SiteView
from builder.pages.write import Writing
from builder.problems import ProblemsFound
from tests.pages.conftest import divide
from tests.projects import ROOT, files_of

TEMPLATES = ROOT / "site_templates" / "pages"


class Folder:
    """A folder of templates that show a text, and of what they make of it."""

    def __init__(self, folder: Path, shaper: Shaper) -> None:
        self.pages = folder / "pages"
        self.memory = folder / "memory.db"
        self.templates = folder / "templates"
        self.templates.mkdir()
        (self.templates / "text.md.j2").write_text("{{ view }}\n")
        self.shaper = shaper

    def write(self, texts, *, form="", saved=True):
        pages = [
            Page(
                path=path, template="text.md.j2", make=make if callable(make) else lambda m=make: m
            )
            for path, make in texts.items()
        ]
        site = SiteView(name="", description="", edit_base="")
        memory = Memory(self.memory)
        renderer = Renderer(self.templates, site)
        writing = Writing(pages, self.shaper, renderer, self.pages, memory=memory, form=form)
        done = writing.write()
        memory.save() if saved else memory.close()
        return done


@pytest.fixture
def folder(tmp_path, shaper):
    return Folder(tmp_path, shaper)


def test_every_page_is_written(folder):
    done = folder.write({"index.md": "home", "papers/a.md": "a"})
    assert (folder.pages / "papers" / "a.md").read_text() == "a\n"
    assert done.changed == ("index.md", "papers/a.md")
    assert (done.removed, done.made, done.unchanged) == ((), 2, 0)


def test_a_page_of_the_same_facts_is_not_made_again(folder):
    folder.write({"a.md": "a"})
    done = folder.write({"a.md": "never asked for"})
    assert (done.changed, done.made, done.unchanged) == ((), 0, 1)
    assert (folder.pages / "a.md").read_text() == "a\n"


def test_a_page_of_another_form_is_made_and_left_if_it_comes_out_the_same(folder):
    folder.write({"a.md": "a", "b.md": "b"})
    os.utime(folder.pages / "a.md", (1, 1))
    folder.write({"a.md": "a", "b.md": "b"})
    before = (folder.pages / "a.md").stat().st_mtime_ns
    done = folder.write({"a.md": "a", "b.md": "other"}, form="new templates")
    assert (done.changed, done.made, done.unchanged) == (("b.md",), 2, 1)
    assert (folder.pages / "a.md").stat().st_mtime_ns == before


def test_a_file_that_somebody_touched_is_written_again(folder):
    folder.write({"a.md": "a"})
    (folder.pages / "a.md").write_text("scribble\n")
    folder.write({"a.md": "a"})
    assert (folder.pages / "a.md").read_text() == "a\n"
    (folder.pages / "a.md").unlink()
    folder.write({"a.md": "a"})
    assert (folder.pages / "a.md").read_text() == "a\n"


def test_what_a_build_that_was_interrupted_wrote_is_written_again(folder):
    folder.write({"a.md": "a"})
    folder.write({"a.md": "of the interrupted build"}, form="1", saved=False)
    assert folder.write({"a.md": "a"}).made == 1
    assert (folder.pages / "a.md").read_text() == "a\n"


def test_a_page_that_is_no_longer_planned_is_removed(folder):
    folder.write({"a.md": "a", "papers/b.md": "b"})
    (folder.pages / "stray.md").write_text("not ours\n")
    done = folder.write({"a.md": "a"})
    assert done.removed == ("papers/b.md", "stray.md")
    assert files_of(folder.pages).keys() == {"a.md"}


def test_nothing_is_removed_when_writing_fails(folder, monkeypatch):
    folder.write({"old.md": "old"})

    def full(texts):
        raise OSError("no space left")

    monkeypatch.setattr(module, "write_texts", full)
    with pytest.raises(OSError, match="no space left"):
        folder.write({"new.md": "new"})
    assert (folder.pages / "old.md").read_text() == "old\n"


def test_many_pages_are_made_by_several_processes_and_come_out_the_same(folder, monkeypatch):
    texts = {f"papers/{number}.md": f"text {number}" for number in range(module.FEW + 1)}
    monkeypatch.setenv("PAPERSHELF_WORKERS", "3")
    assert folder.write(texts).made == len(texts)
    assert files_of(folder.pages) == {path: f"{text}\n".encode() for path, text in texts.items()}
    assert folder.write(texts).made == 0


def test_a_wrong_template_is_told_by_whichever_process_meets_it(folder, monkeypatch):
    (folder.templates / "text.md.j2").write_text("{{ view.missing }}\n")
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    texts = {f"papers/{number}.md": "text" for number in range(module.FEW + 1)}
    with pytest.raises(ProblemsFound, match=r"text\.md\.j2:1: .*missing"):
        folder.write(texts)


# ---------------------------------------------------------------- what a page is made of


def real_pages(content, folder):
    """Writes all pages of a library; returns the report and the texts."""
    memory = Memory(folder / "memory.db")
    loaded = library.load(content, memory)
    shaper = Shaper(loaded, analyse(loaded, memory), memory=memory)
    renderer = Renderer(TEMPLATES, SiteView(name="", description="", edit_base=""))
    pages = list(plan(shaper))
    done = Writing(pages, shaper, renderer, folder / "pages", memory=memory).write()
    memory.save()
    return done, files_of(folder / "pages")


EDITS = {
    "an abstract": ("papers/do-robots-fold-paper.md", "\n---\n", "\n---\nFirst of all. "),
    "a title": ("papers/do-robots-fold-paper.md", 'title: "', 'title: "Again: '),
    "a tag": ("papers/do-robots-fold-paper.md", "\n---\n", "\ntags: [sparsity]\n---\n"),
    "a pick": ("papers/do-robots-fold-paper.md", "\n---\n", "\npick: true\n---\n"),
    "a date": ("papers/do-robots-fold-paper.md", "\n---\n", "\ndate: 2025-03-30\n---\n"),
    "an author": ("papers/do-robots-fold-paper.md", "\n---\n", "\nauthors: [Bo Sample]\n---\n"),
    "an edition's title": ("editions/daily-papers-2025-03-17.yml", "title: ", "title: Our "),
    "a tag's name": ("tags.yml", "name: ", "name: So-called "),
    "a reading path's title": ("collections/less-is-more.md", "title: ", "title: On "),
}


@pytest.mark.parametrize("lists", ["short lists", "long lists"])
@pytest.mark.parametrize("edit", EDITS)
def test_after_an_edit_pages_are_as_if_made_from_nothing_and_few_are_made(
    edit, lists, content, tmp_path, monkeypatch
):
    if lists == "long lists":
        divide(monkeypatch)
    path, old, new = EDITS[edit]
    first, before = real_pages(content, tmp_path / "one")
    text = (content / path).read_text(encoding="utf-8")
    if new.startswith("\n") and (key := new.split(":")[0].strip()) and f"\n{key}:" in text:
        lines = [line for line in text.splitlines() if not line.startswith(f"{key}:")]
        text = "\n".join(lines) + "\n"
    assert old in text
    (content / path).write_text(text.replace(old, new, 1), encoding="utf-8")
    again, after = real_pages(content, tmp_path / "one")
    _, fresh = real_pages(content, tmp_path / "two")
    assert after == fresh
    assert after != before
    assert 0 < len(again.changed) <= again.made
    assert edit == "a tag's name" or again.made < first.made


@pytest.mark.parametrize("lists", ["short lists", "long lists"])
def test_papers_that_come_and_go_make_the_pages_that_they_change(
    lists, content, tmp_path, monkeypatch
):
    if lists == "long lists":
        divide(monkeypatch)
    chance = random.Random(7)
    papers = sorted((content / "papers").glob("*.md"))
    names, years = ("Ada Example", "Bo Sample", "Zoe Newman", "Ada Exámple"), (2003, 2024, 2025)
    real_pages(content, tmp_path / "one")
    made = changed = 0
    for number in range(6):
        path = content / "papers" / f"new-{number % 3}.md"
        if path.exists() and chance.random() < 0.4:
            path.unlink()
        else:
            text = chance.choice(papers).read_text(encoding="utf-8").split("\n---\n", 1)[1]
            authors = ", ".join(chance.sample(names, chance.randint(0, 2)))
            date = f"{chance.choice(years)}-0{chance.randint(1, 9)}-17"
            head = f"title: New {chance.random()}\nauthors: [{authors}]\ndate: {date}"
            path.write_text(f"---\n{head}\n---\n{text}", encoding="utf-8")
        done, after = real_pages(content, tmp_path / "one")
        _, fresh = real_pages(content, tmp_path / f"fresh-{number}")
        assert after == fresh
        made, changed = made + done.made, changed + len(done.changed)
    # Every list is made long here, so that one paper more may begin another page of it.
    assert changed <= made < 1.5 * changed


def test_a_library_that_is_read_again_makes_no_page(content, tmp_path):
    real_pages(content, tmp_path)
    done, _ = real_pages(content, tmp_path)
    assert (done.made, done.changed) == (0, ())


def test_an_analysis_without_stamps_gets_them(small, analysis):
    assert not analysis.stamps
    slug = "half-a-loaf-sparse-updates-for-large-models"
    other = replace(analysis, tags=MappingProxyType({**analysis.tags, slug: ()}))
    before, after = (Shaper(small, found).stamper("tags")(slug) for found in (analysis, other))
    assert before != after
