"""`papershelf check`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from builder import checks, library, reporting
from builder.cli.app import CONFIG, main, reports_problems, request
from builder.library import Library
from builder.linkcheck.model import Settings
from builder.problems import Problem


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(reporting.FORMATS),
    default="text",
    show_default=True,
    help="For whom it is printed.",
)
@click.option(
    "--links",
    "ask",
    is_flag=True,
    help="Also ask the network whether links out still lead somewhere.",
)
@click.option(
    "--links-age",
    type=click.FloatRange(0),
    default=7,
    show_default=True,
    metavar="DAYS",
    help="Ask again for what was good so long ago.",
)
@click.option(
    "--links-time",
    type=click.FloatRange(0, min_open=True),
    default=30,
    show_default=True,
    metavar="MINUTES",
    help="Leave what is not asked by then for the next run.",
)
@click.option(
    "--links-contact",
    metavar="ADDRESS",
    envvar="PAPERSHELF_SITE_URL",
    help="Where owners of servers find who asks; without it site_url of mkdocs.yml.",
)
@CONFIG
@click.pass_obj
@reports_problems
def check(
    content: Path, form: str, ask: bool, links_age: float, links_time: float,
    links_contact: str | None, config: Path,
) -> None:  # fmt: skip
    """Read all of content/ and report every problem; exit code 1 if there is an error.

    Errors are what cannot be used or shown as it is meant: a wrong value, a paper that is not
    there, a formula that does not parse, a paper that is here twice. Warnings are what a reader
    would stumble over: debris of typesetting, an abstract that is cut off, a summary copied from
    it. What is right all the same is silenced in content/check.yml, with a reason.

    With --links the servers behind links of papers, arXiv ids, DOIs, reading paths and hand-written
    pages are asked, too: few at a time, each slowly, and as their robots.txt permits. Answers are
    kept in .papershelf/links.json, and nobody is asked again before they are old.
    """
    loaded, problems = library.inspect(content)
    found: list[Problem] = []
    complete = False
    if ask and content.is_dir():
        settings = Settings(
            contact=links_contact or _site_url(content, config), time=60 * links_time
        )
        found, complete = _links(loaded, content, settings, timedelta(days=links_age))
    today = datetime.now(UTC).date()
    problems = sorted([*problems, *checks.review(loaded, today, found, all_links=complete)])
    output = reporting.render(problems, form)
    if output:
        click.echo(output)
    if form == "text" and not problems:
        parts = (
            (len(loaded.papers), "paper"),
            (len(loaded.editions), "edition"),
            (len(loaded.collections), "reading path"),
        )
        counts = (f"{count:,} {what}{'' if count == 1 else 's'}" for count, what in parts)
        click.echo(f"{', '.join(counts)}: no problem")
    elif form == "text":
        click.echo(reporting.summary(problems), err=True)
    if any(problem.severity == "error" for problem in problems):
        sys.exit(1)


def _links(
    loaded: Library, content: Path, settings: Settings, age: timedelta
) -> tuple[list[Problem], bool]:
    """What is wrong with links out, and whether all were asked for; says on standard error how it
    went."""
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress

    from builder import linkcheck

    targets = linkcheck.targets(loaded)
    cache = linkcheck.Cache.read(content.resolve().parent / ".papershelf" / "links.json")
    console = Console(stderr=True)
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task("asking", total=None)
        try:
            report = linkcheck.ask_all(
                targets, settings, cache, age=age,
                progress=lambda done, total: bar.update(task, completed=done, total=total),
            )  # fmt: skip
        except linkcheck.NoNetwork as error:
            bar.stop()
            click.echo(f"papershelf: {error}", err=True)
            sys.exit(1)
    counts = report.counts
    total = f"{len(targets):,} link{'' if len(targets) == 1 else 's'}"
    parts = [total, f"{report.asked:,} asked now", f"{counts['good']:,} good"]
    for state, words in (
        ("robots", "not asked, as robots.txt wishes"),
        ("later", "left for the next run"),
    ):
        if counts[state]:
            parts.append(f"{counts[state]:,} {words}")
    click.echo(", ".join(parts), err=True)
    return [*linkcheck.problems(targets, report.answers)], not counts["later"]


def _site_url(content: Path, config: Path) -> str:
    """Where the site is, by its configuration; "" where there is none that can be read."""
    from builder.site.failure import BuildFailed
    from builder.site.request import load

    try:
        return load(request(content, config)).site_url or ""
    except BuildFailed:
        return ""
