"""A site that many small builds made of each other's leavings is the one that a whole build makes.

Papers, editions, reading paths, vocabulary, templates, theme, configuration and hand-written pages
are edited, added, renamed and removed at random, builds are interrupted and their work folder is
damaged; now and then the site is compared with one built from nothing, byte by byte.
"""

import random
import re
import shutil
import sqlite3

import pytest

from builder.problems import ProblemsFound
from builder.site import state
from builder.site.build import Request, build
from tests.projects import files_of, make_project

WORDS = (
    "sparse", "dense", "robot", "paper", "fold", "attention", "language", "model", "image",
    "graph", "night", "lantern",
)  # fmt: skip


class Hand:
    """Somebody who edits a project at random, and never breaks it for good."""

    def __init__(self, project, seed):
        self.project = project
        self.content = project / "content"
        self.random = random.Random(seed)
        self.number = 0

    def papers(self):
        return sorted((self.content / "papers").glob("*.md"))

    def words(self, count):
        return " ".join(self.random.choices(WORDS, k=count))

    def replace(self, path, old, new):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def edit(self):
        name = self.random.choice([name for name in dir(self) if name.startswith("edit_")])
        getattr(self, name)()
        return name

    # ------------------------------------------------------------ papers

    def edit_an_abstract(self):
        path = self.random.choice(self.papers())
        self.replace(path, "\n---\n", f"\n---\nWe {self.words(4)}. ")

    def edit_a_title(self):
        self.replace(self.random.choice(self.papers()), 'title: "', f'title: "{self.words(1)} ')

    def edit_a_pick(self):
        path = self.random.choice(self.papers())
        text = path.read_text(encoding="utf-8")
        if "\npick: true\n" in text:
            path.write_text(text.replace("\npick: true\n", "\n"), encoding="utf-8")
        else:
            self.replace(path, "\n---\n", "\npick: true\n---\n")

    def edit_a_day(self):
        path = self.random.choice([p for p in self.papers() if "\ndate: " in p.read_text("utf-8")])
        text = path.read_text(encoding="utf-8")
        day = f"20{self.random.randint(18, 25)}-0{self.random.randint(1, 9)}-17"
        path.write_text(re.sub(r"\ndate: \S+", f"\ndate: {day}", text), encoding="utf-8")

    def edit_a_name(self):
        path = self.random.choice(
            [p for p in self.papers() if "authors: [" in p.read_text("utf-8")]
        )
        self.replace(path, "authors: [", f"authors: [{self.words(1).title()} Newman, ")

    def edit_a_venue(self):
        path = self.random.choice(
            [p for p in self.papers() if "venue:" not in p.read_text("utf-8")]
        )
        self.replace(path, "\n---\n", f"\nvenue: ICLR 20{self.random.randint(18, 25)}\n---\n")

    def edit_tags_in(self):
        untagged = [p for p in self.papers() if "\ntags:" not in p.read_text("utf-8")]
        if untagged:
            tag = self.random.choice(re.findall("id: (.+)", self.vocabulary()[1]))
            self.replace(self.random.choice(untagged), "\n---\n", f"\ntags: [{tag}]\n---\n")

    def edit_tags_away(self):
        path = self.random.choice(self.papers())
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text("".join(x for x in lines if not x.startswith("tags:")), encoding="utf-8")

    def edit_a_new_paper(self):
        self.number += 1
        (self.content / "papers" / f"new-paper-{self.number}.md").write_text(
            f'---\ntitle: "New paper {self.number} of {self.words(2)}"\n'
            f"authors: [Ada Example, Person {self.number % 3}]\n"
            f"date: 2025-0{self.random.randint(1, 9)}-11\n---\n{self.words(30)}.\n",
            encoding="utf-8",
        )

    def edit_a_paper_away(self):
        new = [path for path in self.papers() if path.stem.startswith("new-paper")]
        if new:
            path = self.random.choice(new)
            path.unlink()
            for edition in (self.content / "editions").glob("*.yml"):
                lines = edition.read_text(encoding="utf-8").splitlines(keepends=True)
                kept = "".join(line for line in lines if path.stem not in line)
                edition.write_text(kept, encoding="utf-8")

    # ------------------------------------------------------------ the rest

    def edit_an_edition(self):
        path = self.random.choice(sorted((self.content / "editions").glob("*.yml")))
        text = path.read_text(encoding="utf-8")
        new = [paper.stem for paper in self.papers() if paper.stem not in text]
        if new:
            path.write_text(f"{text.rstrip()}\n  - {self.random.choice(new)}\n", encoding="utf-8")

    def vocabulary(self):
        """Facets and tags of the vocabulary, as they are written."""
        return (self.content / "tags.yml").read_text(encoding="utf-8").split("\ntags:", 1)

    def edit_the_name_of_a_tag(self):
        facets, tags = self.vocabulary()
        tags = tags.replace("    name: ", f"    name: {self.words(1).title()} ", 1)
        (self.content / "tags.yml").write_text(f"{facets}\ntags:{tags}", encoding="utf-8")

    def edit_the_title_of_an_edition(self):
        path = self.random.choice(sorted((self.content / "editions").glob("*.yml")))
        self.replace(path, "title: ", f"title: {self.words(1).title()} ")

    def edit_the_vocabulary(self):
        self.replace(self.content / "tags.yml", "definition: ", f"definition: {self.words(1)} ")

    def edit_a_reading_path(self):
        path = self.random.choice(sorted((self.content / "collections").glob("*.md")))
        self.replace(path, "title: ", f"title: {self.words(1)} ")

    def edit_a_page(self):
        path = self.content / "pages" / "about.md"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n{self.words(3)}\n", encoding="utf-8")

    def edit_a_template(self):
        path = self.project / "site_templates" / "pages" / "paper.md.j2"
        self.replace(path, "<h1", f'<h1 data-edit="{self.words(1)}"')

    def edit_the_theme(self):
        path = self.project / "site_templates" / "theme" / "main.html"
        self.replace(path, "{% extends", f"{{# {self.words(1)} #}}{{% extends")

    def edit_a_style(self):
        path = self.project / "site_templates" / "theme" / "assets" / "stylesheets" / "base.css"
        path.write_text(f"{path.read_text(encoding='utf-8')}\n.x{self.number} {{}}\n")

    def edit_the_configuration(self):
        self.replace(self.project / "mkdocs.yml", "site_name: ", f"site_name: {self.words(1)} ")


