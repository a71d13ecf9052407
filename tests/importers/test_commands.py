"""`papershelf import` and `papershelf fill`, as they are typed."""

import json
import os
import shutil
from pathlib import Path

import pytest

from builder import library
from tests.conftest import DATA

ALL = ["titles-and-abstracts.txt", "with-facts.txt", "undated.txt"]


@pytest.fixture
def captures(tmp_path) -> Path:
    shutil.copytree(DATA / "captures", tmp_path, dirs_exist_ok=True)
    return tmp_path


def state(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.usefixtures("captures")
def test_the_first_import_makes_the_folder(papershelf, tmp_path):
    result = papershelf("import", *ALL)
    assert result.exit_code == 0
    assert result.stdout == (
        "titles-and-abstracts.txt: 5 entries: 4 new, 0 known, 1 listed a second time; "
        "new edition daily-papers-2025-03-17 of 4 papers, its year inferred\n"
        "with-facts.txt: 3 entries: 2 new, 1 known; "
        "new edition daily-papers-2026-01-06 of 3 papers, its year inferred\n"
        "undated.txt: 2 entries: 1 new, 1 known; new edition daily-papers-undated of 2 papers\n"
        "Wrote 10 files\n"
    )
    assert result.stderr == (
        'titles-and-abstracts.txt:27: "a kettle for every storm: weather models in teacups" is '
        "listed a second time (first in line 15); the first place is kept [warning]\n"
    )
    assert papershelf("check").exit_code == 0
    assert len(library.load(tmp_path / "content").papers) == 7


@pytest.mark.usefixtures("captures")
def test_importing_again_changes_nothing(content, papershelf):
    papershelf("import", *ALL)
    before = state(content)
    result = papershelf("import", *reversed(ALL))
    assert result.exit_code == 0
    assert "Nothing new" in result.stdout
    assert "edition daily-papers-2026-01-06 is there already" in result.stdout
    assert state(content) == before


@pytest.mark.usefixtures("captures")
def test_what_people_edited_survives_the_next_import(content, papershelf):
    papershelf("import", *ALL)
    path = content / "papers/spoons-a-theory.md"
    path.write_text(path.read_text().replace("Spoons: A Theory", "Spoons: The Theory of All"))
    before = state(content)
    assert papershelf("import", *ALL).stdout.endswith("Nothing new\n")
    assert state(content) == before


@pytest.mark.usefixtures("captures")
def test_a_dry_run_says_the_same_and_writes_nothing(content, papershelf):
    before = state(content)
    dry = papershelf("import", "--dry-run", *ALL)
    assert state(content) == before
    wet = papershelf("import", *ALL)
    assert dry.stdout.replace("Would write", "Wrote") == wet.stdout
    assert "Would write 8 files" in dry.stdout


@pytest.mark.usefixtures("captures")
def test_one_bad_file_stops_all(content, papershelf):
    Path("other.txt").write_text("Recipes\n\nPancakes\n")
    Path("binary.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00")
    Path("large.txt").write_bytes(b"x" * (8 * 1024 * 1024 + 1))
    Path("empty.txt").write_bytes(b"")
    Path("folder.txt").mkdir()
    before = state(content)
    bad = ["other.txt", "binary.txt", "large.txt", "empty.txt", "missing.txt"]
    result = papershelf("import", *ALL, *bad)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert [line.split(";")[0] for line in result.stderr.splitlines()] == [
        "binary.txt:1: byte 0x89 is not valid UTF-8",
        "empty.txt:1: the capture is empty",
        "large.txt:1: the file has 8,388,609 bytes, more than 8 MiB",
        "missing.txt:1: cannot be read: No such file or directory",
        'other.txt:1: this is no Daily Papers listing: its heading "Daily Papers", its call to '
        'subscribe and its line "by ... and the research community" are all missing',
        "5 errors",
    ]
    assert state(content) == before


@pytest.mark.usefixtures("captures")
def test_an_interrupted_import_leaves_no_part_of_a_file(content, papershelf, monkeypatch):
    before = state(content)
    renamed = []

    def interrupt(self, target):
        renamed.append(target)
        if len(renamed) == 3:
            raise KeyboardInterrupt
        shutil.move(self, target)

    monkeypatch.setattr(os, "replace", interrupt)
    papershelf("import", *ALL)
    monkeypatch.undo()
    after = state(content)
    assert len(after) == len(before) + 2
    assert not [name for name in after if ".tmp" in name]
    assert library.inspect(content)[1] == []


@pytest.mark.usefixtures("captures")
def test_broken_content_is_told_before_anything_is_imported(content, papershelf):
    (content / "papers/broken.md").write_text("broken")
    before = state(content)
    result = papershelf("import", *ALL)
    assert result.exit_code == 1
    assert result.stderr.startswith("content/papers/broken.md:1: no front matter;")
    assert state(content) == before


@pytest.mark.usefixtures("captures")
def test_a_date_belongs_to_one_listing(papershelf):
    result = papershelf("import", "--date", "2025-03-17", *ALL)
    assert result.exit_code == 2
    assert "--date belongs to one listing: give one FILE with it" in result.stderr
    result = papershelf("import", "--date", "2025-13-17", "undated.txt")
    assert result.exit_code == 2
    result = papershelf("import", "--date", "2025-03-17", "undated.txt")
    assert "new edition daily-papers-2025-03-17 of 2 papers\n" in result.stdout


@pytest.mark.usefixtures("captures")
def test_where_nothing_tells_the_year_the_date_is_asked_for(papershelf, tmp_path):
    result = papershelf("import", "titles-and-abstracts.txt")
    assert result.exit_code == 1
    assert result.stderr == (
        "titles-and-abstracts.txt:9: date: the listing prints Mar 17 without a year, and no paper "
        "in it has a date to infer it from; import this file alone, with --date YYYY-MM-DD\n"
        "1 error\n"
    )
    assert not (tmp_path / "content").exists()


def test_a_catalogue_is_imported_and_again_changes_nothing(content, papershelf, tmp_path):
    lines = [
        {"title": "Flight", "abstract": "We fly.", "venue": "ICLR", "year": 2025, "area": "x"},
        {"title": "Do robots fold paper", "abstract": "Yes.", "authors": ["Ada Example"]},
    ]
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    result = papershelf("import", "--format", "jsonl", "c.jsonl")
    assert result.stdout == "c.jsonl: 2 entries: 1 new, 1 known\nWrote 1 file\n"
    assert result.stderr.splitlines() == [
        'c.jsonl:1: left over (keys that are not used): "area" [warning]',
        "c.jsonl:2: do-robots-fold-paper has no authors, this listing has "
        '"Ada Example"; add it to content/papers/do-robots-fold-paper.md [warning]',
    ]
    assert (content / "papers/flight.md").read_text() == (
        '---\ntitle: "Flight"\nvenue: ICLR 2025\n---\nWe fly.\n'
    )
    assert "Nothing new" in papershelf("import", "--format", "jsonl", "c.jsonl").stdout
    result = papershelf("import", "--format", "jsonl", "--date", "2025-01-01", "c.jsonl")
    assert result.exit_code == 2


FACTS = {"title": "Do robots fold paper?", "date": "2025-05-01", "source": "somewhere"}


def test_facts_are_filled_in_and_the_moves_are_told(content, papershelf, tmp_path):
    (tmp_path / "facts.jsonl").write_text(json.dumps(FACTS) + "\n" + '{"title": "Flight"}\n')
    before = state(content)
    dry = papershelf("fill", "--dry-run", "facts.jsonl")
    assert state(content) == before
    assert "1 papers would be filled in (date of 1)" in dry.stdout
    result = papershelf("fill", "facts.jsonl")
    assert result.exit_code == 0
    assert result.stdout == (
        "daily-papers-2025-03-17 is daily-papers-2026-03-17 now: a paper in it is younger than its "
        "year was\n"
        "2 facts: 1 papers filled in (date of 1); 0 conflicts, 1 titles not found; "
        "keys not used: source\n"
    )
    assert result.stderr == (
        'facts.jsonl:2: title: there is no paper "Flight"; nothing is filled in from this line '
        "[warning]\n"
    )
    assert papershelf("check").exit_code == 0


def test_malformed_facts_change_nothing(content, papershelf, tmp_path):
    (tmp_path / "facts.jsonl").write_text(json.dumps(FACTS) + '\n{"title": "A", "arxiv": 1.5}\n{\n')
    before = state(content)
    result = papershelf("fill", "facts.jsonl")
    assert result.exit_code == 1
    assert [line.split(";")[0] for line in result.stderr.splitlines()] == [
        "facts.jsonl:2: arxiv: a number where text is expected",
        "facts.jsonl:3: no JSON: Expecting property name enclosed in double quotes at column 2",
        "2 errors",
    ]
    assert state(content) == before


SHARED = Path(__file__).parents[3] / "shared"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real captures are not here")
def test_the_real_captures_and_facts_make_the_first_content(papershelf, tmp_path):
    paths = sorted((SHARED / "captures").glob("*.txt"))
    papershelf("import", *paths)
    papershelf("fill", SHARED / "facts.jsonl")
    loaded = library.load(tmp_path / "content")
    listed = [item.paper for edition in loaded.editions.values() for item in edition.papers]
    assert (len(loaded.papers), len(listed)) == (306, 379)
    assert sum(listed.count(slug) > 1 for slug in loaded.papers) == 45
    assert sorted(loaded.editions) == [
        "daily-papers-2025-03-14",
        "daily-papers-2025-03-17",
        "daily-papers-2025-03-19",
        "daily-papers-2026-01-06",
        "daily-papers-undated",
    ]
    assert all(item.authors for item in loaded.papers.values())
    assert sum(item.arxiv is not None for item in loaded.papers.values()) == 304
    before = state(tmp_path / "content")
    assert "Nothing new" in papershelf("import", *paths).stdout
    assert ": 0 papers filled in" in papershelf("fill", SHARED / "facts.jsonl").stdout
    assert state(tmp_path / "content") == before
