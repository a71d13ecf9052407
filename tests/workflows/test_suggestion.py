"""The workflow that makes a pull request of a suggestion, and what no suggestion makes it do."""

import re

import pytest

from builder.content import paper
from tests.workflows.running import git, load

FORM = """### Title

{title}

### Where it can be read

{where}

### Abstract

{abstract}

### Authors

_No response_

### In short

{short}

### Topics

{topics}

### Code, data and other links

_No response_

### Anything else

Thanks!
"""


def event(title="Bread & Butter", abstract="We bake bread, and it is good.", **fields):
    """What the forge says when a maintainer has set the label."""
    empty = dict.fromkeys(("where", "short", "topics"), "_No response_")
    body = FORM.format(title=title, abstract=abstract, **{**empty, **fields})
    return {
        "action": "labeled",
        "label": {"name": "accepted"},
        "issue": {"number": 12, "title": f"Suggest: {title}", "body": body},
    }


def propose(runner, told):
    machine = runner(told)
    return machine, machine.run(load("suggestion.yml"), "propose")


def made(origin, branch):
    """Path -> text of the files that a branch adds to main; all else in the branch is main's."""
    lines = git(origin, "diff", "--name-status", "--no-renames", "main", branch).splitlines()
    assert all(line.startswith("A\t") for line in lines), lines
    return {name: git(origin, "show", f"{branch}:{name}") for name in (x[2:] for x in lines)}


def branches(origin):
    return set(git(origin, "branch", "--format=%(refname:short)").split())


def test_an_accepted_suggestion_becomes_a_pull_request_with_one_file(runner, origin):
    told = event(
        where="arXiv:2503.09999v2\nhttps://github.com/example/bread", topics="Theory, baking",
        short="Bakes.",
    )  # fmt: skip
    _, run = propose(runner, told)
    assert run.failed == ""
    assert branches(origin) == {"main", "suggestion/bread-butter"}
    assert made(origin, "suggestion/bread-butter") == {
        "content/papers/bread-butter.md": (
            '---\ntitle: "Bread & Butter"\narxiv: "2503.09999"\nlinks:\n'
            '  - {kind: code, url: "https://github.com/example/bread"}\nsummary: Bakes.\n'
            "tags: [theory]\n---\nWe bake bread, and it is good.\n"
        )
    }
    log = git(origin, "log", "-1", "--format=%an|%cn|%s", "suggestion/bread-butter").strip()
    assert log == "github-actions[bot]|github-actions[bot]|Add bread-butter"
    setup, create, check = run.gh
    assert setup["arguments"] == ["auth", "setup-git"]
    assert create["arguments"][:6] == [
        "pr", "create", "--head", "suggestion/bread-butter", "--title", "Add bread-butter",
    ]  # fmt: skip
    assert create["body"].startswith("Suggested in #12; closes #12.\n")
    assert 'not used: topic "baking"' in create["body"]
    assert "`Bread & Butter` at `/papers/bread-butter/`" in create["body"]
    assert check["arguments"] == [
        "workflow",
        "run",
        "check.yml",
        "--ref",
        "suggestion/bread-butter",
    ]


def test_what_is_still_missing_stands_in_the_pull_request(runner, origin):
    _, run = propose(runner, event(abstract="_No response_", where="10.1000/182"))
    assert run.failed == ""
    body = run.gh[1]["body"]
    assert "Before it can be merged:\n\n    still missing: the abstract: paste it from" in body
    assert set(made(origin, "suggestion/bread-butter")) == {"content/papers/bread-butter.md"}


def test_a_paper_that_is_here_already_is_answered_in_the_issue(runner, origin):
    _, run = propose(runner, event(title="Do robots fold paper"))
    assert run.failed == ""
    (comment,) = run.gh
    assert comment["arguments"][:3] == ["issue", "comment", "12"]
    path = "content/papers/do-robots-fold-paper.md"
    assert f"    {path}:1: the paper with this title is here already" in comment["body"]
    assert branches(origin) == {"main"}


def test_a_branch_that_somebody_may_have_worked_on_is_left_alone(runner, origin):
    git(origin, "branch", "suggestion/bread-butter", "main")
    _, run = propose(runner, event())
    assert run.failed == ""
    assert [told["arguments"][:3] for told in run.gh] == [
        ["auth", "setup-git"],
        ["issue", "comment", "12"],
    ]
    assert "There is a branch suggestion/bread-butter already." in run.gh[1]["body"]
    assert made(origin, "suggestion/bread-butter") == {}


