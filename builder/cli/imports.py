"""`papershelf import` and `papershelf fill`."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from builder import library, reporting
from builder.cli.app import FILE, main, reports_problems
from builder.content.files import write_texts

if TYPE_CHECKING:
    from builder.importers.plan import Summary


def _empty_or_loaded(content: Path) -> library.Library:
    """The library, or an empty one where the first import makes its folder."""
    if not content.exists():
        return library.Library(root=content, papers={})
    return library.load(content)


@main.command("import")
@click.argument("sources", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--format", "form", type=click.Choice(("daily-papers", "jsonl")),
              default="daily-papers", show_default=True,
              help="What the files are: saved Daily Papers listings, or a catalogue of one JSON "
              "object a line.")  # fmt: skip
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]),
              help="The listing's day, for one FILE; without it the year is inferred.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.pass_obj
@reports_problems
def import_(
    content: Path, sources: tuple[Path, ...], form: str, date: datetime | None, dry_run: bool
) -> None:
    """Create papers and editions from captured listings or a catalogue.

    All files are read first, and nothing is written if one of them cannot be used. A paper that is
    there already, under this title in whatever capitals and signs, is left as it is: importing
    again changes nothing.
    """
    from builder.importers import plan as importing
    from builder.importers.sources import read_all

    if date and (len(sources) > 1 or form == "jsonl"):
        raise click.UsageError("--date belongs to one listing: give one FILE with it")
    captures = read_all(sources, form)
    plan = importing.plan(captures, _empty_or_loaded(content), date=date.date() if date else None)
    if not dry_run:
        write_texts(plan.files)
    if plan.notes:
        click.echo(reporting.render(plan.notes, "text"), err=True)
    for item in plan.summaries:
        click.echo(_imported(item))
    done, count = "Would write" if dry_run else "Wrote", len(plan.files)
    click.echo(f"{done} {count:,} file{'' if count == 1 else 's'}" if count else "Nothing new")


def _imported(item: Summary) -> str:
    line = f"{item.path}: {item.entries:,} entries: {item.new:,} new, {item.known:,} known"
    if item.repeated:
        line += f", {item.repeated:,} listed a second time"
    if item.edition:
        year = ", its year inferred" if item.inferred else ""
        line += (
            f"; new edition {item.edition} of {item.listed:,} papers{year}"
            if item.created
            else f"; edition {item.edition} is there already"
        )
    return line


@main.command()
@click.argument("facts", metavar="FACTS", type=FILE)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.pass_obj
@reports_problems
def fill(content: Path, facts: Path, dry_run: bool) -> None:
    """Complete missing fields of papers from facts, one JSON object a line, found by title.

    A value that is there stays; where the facts say otherwise, that is reported. The rest of each
    file stays as it is, byte for byte.
    """
    from builder.importers import facts as filling
    from builder.importers.sources import read_records

    found = read_records(facts)
    result = filling.fill(found.records, library.load(content), path=facts.as_posix())
    if not dry_run:
        write_texts(result.files, removed=result.removed)
    if result.notes:
        click.echo(reporting.render(result.notes, "text"), err=True)
    for old, new in result.moved:
        click.echo(f"{old} is {new} now: a paper in it is younger than its year was")
    filled = ", ".join(f"{key} of {result.filled[key]:,}" for key in filling.KEYS
                       if key in result.filled)  # fmt: skip
    done = "would be filled in" if dry_run else "filled in"
    click.echo(
        f"{len(found.records):,} facts: {result.papers:,} papers {done}"
        + (f" ({filled})" if filled else "")
        + f"; {result.conflicts:,} conflicts, {result.unknown:,} titles not found"
        + (f"; keys not used: {', '.join(found.unused)}" if found.unused else "")
    )
