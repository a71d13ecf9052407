"""`papershelf export FORMAT`."""

from __future__ import annotations

from pathlib import Path

import click

from builder import library
from builder.analysis import analyse
from builder.cli.app import FILE, main, output, reports_problems
from builder.exports.formats import FORMATS, Format
from builder.exports.selection import select


@main.group()
def export() -> None:
    """Write the list in another format, from content/ alone."""


def _add_export(form: Format) -> None:
    """`papershelf export NAME` for a format."""

    @export.command(form.name, help=form.description)
    @click.option("--tag", metavar="ID", help="Only papers with this tag, a suggested one too.")
    @click.option("--edition", metavar="ID", help="Only the papers of this listing, in its order.")
    @click.option("--collection", metavar="ID", help="Only those of this reading path, likewise.")
    @click.option("--out", type=FILE, help="The file to write; standard output without it.")
    @click.pass_obj
    @reports_problems
    def export_format(content: Path, out: Path | None, **parts: str | None) -> None:
        loaded = library.load(content)
        analysis = analyse(loaded)
        slugs = select(loaded, analysis, **parts)
        output(form.write(loaded, analysis, slugs), out)


for _form in FORMATS:
    _add_export(_form)
