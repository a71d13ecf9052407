"""The commands of the other workflows, run in a clean clone."""

import json
import shutil
from pathlib import Path

import pytest

from tests.browser.serving import find_chromium
from tests.projects import ROOT
from tests.workflows.running import git, load

PAPER = "content/papers/do-robots-fold-paper.md"
CAPTURE = ROOT / "tests" / "data" / "captures" / "with-facts.txt"


def change(machine, path, old, new):
    """A branch of the clone with one change, as a pull request is checked out."""
    file = machine.work / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    git(machine.work, "switch", "--quiet", "--create", "change")
    file.write_text(text.replace(old, new), encoding="utf-8")
    git(machine.work, "commit", "--quiet", "--all", "--message=a change")


def test_a_pull_request_is_checked_told_in_words_and_built(runner):
    machine = runner()
    by_hand = machine.work / "content" / "pages" / "contribute.md"
    by_hand.write_text("# Contribute\n\n[Suggest a paper](forge:suggest).\n", encoding="utf-8")
    change(machine, PAPER, "Do Robots Fold Paper?", "Do Robots Fold Maps?")
    run = machine.run(load("check.yml"), "content")
    assert run.failed == "", run.log
    assert run.done == ["Check", "What changes", "Build"]
    assert "`Do Robots Fold Maps?`" in run.summary
    pages = (machine.work / "pages.txt").read_text(encoding="utf-8").splitlines()
    assert pages[0] == "/papers/do-robots-fold-paper/"
    page = machine.work / "site" / "papers" / "do-robots-fold-paper" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert "Do Robots Fold Maps?" in text
    assert "https://github.com/example/list/edit/main/content/papers/" in text
    assert "https://example.github.io/list/papers/do-robots-fold-paper/" in text
    issue = "https://github.com/example/list/issues/new?template="
    assert f'href="{issue}correct-paper.yml&amp;title=Correct%3A%20Do%20Robots%20Fold' in text
    written = (machine.work / "site" / "contribute" / "index.html").read_text(encoding="utf-8")
    assert f'href="{issue}suggest-paper.yml" rel="noopener">Suggest a paper</a>' in written
    assert machine.values["steps.changes.outputs.pictures"] == "yes"


@pytest.mark.browser
@pytest.mark.skipif(find_chromium() is None, reason="no Chromium is installed")
def test_pictures_are_taken_of_what_changed(runner):
    machine = runner()
    site = machine.work / "site" / "papers" / "x"
    site.mkdir(parents=True)
    for folder in (site, machine.work / "site"):
        (folder / "index.html").write_text("<!doctype html><title>x</title><p>x</p>", "utf-8")
    (machine.work / "pages.txt").write_text("/papers/x/\n", encoding="utf-8")
    run = machine.run(load("check.yml"), "screenshots")
    assert run.failed == "", run.log
    names = [path.name for path in (machine.work / "screenshots").glob("*.png")]
    assert any("390" in name for name in names)
    assert any("1280" in name for name in names)


def test_a_mistake_stands_at_its_line_and_is_no_reason_to_tell_less(runner):
    machine = runner()
    change(machine, PAPER, "title:", "titel:")
    run = machine.run(load("check.yml"), "content")
    assert (run.failed, run.done) == ("Check", ["Check", "What changes"])
    assert f"::error file={PAPER},line=2::titel: unknown key; did you mean" in run.log
    assert "do-robots-fold-paper" in run.summary


def test_the_site_is_built_for_pages(runner):
    machine = runner()
    run = machine.run(load("publish.yml"), "build")
    assert run.failed == "", run.log
    assert (machine.work / "site" / "index.html").is_file()
    # Nothing to do where the cache holds this very site.
    again = machine.run(load("publish.yml"), "build")
    assert again.log.startswith("Nothing changed"), again.log


def drop(origin, tmp_path, name, text):
    """Put a file into the inbox of main."""
    folder = tmp_path / "person"
    if not folder.exists():
        git(tmp_path, "clone", "--quiet", str(origin), str(folder))
    (folder / "inbox" / name).write_text(text, encoding="utf-8")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=a capture")
    git(folder, "push", "--quiet", "origin", "main")


