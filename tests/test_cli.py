"""Every command stands in the README with each of its options, and has help."""

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from builder import cli
from builder.cli.app import MODULES, main
from tests.commands import COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
ROWS = [line.split(" | ")[0] for line in README.splitlines() if line.startswith("| `papershelf ")]


def commands():
    """(name as typed, command) of every command."""
    for name, command in COMMANDS.items():
        if isinstance(command, click.Group) and name != "export":
            for inner, below in sorted(command.commands.items()):
                yield f"{name} {inner}", below
        elif isinstance(command, click.Group):
            yield name, next(iter(command.commands.values()))
        else:
            yield name, command


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=str)
def test_a_command_stands_in_the_readme_with_all_its_options(name, command):
    first, *more = name.split()
    rows = [row for row in ROWS if re.match(rf"\| `papershelf {first}\b", row)]
    rows = [row for row in rows if all(re.search(rf"\b{word}\b", row) for word in more)]
    assert rows, f"papershelf {name} has no row in the table of commands"
    options = [max(p.opts, key=len) for p in command.params if isinstance(p, click.Option)]
    told = set(re.findall(r"--[a-z-]+", " ".join(rows)))
    # Where the configuration lies is the same for all, and told once.
    assert sorted(set(options) - told - {"--config", "--help"}) == []


@pytest.mark.parametrize(("name", "command"), list(commands()), ids=str)
def test_a_command_and_its_options_have_help(name, command):
    assert command.help, name
    silent = [p.opts for p in command.params if isinstance(p, click.Option) and not p.help]
    assert silent == []


def test_the_readme_names_no_command_that_is_not_there():
    known = {name.split()[0] for name, _ in commands()}
    assert {re.match(r"\| `papershelf ([a-z]+)", row)[1] for row in ROWS} <= known


def test_every_module_adds_just_the_commands_that_are_looked_for_in_it():
    # Found by the modules' own account of themselves, in the order in which they are loaded.
    own = {
        name: command.callback.__module__.rpartition(".")[2] for name, command in COMMANDS.items()
    }
    assert own == MODULES
    assert sorted(main.commands) == sorted(MODULES)
    modules = {path.stem for path in (ROOT / "builder/cli").glob("*.py")}
    assert modules - {"__init__", "app", "progress"} == set(MODULES.values())


def test_a_word_that_is_no_command_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        main(["biuld"])
    assert ended.value.code == 2
    assert "No such command 'biuld'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["--version"], 0, "papershelf, version"),
        (["nothing-of-the-kind"], 2, "nothing-of-the-kind"),
        (["build", "--config", "nowhere.yml"], 1, "nowhere.yml"),
    ],
)
def test_the_program_says_all_before_it_ends_at_once(tmp_path, words, code, told):
    for command in (
        [sys.executable, "-m", "builder"],
        [Path(sys.executable).with_name("papershelf")],
    ):
        done = subprocess.run([*command, *words], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == code
        assert told in done.stdout + done.stderr


def test_what_cannot_be_said_any_more_is_a_failure(monkeypatch):
    class Full:
        def flush(self):
            raise OSError

    ended = []
    monkeypatch.setattr(cli, "main", lambda prog_name: sys.exit(0))
    monkeypatch.setattr(os, "_exit", ended.append)
    cli.run()
    monkeypatch.setattr(sys, "stdout", Full())
    cli.run()
    assert ended == [0, 1]
