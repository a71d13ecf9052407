"""The scheduled workflow that mails new editions: what it may do, and that its command exists."""

import re
import shlex

import pytest
import yaml

from tests.commands import COMMANDS
from tests.projects import ROOT
from tests.workflows.conftest import origin, runner, seed  # noqa: F401

PATH = ROOT / ".github" / "workflows" / "digest.yml"


@pytest.fixture(scope="module")
def workflow():
    return yaml.safe_load(PATH.read_text(encoding="utf-8"))


def steps(workflow):
    return [step for job in workflow["jobs"].values() for step in job["steps"]]


def test_it_may_read_the_repository_and_nothing_else(workflow):
    assert workflow["permissions"] == {"contents": "read"}
    assert all("permissions" not in job for job in workflow["jobs"].values())
    checkout = next(step for step in steps(workflow) if "checkout" in step.get("uses", ""))
    assert checkout["with"] == {"fetch-depth": 0, "persist-credentials": False}


def test_every_action_is_named_by_its_commit(workflow):
    used = [step["uses"] for step in steps(workflow) if "uses" in step]
    assert len(used) == 4
    assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", name) for name in used)


def test_its_command_is_one_of_ours_with_options_that_exist(workflow):
    (step,) = [s for s in steps(workflow) if s.get("run", "").startswith("papershelf")]
    name, *arguments = shlex.split(step["run"])[1:]
    options = {option for param in COMMANDS[name].params for option in param.opts}
    assert {word for word in arguments if word.startswith("--")} <= options
    # What people set never stands in the command itself, where a shell would read it.
    assert "${{" not in step["run"]


def test_every_setting_that_the_command_reads_is_handed_on(workflow):
    (step,) = [s for s in steps(workflow) if s.get("run", "").startswith("papershelf")]
    assert {name for name in step["env"] if name.startswith("PAPERSHELF_")} == {
        "PAPERSHELF_MAIL_FROM",
        "PAPERSHELF_SMTP_HOST",
        "PAPERSHELF_SMTP_PORT",
        "PAPERSHELF_SMTP_USER",
        "PAPERSHELF_SMTP_PASSWORD",
    }


def test_two_runs_never_send_at_once(workflow):
    assert workflow["concurrency"] == {"group": "digest", "cancel-in-progress": False}


def test_its_command_sends_the_newest_edition_and_a_second_time_nothing(
    workflow,
    runner,  # noqa: F811
    server,
):
    values = {"vars.DIGEST_TO": "all@example.org", "vars.DIGEST_FROM": "list@example.org"}
    values |= {"vars.SMTP_HOST": "127.0.0.1", "vars.SMTP_PORT": str(server.settings.port)}
    machine = runner(**values, **{"secrets.SMTP_USER": "", "secrets.SMTP_PASSWORD": ""})
    (step,) = [s for s in steps(workflow) if s.get("run", "").startswith("papershelf")]
    # A server on this machine has no certificate.
    step = {**step, "env": {**step["env"], "PAPERSHELF_SMTP_STARTTLS": "no"}}
    for _ in range(2):
        run = machine.run({"jobs": {"send": {"steps": [step]}}}, "send")
        assert run.failed == "", run.log
    assert [address for address, _ in server.post.taken] == ["all@example.org"]
    assert "Daily Papers" in server.post.messages[0]["Subject"]
    assert list((machine.work / "mail").glob("*.sent.jsonl"))