def test_captures_in_the_inbox_come_by_a_pull_request(runner, origin, tmp_path):
    drop(origin, tmp_path, "2025-03-18.txt", CAPTURE.read_text(encoding="utf-8"))
    fact = {"title": "Do Robots Fold Paper?", "organization": "An $(touch RAN) Lab"}
    drop(origin, tmp_path, "facts.jsonl", json.dumps(fact) + "\n")
    drop(origin, tmp_path, "two words $(touch RAN).txt", CAPTURE.read_text(encoding="utf-8"))
    machine = runner()
    run = machine.run(load("inbox.yml"), "import")
    assert run.failed == "", run.log
    assert list(tmp_path.rglob("RAN")) == []
    lines = git(origin, "diff", "--name-status", "main", "inbox/7").splitlines()
    assert "A\tcontent/editions/daily-papers-2025-03-18.yml" in lines
    gone = {line.split("\t")[1] for line in lines if line.startswith("D")}
    assert {"inbox/2025-03-18.txt", "inbox/facts.jsonl"} <= gone
    assert git(origin, "ls-tree", "--name-only", "inbox/7", "inbox/") == "inbox/README.md\n"
    assert [told["arguments"][:2] for told in run.gh] == [
        ["auth", "setup-git"],
        ["pr", "create"],
        ["workflow", "run"],
    ]
    assert "Import from the inbox" in run.gh[1]["arguments"]
    assert "    inbox/2025-03-18.txt: " in run.gh[1]["body"]


def test_a_capture_that_cannot_be_read_changes_nothing(runner, origin, tmp_path):
    drop(origin, tmp_path, "facts.jsonl", "::error::no JSON\n")
    run = runner().run(load("inbox.yml"), "import")
    assert run.failed == "Import"
    assert git(origin, "branch", "--format=%(refname:short)").split() == ["main"]
    assert run.gh == []
    # What it says is shown, and no line of it is a command to the runner.
    assert "    inbox/facts.jsonl:1: no JSON" in run.log
    assert not any(line.startswith("::") for line in run.log.splitlines())


def test_an_empty_inbox_is_no_reason_for_a_pull_request(runner, origin):
    run = runner().run(load("inbox.yml"), "import")
    assert (run.failed, run.gh) == ("", [])
    assert run.log == "Nothing is in the inbox.\n"


def test_links_are_asked_where_there_are_any(runner):
    """Here there is none, so that nobody's server is asked."""
    machine = runner()
    shutil.rmtree(machine.work / "content")
    file = machine.work / "content" / "papers" / "bread.md"
    file.parent.mkdir(parents=True)
    file.write_text("---\ntitle: Bread\n---\nWe bake bread, and it is good.\n", encoding="utf-8")
    run = machine.run(load("links.yml"), "links")
    assert (run.failed, run.done) == ("", ["Ask"]), run.log


def test_what_ci_runs_is_the_one_test_command():
    (step,) = [step for step in load("test.yml")["jobs"]["test"]["steps"] if "run" in step]
    script = ROOT / step["run"]
    assert script.stat().st_mode & 0o111
    assert script.read_text(encoding="utf-8").splitlines()[-1] == "make test"


def test_gitlab_runs_the_same_commands(runner):
    """Each job's script, with what GitLab says of a merge request."""
    from ruamel.yaml import YAML

    jobs = YAML(typ="safe").load((ROOT / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    assert jobs["default"]["before_script"] == ["python -m pip install --quiet -r requirements.txt"]
    machine = runner()
    base = git(machine.work, "rev-parse", "HEAD").strip()
    change(machine, PAPER, "Do Robots Fold Paper?", "Do Robots Fold Maps?")
    env = {
        "PAPERSHELF_SITE_URL": "https://example.gitlab.io/list/",
        "PAPERSHELF_REPO_URL": "https://gitlab.com/example/list",
        "PAPERSHELF_EDIT_URI": jobs["variables"]["PAPERSHELF_EDIT_URI"].replace(
            "$CI_DEFAULT_BRANCH", "main"
        ),
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
    }
    for name in ("check", "preview", "pages"):
        steps = [{"name": name, "run": "\n".join(jobs[name]["script"]), "env": env}]
        run = machine.run({"jobs": {name: {"steps": steps}}}, name)
        assert run.failed == "", run.log
    assert "Do Robots Fold Maps?" in (machine.work / "changes.txt").read_text(encoding="utf-8")
    page = machine.work / "public" / "papers" / "do-robots-fold-paper" / "index.html"
    text = page.read_text(encoding="utf-8")
    assert "https://gitlab.com/example/list/-/edit/main/content/papers/do-robots-fold" in text
    assert not (Path(machine.work) / "content" / ".papershelf").exists()
    shutil.rmtree(machine.work)
