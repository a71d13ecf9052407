"""What linters say of the files that forges read, and what those linters do not know."""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml
from check_jsonschema.builtin_schemas import get_builtin_schema
from check_jsonschema.transforms import TRANSFORM_LIBRARY
from jsonschema import Draft7Validator
from ruamel.yaml import YAML

from tests.commands import COMMANDS
from tests.projects import ROOT
from tests.workflows.running import INSTALL, WORKFLOWS, load

FILES = sorted(WORKFLOWS.glob("*.yml"))
NAMES = [path.name for path in FILES]
SCHEMAS = {
    **{path: "vendor.github-workflows" for path in FILES},
    ROOT / ".github" / "ISSUE_TEMPLATE" / "suggest-paper.yml": "vendor.github-issue-forms",
    ROOT / ".github" / "ISSUE_TEMPLATE" / "correct-paper.yml": "vendor.github-issue-forms",
    ROOT / ".github" / "ISSUE_TEMPLATE" / "config.yml": "vendor.github-issue-config",
    ROOT / ".github" / "dependabot.yml": "vendor.dependabot",
    ROOT / ".gitlab-ci.yml": "vendor.gitlab-ci",
}


def program(name):
    """The path of a program beside this Python or on the machine, or None."""
    return shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)


def lint(*command, text=None):
    done = subprocess.run(
        command, cwd=ROOT, input=text, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_yamllint_finds_nothing():
    lint(sys.executable, "-m", "yamllint", "--strict", "--config-file", ".yamllint.yml",
         ".github", ".gitlab-ci.yml", ".yamllint.yml")  # fmt: skip


def test_zizmor_finds_no_weakness():
    name = program("zizmor")
    assert name, "zizmor comes with the test extra"
    lint(name, "--offline", "--no-progress", "--persona=pedantic", ".github")


def test_actionlint_finds_nothing():
    name = program("actionlint")
    if name is None:
        pytest.skip("actionlint is not installed")
    lint(name, *map(str, FILES))


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.name)
def test_the_files_are_of_the_form_that_the_forge_reads(path):
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    if path.name == ".gitlab-ci.yml":
        reader = YAML(typ="safe")
        TRANSFORM_LIBRARY["gitlab-ci"].modify_yaml_implementation(reader)
        data = reader.load(path.read_text(encoding="utf-8"))
    elif path.parent == WORKFLOWS:
        data = load(path.name)
    found = Draft7Validator(get_builtin_schema(SCHEMAS[path])).iter_errors(data)
    assert [error.message for error in found] == []


@pytest.mark.parametrize("name", NAMES)
def test_shellcheck_finds_nothing_in_the_commands(name):
    checker = program("shellcheck")
    if checker is None:
        pytest.skip("shellcheck is not installed")
    for step in steps(load(name)):
        if "run" in step:
            lint(checker, "--shell=bash", "-", text=step["run"])


@pytest.mark.parametrize("name", NAMES)
def test_no_command_holds_an_expression(name):
    """What the runner puts into a command is read by a shell; into the environment, by nobody."""
    for step in steps(load(name)):
        assert "${{" not in step.get("run", "")
        assert "github-script" not in step.get("uses", "")


@pytest.mark.parametrize("name", NAMES)
def test_no_words_of_an_issue_or_a_pull_request_come_in_by_an_expression(name):
    found = re.findall(r"\$\{\{(.*?)\}\}", (WORKFLOWS / name).read_text(encoding="utf-8"))
    assert not [text for text in found if re.search(r"title|body|head_ref|\.message|\.name\b", text)
                and "event.repository.name" not in text]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_every_action_is_named_by_its_commit_and_its_version(name):
    lines = (WORKFLOWS / name).read_text(encoding="utf-8").splitlines()
    used = [line for line in lines if re.match(r"\s*(?:- )?uses:", line)]
    form = r"\s*(?:- )?uses: actions/[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+"
    assert [line for line in used if not re.fullmatch(form, line)] == []


def test_an_action_has_one_version_in_all_workflows():
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    pins = set(re.findall(r"uses: actions/([\w-]+)(?:/\w+)?@(\S+ # \S+)", text))
    assert len({name for name, _ in pins}) == len(pins)


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_may_do_the_least_and_not_for_ever(name):
    workflow = load(name)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    assert "group" in workflow["concurrency"]
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())
    for step in steps(workflow):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", NAMES)
def test_strangers_code_never_meets_a_permission(name):
    workflow = load(name)
    assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(workflow["on"])
    if "pull_request" in workflow["on"]:
        allowed = {"contents": "read"}
        assert workflow["permissions"] == allowed
        assert all(job.get("permissions", allowed) == allowed for job in workflow["jobs"].values())
        assert "secrets." not in (WORKFLOWS / name).read_text(encoding="utf-8")


def commands():
    """(file, command line) of every papershelf command that the forges' files hold."""
    for path in (*FILES, ROOT / ".gitlab-ci.yml"):
        for found in re.findall(r"\bpapershelf ([^\n|;)`]*)", path.read_text(encoding="utf-8")):
            if (word := found.split()) and word[0] in COMMANDS:
                yield path.name, found


@pytest.mark.parametrize(("name", "line"), list(commands()), ids=str)
def test_every_command_is_there_with_its_options(name, line):
    first, *more = line.split()
    options = {option for param in COMMANDS[first].params for option in param.opts}
    assert {word for word in more if word.startswith("--")} <= options


def test_the_install_lines_are_of_one_form():
    """Running them is left out where workflows are tested, so they must be known."""
    for path in FILES:
        for step in steps(load(path.name)):
            if "pip install" in step.get("run", ""):
                assert INSTALL.fullmatch(step["run"].strip())
    assert Path(ROOT / "constraints.txt").is_file()
