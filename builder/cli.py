"""The command line: the only place that prints, catches and exits."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from builder import __version__, library, reporting
from builder.problems import ProblemsFound

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
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            click.echo(f"papershelf: {name}{error.strerror or error}", err=True)
            sys.exit(1)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
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


@main.command()
@click.option("--format", "form", type=click.Choice(reporting.FORMATS), default="text")
@click.pass_obj
@reports_problems
def check(content: Path, form: str) -> None:
    """Read all of content/ and report every problem; exit code 1 if there is an error."""
    loaded, problems = library.inspect(content)
    output = reporting.render(problems, form)
    if output:
        click.echo(output)
    if form == "text" and not problems:
        click.echo(f"{len(loaded.papers)} papers, {len(loaded.editions)} editions: no problem")
    elif form == "text":
        click.echo(reporting.summary(problems), err=True)
    if any(problem.severity == "error" for problem in problems):
        sys.exit(1)