class Accident:
    """What happens to work folders and builds."""

    def __init__(self, project, randomly, monkeypatch):
        self.project = project
        self.random = randomly
        self.patch = monkeypatch

    def happen(self):
        name = self.random.choice([name for name in dir(self) if name.startswith("of_")])
        getattr(self, name)()
        return name

    def build(self):
        build(Request(config=self.project / "mkdocs.yml", search=False))

    def of_nothing(self):
        self.build()

    def of_an_interruption(self):
        with self.patch.context() as patch:
            step = self.random.choice(
                ("publishing.OwnFiles.remember", "state.write", "Theme.render", "prepare")
            )

            def interrupt(*args, **more):
                raise KeyboardInterrupt

            patch.setattr(f"builder.site.rebuild.{step}", interrupt)
            with pytest.raises(KeyboardInterrupt):
                self.build()

    def of_a_mistake(self):
        path = min((self.project / "content" / "papers").glob("*.md"))
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("title:", "titel:"), encoding="utf-8")
        with pytest.raises(ProblemsFound):
            self.build()
        path.write_text(text, encoding="utf-8")

    def of_new_versions(self):
        with self.patch.context() as patch:
            patch.setattr(state, "programs", lambda: f"of version {self.random.random()}")
            self.build()

    def of_a_lost_page(self):
        pages = sorted((self.project / "site").rglob("index.html"))
        if pages:
            self.random.choice(pages).unlink()

    def of_a_damaged_memory(self):
        for path in sorted((self.project / ".papershelf").glob("build-*/memory.db")):
            path.write_bytes(path.read_bytes()[: self.random.randint(0, 5000)])

    def of_old_pages(self):
        for path in sorted((self.project / ".papershelf").glob("build-*/pages/papers/*.md"))[:2]:
            path.write_text("---\nmarkup: html\n---\nstale\n", encoding="utf-8")


