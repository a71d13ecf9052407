"""The hooks that pre-commit offers to other lists, run as pre-commit would run them."""

import re
import shlex
import shutil
import subprocess

import pytest
import yaml
from click.testing import CliRunner

from builder.cli import main
from builder.content.canonical import content_files
from tests.commands import COMMANDS
from tests.projects import LIBRARY, ROOT
from tests.repositories import Repository, needs_git

PATH = ROOT / ".pre-commit-hooks.yaml"
HOOKS = {hook["id"]: hook for hook in yaml.safe_load(PATH.read_text(encoding="utf-8"))}
PAPER = "content/papers/half-a-loaf-sparse-updates-for-large-models.md"


@pytest.fixture
def commit(tmp_path, monkeypatch):
    """commit(id) -> (exit code, output, changed files) of a hook before what is staged becomes a
    commit: the hook gets the staged files that it asks for, and fails when it changes one."""
    shutil.copytree(LIBRARY, tmp_path / "list" / "content")
    repository = Repository(tmp_path / "list")
    repository.commit("2025-01-01")
    monkeypatch.chdir(repository.folder)

    def run(name):
        hook = HOOKS[name]
        repository.git("add", "--all")
        staged = repository.git("diff", "--staged", "--name-only", "--diff-filter=ACMRTUXB")
        files = [path for path in staged.splitlines() if re.search(hook["files"], path)]
        if not files:
            return None
        program, *arguments = shlex.split(hook["entry"]) + hook.get("args", [])
        assert program == "papershelf"
        if hook.get("pass_filenames", True):
            arguments += files
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        changed = repository.git("diff", "--name-only").splitlines()
        return result.exit_code or bool(changed), result.output, changed

    run.write = repository.write
    run.folder = repository.folder
    return run


def test_the_manifest_offers_two_hooks_that_install_this_package():
    assert list(HOOKS) == ["papershelf-fmt", "papershelf-check"]
    for hook in HOOKS.values():
        assert hook["language"] == "python"
        assert hook["entry"].split()[1] in COMMANDS
        assert {"id", "name", "description", "entry", "language", "files"} <= hook.keys()


def test_fmt_is_given_all_files_that_have_a_canonical_form_and_no_others():
    pattern = HOOKS["papershelf-fmt"]["files"]
    roots = [ROOT / "content", LIBRARY]
    known = {f"content/{p.relative_to(root)}" for root in roots for p in content_files(root)}
    known |= {f"content/{name}.yml" for name in ("redirects", "removed", "check", "authors")}
    there = known | {
        f"content/{path.relative_to(root)}"
        for root in roots
        for path in root.rglob("*")
        if path.is_file()
    }
    there |= {"tests/content/papers/a.md", "content/pages/papers/a.md", "content/papers/a.md.new"}
    assert {path for path in there if re.search(pattern, path)} == known


@needs_git
def test_fmt_brings_what_is_staged_into_form_and_stops_the_commit_once(commit):
    text = (commit.folder / PAPER).read_text(encoding="utf-8")
    ugly = text.replace("author_count: 2\n", "").replace(
        "title:", "# Their own spelling.\nauthor_count: 2\ntitle:", 1
    )
    commit.write(PAPER, ugly)
    commit.write("content/papers/another.md", "---\ntitle: 'Another'\n---\nNot staged by name.\n")
    code, output, changed = commit("papershelf-fmt")
    assert code and changed == ["content/papers/another.md", PAPER]
    assert f"Wrote {PAPER}\n" in output and "2 files: 2 changed" in output
    assert "# Their own spelling.\nauthor_count: 2\n" in (commit.folder / PAPER).read_text(
        encoding="utf-8"
    )
    code, output, changed = commit("papershelf-fmt")
    assert (code, output, changed) == (0, "2 files: 0 changed\n", [])


@needs_git
def test_check_reads_the_whole_list_and_stops_a_commit_that_breaks_another_file(commit):
    (commit.folder / PAPER).unlink()
    commit.write("content/papers/new.md", '---\ntitle: "New"\n---\nAn abstract that is whole.\n')
    code, output, changed = commit("papershelf-check")
    assert (code, changed) == (1, [])
    # The reading path names the paper; its file is not part of the commit.
    assert re.search(
        r"^content/collections/less-is-more\.md:\d+: papers\[1\]", output, re.MULTILINE
    )
    # Each file for itself is as it should be.
    assert commit("papershelf-fmt") == (0, "1 file: 0 changed\n", [])


@needs_git
def test_a_commit_that_does_not_touch_the_list_runs_nothing(commit):
    commit.write("README.md", "Hello\n")
    assert commit("papershelf-check") is None
    assert commit("papershelf-fmt") is None


@pytest.mark.skipif(shutil.which("pre-commit") is None, reason="pre-commit is not installed")
def test_pre_commit_finds_the_manifest_valid():
    done = subprocess.run(
        ["pre-commit", "validate-manifest", PATH], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
