"""Runs the commands of a workflow as the forge's runner does, in a clean clone, with nobody there.

Actions of others are not run, and what installs is left to who runs the tests: everything that is
ours, is. The forge's own program, gh, is one that only writes down what it was asked.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.projects import LIBRARY, ROOT

WORKFLOWS = ROOT / ".github" / "workflows"
INSTALL = re.compile(
    r"python -m pip install --quiet (?:-r requirements\.txt|-c constraints\.txt -e '\.\[test\]')"
)
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")
_GH = """#!{python}
import json, os, pathlib, sys
told = {{"arguments": sys.argv[1:], "token": os.environ.get("GH_TOKEN", ""), "body": None}}
if "--body-file" in sys.argv:
    name = sys.argv[sys.argv.index("--body-file") + 1]
    told["body"] = sys.stdin.read() if name == "-" else pathlib.Path(name).read_text("utf-8")
with open({log!r}, "a", encoding="utf-8") as log:
    log.write(json.dumps(told) + "\\n")
"""


def load(name: str, folder: Path = WORKFLOWS) -> dict[str, Any]:
    """A workflow; its "on", which is a yes in YAML, stands under "on" all the same."""
    raw = yaml.safe_load((folder / name).read_text(encoding="utf-8"))
    return {("on" if key is True else key): value for key, value in raw.items()}


def git(folder: Path, *arguments: str) -> str:
    """Run Git in a folder, whoever's machine this is; returns what it prints."""
    done = subprocess.run(
        ["git", *arguments], cwd=folder, env=clean_environment(), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def clean_environment() -> dict[str, str]:
    """The environment without what a machine, a forge or a person says of Git and of us."""
    ours = ("GIT_", "GITHUB_", "GH_", "PAPERSHELF_", "CI_", "PYTEST_")
    kept = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    return kept | {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_NAME": "Ada Example",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada Example",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def make_origin(folder: Path) -> Path:
    """A bare repository of this checkout as it is now, but with the invented library as content."""
    seed = folder / "seed"
    seed.mkdir()
    git(seed, "init", "--quiet", "--initial-branch=main")
    # What is not committed yet counts, too.
    names = git(ROOT, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file() and not name.startswith("content/"):
            (seed / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, seed / name)
    shutil.copytree(LIBRARY, seed / "content", dirs_exist_ok=True)
    git(seed, "add", "--all")
    git(seed, "commit", "--quiet", "--message=a little list")
    origin = folder / "origin.git"
    git(folder, "clone", "--quiet", "--bare", str(seed), str(origin))
    return origin


@dataclass(kw_only=True)
class Run:
    """What a job did. log: all that its commands printed; failed: the step that failed, or "";
    gh: what gh was asked, in order: arguments, token, and the text that --body-file names."""

    log: str = ""
    failed: str = ""
    done: list[str] = field(default_factory=list)
    gh: list[dict[str, Any]] = field(default_factory=list)
    summary: str = ""


class Runner:
    """A machine of the forge, with a clean clone of `origin`.

    event: what the forge says happened, as GITHUB_EVENT_PATH tells it. values: expressions and
    what they stand for here; one that is not named is a mistake in the test.
    """

    def __init__(
        self, folder: Path, origin: Path, event: Mapping[str, Any], values: Mapping[str, str]
    ) -> None:
        self.work = folder / "work"
        self.temp = folder / "temp"
        self.bin = folder / "bin"
        self._gh = folder / "gh.jsonl"
        for path in (self.temp, self.bin):
            path.mkdir(parents=True)
        git(folder, "clone", "--quiet", str(origin), str(self.work))
        self.values = dict(values)
        self.event = folder / "event.json"
        self.event.write_text(json.dumps(event), encoding="utf-8")
        self._program("gh", _GH.format(python=sys.executable, log=str(self._gh)))
        self._program("python", f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
        # In the clone, it is the clone's program.
        self._program("papershelf", f'#!/bin/sh\nexec "{sys.executable}" -m builder "$@"\n')

    def _program(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text, encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def run(self, workflow: Mapping[str, Any], job: str) -> Run:
        """Run one job of a workflow to its end, or to the step that fails."""
        done = Run()
        settings = workflow["jobs"][job]
        shell = workflow.get("defaults", {}).get("run", {}).get("shell")
        command = ["bash", "--noprofile", "--norc", "-eo", "pipefail"] if shell else ["bash", "-e"]
        files = {name: self.temp / name for name in ("output", "summary", "env", "path")}
        for step in settings["steps"]:
            name = step.get("name") or step.get("run", "").strip()
            always = "cancelled()" in step.get("if", "") or "always()" in step.get("if", "")
            if "run" not in step or INSTALL.fullmatch(step["run"].strip()):
                continue
            if (done.failed and not always) or not self._holds(step.get("if", "true")):
                continue
            for path in files.values():
                path.touch()
            script = self.temp / "script.sh"
            script.write_text(step["run"], encoding="utf-8")
            given = {**workflow.get("env", {}), **settings.get("env", {}), **step.get("env", {})}
            environment = {
                **clean_environment(),
                "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
                "CI": "true",
                "GITHUB_ACTIONS": "true",
                "GITHUB_EVENT_PATH": str(self.event),
                "GITHUB_OUTPUT": str(files["output"]),
                "GITHUB_STEP_SUMMARY": str(files["summary"]),
                "GITHUB_ENV": str(files["env"]),
                "GITHUB_PATH": str(files["path"]),
                "GITHUB_RUN_ID": "7",
                "RUNNER_TEMP": str(self.temp),
                **{key: self._filled(str(value)) for key, value in given.items()},
            }
            # The runner says who commits; our clean environment must not say it for it.
            for key in [key for key in environment if key.startswith(("GIT_AUTHOR", "GIT_COMM"))]:
                del environment[key]
            ended = subprocess.run(
                [*command, str(script)], cwd=self.work, env=environment, text=True, check=False,
                stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            done.log += ended.stdout
            done.done.append(name)
            if ended.returncode and not done.failed:
                done.failed = name
            for line in files["output"].read_text(encoding="utf-8").splitlines():
                key, _, value = line.partition("=")
                self.values[f"steps.{step.get('id')}.outputs.{key}"] = value
            assert not files["env"].read_text(), "nothing of ours sets the runner's environment"
        done.summary = files["summary"].read_text("utf-8") if files["summary"].exists() else ""
        if self._gh.exists():
            done.gh = [json.loads(line) for line in self._gh.read_text("utf-8").splitlines()]
        return done

    def _holds(self, condition: str) -> bool:
        bare = _EXPRESSION.sub(r"\1", condition).strip()
        if bare in ("true", "!cancelled()", "always()"):
            return True
        match = re.fullmatch(r"(steps\.\w+\.outputs\.\w+) (==|!=) ''", bare)
        if match:
            return (self.values.get(match[1], "") == "") == (match[2] == "==")
        return bool(self.values[bare])

    def _filled(self, text: str) -> str:
        def value(match: re.Match[str]) -> str:
            name = match[1]
            return self.values.get(name, "") if name.startswith("steps.") else self.values[name]

        return _EXPRESSION.sub(value, text)
