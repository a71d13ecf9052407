"""What all commands share: the group, its options, and how a command ends."""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from builder import __version__, reporting
from builder.content.files import write_text
from builder.problems import Failed, ProblemsFound
from builder.site.request import Request

# Command -> the module of this package that adds it to `main`: who types one does not wait until
# what all the others need is loaded.
MODULES = {
    "build": "site",
    "check": "check",
    "customize": "starter",
    "diff": "diff",
    "digest": "digest",
    "eval": "tags",
    "export": "export",
    "fill": "imports",
    "fmt": "edit",
    "headers": "site",
    "import": "imports",
    "init": "starter",
    "new": "edit",
    "remove": "edit",
    "rename": "edit",
    "schema": "schema",
    "serve": "site",
    "tag": "tags",
    "upgrade": "starter",
}

DIRECTORY = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


def reports_problems(command: Callable[..., Any]) -> Callable[..., Any]:
    """Problems end a command with their list on standard error and exit code 1."""

    @functools.wraps(command)
    def wrapped(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except ProblemsFound as error:
            click.echo(reporting.render(error.problems, "text"), err=True)
            click.echo(reporting.summary(error.problems), err=True)
            sys.exit(1)
        except Failed as error:
            click.echo(f"papershelf: {error}", err=True)
            sys.exit(1)
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            click.echo(f"papershelf: {name}{error.strerror or error}", err=True)
            sys.exit(1)

    return wrapped


# What a command made and nobody wants any more: it is held to the end, when all memory is given
# back at once, see `builder.cli.run`.
held: list[object] = []


class _Commands(click.Group):
    """Finds commands in the modules that have them."""

    def list_commands(self, context: click.Context) -> list[str]:
        return sorted(MODULES)

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in MODULES:
            importlib.import_module(f"builder.cli.{MODULES[name]}")
        return super().get_command(context, name)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="papershelf")
@click.option(
    "--content",
    type=DIRECTORY,
    default=Path("content"),
    show_default=True,
    help="The content directory.",
)
@click.pass_context
def main(context: click.Context, content: Path) -> None:
    """Turn a folder of plain text files, one a paper, into a searchable website."""
    context.obj = content


CONFIG = click.option(
    "--config",
    type=FILE,
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration.",
)


def request(content: Path, config: Path, **more: Any) -> Request:
    """What to build; without --content the folder that mkdocs.yml names."""
    given = click.get_current_context().find_root().get_parameter_source("content")
    chosen = None if given is ParameterSource.DEFAULT else content
    return Request(config=config, content=chosen, **more)


def relative(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


def output(text: str, out: Path | None) -> None:
    if out:
        write_text(out, text)
    else:
        click.echo(text, nl=False)
