"""Files for machines are written where they changed, and are those of a whole publication."""

import dataclasses
import errno
import random
import re
import shutil
from pathlib import Path

import pytest

from builder import feedlist, history, library
from builder.analysis import analyse
from builder.citation import references
from builder.exports import catalogue
from builder.exports.own import OwnFiles
from builder.exports.publish import Publication, publish, publish_lists, publish_papers
from builder.exports.write import made_lists, write_lists, write_papers, write_texts
from builder.memory import Memory
from tests.exports.conftest import SITE
from tests.projects import files_of

LOAF = "half-a-loaf-sparse-updates-for-large-models"


def publication(content: Path) -> Publication:
    loaded = library.load(content)
    analysis = analyse(loaded)
    timeline = history.timeline(loaded, history.History(root=content))
    return Publication(
        library=loaded,
        analysis=analysis,
        site=SITE,
        timeline=timeline,
        feeds=feedlist.feeds(loaded, analysis, timeline, site_url=SITE.url),
        references=references(loaded.papers),
    )


def whole(made: Publication) -> dict[str, bytes]:
    files = publish(
        made.library,
        made.analysis,
        made.site,
        timeline=made.timeline,
        feeds=made.feeds,
        references=made.references,
    )
    return {path: text.encode() for path, text in files.items()}


class Shop:
    """A site that follows its content, as builds do."""

    def __init__(self, folder: Path, content: Path) -> None:
        self.content = content
        self.site = folder / "site"
        self.work = folder / "work"

    def build(
        self, *, processes: int = 1, anew: bool = False, ahead: bool = False
    ) -> tuple[list[str], list[str]]:
        """(papers, lists) that were made; whatever is no file of the site any more is removed.
        ahead: the lists are made before anything is put into the site."""
        made = publication(self.content)
        memory = Memory(self.work / "memory.db")
        own, outputs, folder = (
            OwnFiles(made, memory),
            publish_lists(made, memory),
            self.work / "new",
        )
        slugs = list(made.library.papers) if anew else own.stale
        if ahead:
            before = files_of(self.site)
            put = made_lists(self.site, outputs, memory, folder)
            assert files_of(self.site) == before
            write_texts(self.site, publish_papers(slugs, made))
            lists = put()
        else:
            parts = [
                part
                for at in range(processes)
                for part in write_papers(self.site, slugs[at::processes], made, folder)
            ]
            lists = write_lists(self.site, outputs, memory, folder, parts)
        own.remember()
        memory.save()
        expected = whole(made)
        for path in files_of(self.site).keys() - expected.keys():
            (self.site / path).unlink()
        assert set(lists.paths) <= expected.keys()
        assert files_of(self.site) == expected
        assert not list(folder.iterdir())
        return slugs, list(lists.changed)


@pytest.fixture
def shop(tmp_path, content, monkeypatch):
    monkeypatch.chdir(tmp_path)
    # So that there are shards.
    monkeypatch.setattr(catalogue, "SHARDS_FROM", 2)
    return Shop(tmp_path, content)


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_files_are_those_of_a_publication_in_one_go(shop):
    slugs, lists = shop.build(anew=True)
    assert slugs == list(library.load(shop.content).papers)
    assert {"api/papers.json", "library.bib", "feeds/all.atom", "robots.txt"} <= set(lists)


def test_where_nothing_changed_nothing_is_made(shop):
    shop.build(anew=True)
    assert shop.build() == ([], [])


def test_one_edit_makes_one_paper_and_the_lists_that_show_it(shop, monkeypatch):
    shop.build(anew=True)
    edit(shop.content / "papers" / f"{LOAF}.md", "## Notes", "Another sentence.\n\n## Notes")
    slugs, lists = shop.build()
    assert LOAF in slugs
    assert len(slugs) < 4
    assert {"api/papers.json", "library.ris", "tags/sparsity/cite.bib"} <= set(lists)
    assert "api/papers/2024.json" not in lists
    assert "robots.txt" not in lists


def test_workers_make_what_one_process_makes(shop):
    shop.build(anew=True, processes=3)
    assert shop.build() == ([], [])


def test_pieces_that_no_worker_left_are_made(shop):
    made = publication(shop.content)
    write_lists(shop.site, publish_lists(made), Memory(shop.work / "memory.db"), shop.work)
    files = files_of(shop.site)
    assert files == {path: text for path, text in whole(made).items() if path in files}
    assert len(files) > 30


