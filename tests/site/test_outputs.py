"""What lies in a site, looked at by this process and by another one."""

import os
import random
import subprocess
import sys
import time

import pytest

from builder import walking
from builder.site import outputs
from builder.site.outputs import Looking
from tests.projects import make_project


@pytest.fixture
def site(tmp_path):
    folder = tmp_path / "a site, with spaces"
    for name in ("index.html", "papers/löffel/index.html", "papers/löffel/löffel.bib", "a/b/c.txt"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (folder / "empty").mkdir()
    (folder / "gone").symlink_to(folder / "nowhere")
    (folder / "home").symlink_to(folder / "index.html")
    (folder / "again").symlink_to(folder / "papers")
    return folder


def test_another_process_finds_the_same(site):
    looking = Looking()
    looking.begin(site)
    found = looking.result(site)
    looking.close()
    assert found == outputs.outputs(site)
    assert list(found) == list(outputs.outputs(site))
    assert list(found) == ["", "a", walking.part("papers/löffel/x", ["papers"])]
    assert sorted(name for name, _ in walking.signs(site)) == [
        "a/b/c.txt",
        "home",
        "index.html",
        "papers/löffel/index.html",
        "papers/löffel/löffel.bib",
    ]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_names_that_are_no_text_are_carried_over(site):
    (site / os.fsdecode(b"l\xf6ffel.txt")).touch()
    looking = Looking()
    looking.begin(site)
    assert looking.result(site) == outputs.outputs(site)
    looking.close()


def test_a_part_is_another_when_a_file_in_it_comes_goes_or_changes(site):
    for name in ("new.txt", "papers/löffel/new.txt", "papers/new.txt", "a/b/c.txt", "new/new.txt"):
        before = outputs.outputs(site)
        path = site / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("something new")
        after = outputs.outputs(site)
        part = walking.part(name, outputs.DIVIDED)
        assert {key for key in before | after if before.get(key) != after.get(key)} == {part}
        path.unlink()
        assert outputs.outputs(site).get(part) == before.get(part) or name == "a/b/c.txt"


@pytest.mark.parametrize("seed", range(20))
def test_after_few_changes_only_their_parts_are_looked_at(tmp_path, seed, monkeypatch):
    chance = random.Random(seed)
    site = tmp_path / "site"
    names = [
        f"{top}/{chance.choice('abc')}{n}/x.html" for top in ("papers", "tags") for n in range(9)
    ]
    names += ["index.html", "papers/index.html", "pagefind/a.pf", "pagefind/b/c.pf"]
    for name in names:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text("one")
    before = outputs.outputs(site)
    changed = [*chance.sample(names, 4), "papers/new/x.html"]
    for name in changed:
        path = site / name
        if chance.random() < 0.3 and path.exists():
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("another")
    kept = ("papers", "pagefind")
    assert outputs.after(site, before, changed, kept) == outputs.outputs(site)
    # Somebody else did this, and the next build shall find it.
    (site / "papers/stranger").mkdir()
    (site / "papers/stranger/x.html").touch()
    (site / "tags/stranger.html").touch()
    part = walking.part("papers/stranger/x.html", outputs.DIVIDED)
    found = outputs.after(site, before, changed, kept)
    if part not in {walking.part(name, outputs.DIVIDED) for name in changed}:
        assert found.get(part) == before.get(part) != outputs.outputs(site)[part]
    assert found["tags"] == outputs.outputs(site)["tags"]


def test_an_empty_site_and_one_that_is_not_there(tmp_path):
    (tmp_path / "empty").mkdir()
    for site in (tmp_path / "empty", tmp_path / "nowhere"):
        looking = Looking()
        looking.begin(site)
        assert looking.result(site) == {}
        looking.close()


def test_who_looks_at_no_site_begins_no_process(site, monkeypatch):
    monkeypatch.setattr(subprocess, "Popen", None)
    looking = Looking()
    assert looking.result(site) == outputs.outputs(site)
    looking.close()


def test_a_look_that_is_begun_twice_is_one_unless_it_is_another(site, tmp_path):
    looking = Looking()
    looking.begin(site)
    first = looking._process
    looking.begin(site)
    assert looking._process is first
    looking.begin(tmp_path / "another")
    assert looking._process is not first
    assert looking.result(tmp_path / "another") == {}
    looking.close()


def test_a_site_that_was_not_expected_is_looked_at_at_last(site, tmp_path):
    looking = Looking()
    looking.begin(tmp_path / "another")
    assert looking.result(site) == outputs.outputs(site)
    looking.close()


@pytest.mark.parametrize("program", ["import sys; sys.exit(1)", "print('no'); exit(1)", None])
def test_a_process_that_fails_is_done_without(site, tmp_path, monkeypatch, program):
    broken = tmp_path / "walking.py"
    if program:
        broken.write_text(program)
        monkeypatch.setattr(walking, "__file__", str(broken))
    else:
        monkeypatch.setattr(sys, "executable", str(tmp_path / "no such python"))
    looking = Looking()
    looking.begin(site)
    assert looking.result(site) == outputs.outputs(site)
    looking.close()


def test_a_look_that_nobody_waits_for_ends(site, tmp_path, monkeypatch):
    slow = tmp_path / "walking.py"
    slow.write_text("import time; time.sleep(600)")
    monkeypatch.setattr(walking, "__file__", str(slow))
    started = time.monotonic()
    looking = Looking()
    looking.begin(site)
    looking.close()
    assert time.monotonic() - started < 60


def test_where_nothing_changed_nothing_is_loaded_that_would_make_pages(tmp_path):
    project = make_project(tmp_path / "project")
    build = (
        "import sys; from builder.cli import main; main(['build'], standalone_mode=False);"
        "print(sorted(name for name in sys.modules if name.startswith('builder.')))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", build],
            cwd=project, capture_output=True, text=True, check=True,
        ).stdout.splitlines()
        for _ in range(2)
    ]  # fmt: skip
    assert runs[0][-2].startswith("Built ") and runs[1][-2].startswith("Nothing changed: ")
    needless = {
        "builder.library",
        "builder.site.pipeline",
        "builder.site.rebuild",
        "builder.markup",
    }
    assert all(f"'{name}'" in runs[0][-1] for name in needless)
    assert not any(f"'{name}'" in runs[1][-1] for name in needless)
