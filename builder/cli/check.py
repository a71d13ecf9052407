"""`papershelf check`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from builder import checks, library, reporting
from builder.cli.app import main, reports_problems


@main.command()
@click.option("--format", "form", type=click.Choice(reporting.FORMATS), default="text",
              show_default=True, help="For whom it is printed.")  # fmt: skip
@click.pass_obj
@reports_problems
def check(content: Path, form: str) -> None:
    """Read all of content/ and report every problem; exit code 1 if there is an error.

    Errors are what cannot be used or shown as it is meant: a wrong value, a paper that is not
    there, a formula that does not parse, a paper that is here twice. Warnings are what a reader
    would stumble over: debris of typesetting, an abstract that is cut off, a summary copied from
    it. What is right all the same is silenced in content/check.yml, with a reason.
    """
    loaded, problems = library.inspect(content)
    problems = sorted([*problems, *checks.review(loaded, datetime.now(UTC).date())])
    output = reporting.render(problems, form)
    if output:
        click.echo(output)
    if form == "text" and not problems:
        paths = len(loaded.collections)
        click.echo(
            f"{len(loaded.papers):,} papers, {len(loaded.editions):,} editions, "
            f"{paths:,} reading path{'' if paths == 1 else 's'}: no problem"
        )
    elif form == "text":
        click.echo(reporting.summary(problems), err=True)
    if any(problem.severity == "error" for problem in problems):
        sys.exit(1)