def test_a_list_is_moved_to_a_site_on_another_disk(shop, monkeypatch):
    replace = Path.replace

    def on_one_disk(path, target):
        if path.parent != Path(target).parent:
            raise OSError(errno.EXDEV, "another disk")
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", on_one_disk)
    shop.build(anew=True)
    edit(shop.content / "papers" / f"{LOAF}.md", "## Notes", "Another sentence.\n\n## Notes")
    shop.build(ahead=True)


def test_a_list_that_somebody_changed_is_made_anew(shop):
    shop.build(anew=True)
    target = shop.site / "library.bib"
    target.write_bytes(target.read_bytes().replace(b"author", b"editor"))
    (shop.site / "library.ris").unlink()
    assert shop.build()[1] == ["library.bib", "library.ris"]


def test_a_site_of_which_nothing_is_left_is_made_anew(shop):
    shop.build(anew=True)
    shutil.rmtree(shop.site)
    shop.build(anew=True)


def test_a_file_that_was_there_already_keeps_its_times(shop):
    shop.build(anew=True)
    before = {path: (shop.site / path).stat().st_mtime_ns for path in files_of(shop.site)}
    shutil.rmtree(shop.work)
    shop.build(anew=True)
    for path, moment in before.items():
        if "cite." in path or path.endswith((".atom", "robots.txt", "index.md")):
            assert path.startswith(("tags", "editions", "collections")) or (
                (shop.site / path).stat().st_mtime_ns == moment
            )


def test_an_empty_list_has_empty_files(shop):
    shop.build(anew=True)
    for folder in ("papers", "editions", "collections"):
        shutil.rmtree(shop.content / folder)
    (shop.content / "redirects.yml").unlink()
    shop.build()
    assert (shop.site / "library.bib").read_bytes() == b""


def _edit_text(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("papers/*.md")))
    path.write_text(path.read_text() + f"\nMore about Éa, {chance.random()}.\n")


def _retitle(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("papers/*.md")))
    edit(path, 'title: "', 'title: "Newly ')


def _sign(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("papers/*.md")))
    name = f"Éva {'ABCDEFGH'[chance.randrange(8)]}{chance.randrange(10**6)}"
    text = re.sub(r"author_count: .*\n", "", path.read_text())
    path.write_text(text.replace("authors: [", f"authors: [{name}, ", 1))


def _add(content: Path, chance: random.Random) -> None:
    name = f"a-new-{chance.randrange(10**6)}"
    text = f'---\ntitle: "{name}"\ndate: 2025-0{chance.randint(1, 9)}-01\n---\nAn abstract.\n'
    (content / "papers" / f"{name}.md").write_text(text)


def _remove(content: Path, chance: random.Random) -> None:
    for path in sorted(content.glob("papers/a-new-*.md"))[:1]:
        path.unlink()


def _rename_tag(content: Path, chance: random.Random) -> None:
    edit(content / "tags.yml", "name: ", f"name: The {chance.choice('abc')}")


def _relist(content: Path, chance: random.Random) -> None:
    edit(content / "editions" / "daily-papers-2025-03-17.yml", "comments: ", "comments: 1")


def _retitle_edition(content: Path, chance: random.Random) -> None:
    path = chance.choice(sorted(content.glob("editions/*.yml")))
    edit(path, "title: ", "title: More ")


def _step(content: Path, chance: random.Random) -> None:
    edit(content / "collections" / "less-is-more.md", "promise", "great promise")


@pytest.mark.parametrize("seed", range(3))
def test_after_any_edits_the_site_is_that_of_a_build_from_nothing(shop, seed):
    chance = random.Random(seed)
    ways = (
        _edit_text, _retitle, _sign, _add, _remove, _rename_tag, _relist, _retitle_edition, _step,
    )  # fmt: skip
    shop.build(anew=True)
    for _ in range(20):
        for way in chance.sample(ways, chance.randint(0, 2)):
            way(shop.content, chance)
        shop.build(processes=chance.randint(1, 2), ahead=chance.random() < 0.5)


def test_the_stamp_of_a_paper_tells_whatever_its_files_show(shop):
    made = publication(shop.content)
    tagged = made.analysis.tags[LOAF]
    other = dataclasses.replace(
        made,
        analysis=dataclasses.replace(
            made.analysis, tags={**made.analysis.tags, LOAF: tagged[1:]}, stamps={}
        ),
    )
    assert {slug for slug in made.own if made.own[slug] != other.own[slug]} == {LOAF}
    moved = dataclasses.replace(made, site=dataclasses.replace(SITE, url="https://example.net/"))
    assert made.common != moved.common