COMMAND = "$(touch RAN) `touch RAN` ; touch RAN #"
RUNNER = "::set-output name=slug::evil\n::add-mask::e\n##[set-output name=slug;]evil %0A::error::x"
HOSTILE = {
    "commands and paths": event(
        title=f"../../.github/--exec='x {COMMAND}", abstract=f"../../etc {COMMAND}",
        short=COMMAND, topics=COMMAND,
    ),
    "answers to the runner": event(
        title=RUNNER.replace("\n", "\u2028"), abstract=f"{RUNNER}\u2029e\x0c::error::g\x1b[2J",
        topics=RUNNER,
    ),
    "front matter, Markdown and a template": event(
        title="---\n@all {{ 7*7 }} ![](https://example.org/x.png) closes #1 ${{ github.token }}",
        abstract="---\ntitle: x\n---\n# Big\n\n```\n</pre><script>x()</script>\n```\n[x](data:x)",
    ),
    "too much": event(title="$(touch RAN)" * 500, abstract="bread " * 9_000),
    "headings forged": event(abstract="We bake.\n\n### Title\n\nEvil\n\n### Topics\n\ntheory"),
    "no form": {"issue": {"number": 12, "body": "$(touch RAN)\n::error::x"}},
}  # fmt: skip


@pytest.mark.parametrize("told", HOSTILE.values(), ids=HOSTILE)
def test_no_words_of_a_suggestion_are_run_or_steer_anything(runner, origin, told):
    machine, run = propose(runner, told)
    assert run.failed == ""
    assert list(machine.work.parent.rglob("RAN")) == []
    # The log, in which a line may be a command to the runner, holds none of it.
    assert run.log == ""
    new = branches(origin) - {"main"}
    for branch in new:
        assert re.fullmatch(r"suggestion/[a-z0-9]+(?:-[a-z0-9]+)*", branch)
        slug = branch.removeprefix("suggestion/")
        ((name, text),) = made(origin, branch).items()
        assert name == f"content/papers/{slug}.md"
        # They are in the file, as a title and an abstract.
        written = paper.parse(text, path=name)
        assert written.title
        assert written.abstract
    allowed = {"auth", "setup-git", "issue", "comment", "12", "pr", "create", "workflow", "run"}
    allowed |= {"check.yml", "--ref", "--head", "--title", "--body-file", "-", *new}
    allowed |= {f"Add {branch.removeprefix('suggestion/')}" for branch in new}
    temp = str(machine.temp)
    for asked in run.gh:
        strange = {word for word in asked["arguments"] if not word.startswith(temp)} - allowed
        assert strange == set()
    # Somebody is told, and what is told is no longer than a forge takes.
    bodies = [asked["body"] for asked in run.gh if asked["body"]]
    assert len(bodies) == 1
    assert len(bodies[0]) < 65_536
    if not new:
        # Words of others stand in a block of code, line by line.
        told_of = bodies[0].split("No file could be made of this:\n\n")[1]
        quoted = told_of.split("\n\nCorrect it above")[0]
        assert quoted
        assert all(line.startswith("    ") for line in quoted.split("\n"))


def test_it_runs_for_who_may_label_and_for_no_pull_request():
    workflow = load("suggestion.yml")
    assert workflow["on"] == {"issues": {"types": ["labeled"]}}
    assert workflow["permissions"] == {}
    job = workflow["jobs"]["propose"]
    assert job["if"] == (
        "github.event.label.name == 'accepted' && "
        "contains(github.event.issue.labels.*.name, 'suggestion')"
    )
    assert job["permissions"] == {
        "actions": "write", "contents": "write", "issues": "write", "pull-requests": "write",
    }  # fmt: skip


def test_the_token_is_with_the_steps_that_need_it_and_with_no_other():
    steps = load("suggestion.yml")["jobs"]["propose"]["steps"]
    with_token = [step["name"] for step in steps if "GH_TOKEN" in step.get("env", {})]
    assert with_token == ["Propose it", "Answer where no file can be made"]
    assert "papershelf new" not in "".join(s["run"] for s in steps if s.get("name") in with_token)