def assert_whole(project, whole, said):
    """The site is the one that a build from nothing makes in the folder `whole`."""
    shutil.copytree(project, whole, ignore=shutil.ignore_patterns(".papershelf", "site"))
    build(Request(config=whole / "mkdocs.yml", search=False))
    found, wanted = files_of(project / "site"), files_of(whole / "site")
    assert found.keys() == wanted.keys(), said
    assert [name for name in wanted if found[name] != wanted[name]] == [], said


def seem_large(patch):
    """Let the list count as one of which copies of the process do a part."""
    patch.setattr("builder.site.theme.is_loaded", lambda: False)
    for name in ("pages.map_page.FEW", "pages.shape.FEW", "checks._FEW", "site.publishing.FEW"):
        patch.setattr(f"builder.{name}", 1)


@pytest.mark.parametrize(("seed", "is_large"), [(1, False), (2, False), (3, True)])
def test_many_builds_make_the_site_that_one_would(tmp_path, monkeypatch, seed, is_large):
    project = make_project(tmp_path / "project")
    hand = Hand(project, seed)
    accident = Accident(project, hand.random, monkeypatch)
    done = []
    accident.build()
    for step in range(1, 25):
        with monkeypatch.context() as patch:
            if is_large:
                seem_large(patch)
            done += [hand.edit() for _ in range(hand.random.randint(1, 3))]
            done.append(accident.happen())
            if step % 8 == 0:
                accident.build()
        if step % 8 == 0:
            assert_whole(project, tmp_path / f"whole-{step}", done)
    # What a hand and an accident can do was done, most of it.
    assert len(set(done)) > 15


def test_each_edit_alone_leaves_the_site_that_a_whole_build_makes(tmp_path):
    project = make_project(tmp_path / "project")
    hand = Hand(project, 1)
    build(Request(config=project / "mkdocs.yml", search=False))
    everything = ("the_theme", "a_style", "the_configuration", "a_template")
    kinds = [name for name in dir(hand) if name.startswith("edit_")]
    # A new paper comes before it goes, and what is old is not made anew by it.
    kinds = ["edit_a_new_paper", *(name for name in kinds if not name.endswith(everything))]
    for step, kind in enumerate(kinds):
        getattr(hand, kind)()
        report = build(Request(config=project / "mkdocs.yml", search=False))
        assert report.kind == "changed pages", kind
        assert_whole(project, tmp_path / f"whole-{step}", kind)


def test_a_build_on_what_another_left_makes_few_pages(tmp_path):
    project = make_project(tmp_path / "project")
    build(Request(config=project / "mkdocs.yml"))
    paper = min((project / "content" / "papers").glob("*.md"))
    text = paper.read_text(encoding="utf-8")
    paper.write_text(text + "\n## Notes\nA note that only this page shows.\n", encoding="utf-8")
    times = {path: path.stat().st_mtime_ns for path in (project / "site").rglob("index.html")}
    report = build(Request(config=project / "mkdocs.yml"))
    assert (report.kind, report.changed) == ("changed pages", 1)
    newer = [path for path, time in times.items() if path.stat().st_mtime_ns != time]
    assert newer == [project / "site" / "papers" / paper.stem / "index.html"]


def test_the_memory_is_a_database_that_is_whole_after_a_build(tmp_path):
    project = make_project(tmp_path / "project")
    build(Request(config=project / "mkdocs.yml", search=False))
    (path,) = (project / ".papershelf").glob("build-*/memory.db")
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
