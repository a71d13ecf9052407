"""The workflows in a list that papershelf init started: there the program is installed, not beside
it."""

import shutil
from pathlib import Path

import pytest

from builder import __version__
from builder.starter import answers as telling
from builder.starter import make
from tests.projects import ROOT
from tests.workflows.running import INSTALL, git, load

PAPER = "content/papers/open-shelves.md"
CAPTURE = ROOT / "tests" / "data" / "captures" / "with-facts.txt"


@pytest.fixture(scope="module")
def seed(tmp_path_factory) -> Path:
    """The bare repository of a started list; its people have pushed it to the forge."""
    if shutil.which("git") is None:
        pytest.skip("Git is not installed")
    folder = tmp_path_factory.mktemp("started")
    answers = telling.Answers(
        title="Our papers",
        repo_url="https://github.com/example/list",
        requirement="papershelf",
        year=2025,
        forge="github",
    )
    for path, data in make.start(answers, version=__version__).items():
        (folder / "list" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "list" / path).write_bytes(data)
    git(folder / "list", "init", "--quiet", "--initial-branch=main")
    git(folder / "list", "add", "--all")
    git(folder / "list", "commit", "--quiet", "--message=Start")
    git(folder, "clone", "--quiet", "--bare", "list", "origin.git")
    return folder / "origin.git"


def test_a_pull_request_is_checked_told_in_words_and_built(runner):
    machine = runner()
    text = (machine.work / PAPER).read_text(encoding="utf-8")
    git(machine.work, "switch", "--quiet", "--create", "change")
    (machine.work / PAPER).write_text(text.replace("Open Shelves:", "Open Doors:"), "utf-8")
    git(machine.work, "commit", "--quiet", "--all", "--message=a change")
    run = machine.run(load("check.yml"), "content")
    assert (run.failed, run.done) == ("", ["Check", "What changes", "Build"]), run.log
    assert "Open Doors" in run.summary
    page = (machine.work / "site/papers/open-shelves/index.html").read_text(encoding="utf-8")
    assert "Open Doors" in page and "Our papers" in page
    assert "https://github.com/example/list/edit/main/content/papers/open-shelves.md" in page
    # Pictures are taken by this repository's own tests, which a list does not have.
    assert machine.values.get("steps.changes.outputs.pictures", "") == ""


def test_a_capture_in_the_inbox_comes_by_a_pull_request(runner, origin, tmp_path):
    git(tmp_path, "clone", "--quiet", str(origin), "person")
    shutil.copy(CAPTURE, tmp_path / "person" / "inbox" / "2025-03-17.txt")
    git(tmp_path / "person", "add", "--all")
    git(tmp_path / "person", "commit", "--quiet", "--message=a capture")
    git(tmp_path / "person", "push", "--quiet", "origin", "main")
    machine = runner()
    run = machine.run(load("inbox.yml"), "import")
    assert run.failed == "", run.log
    assert ["pr", "create"] in [told["arguments"][:2] for told in run.gh]
    names = git(origin, "diff", "--name-status", "main", "inbox/7").splitlines()
    assert "A\tcontent/editions/daily-papers-2025-03-17.yml" in names
    assert "D\tinbox/2025-03-17.txt" in names


def test_every_workflow_of_a_list_installs_what_a_list_has(runner):
    work = runner().work
    there = {path.name for path in (work / ".github" / "workflows").iterdir()}
    here = {path.name for path in (ROOT / ".github" / "workflows").iterdir()}
    # A list has nothing for the one that runs this repository's tests.
    assert here - there == {"test.yml"}
    for name in sorted(there):
        for job, settings in load(name)["jobs"].items():
            lines = [step["run"].strip() for step in settings["steps"] if "run" in step]
            installs = [line for line in lines if INSTALL.fullmatch(line)]
            if any("papershelf " in line for line in lines):
                assert installs == ["python -m pip install --quiet -r requirements.txt"], (
                    name,
                    job,
                )
