"""`papershelf schema`."""

from __future__ import annotations

from pathlib import Path

import click

from builder import library
from builder.cli.app import FILE, main, output, reports_problems
from builder.content.schemas import NAMES, schemas
from builder.exports.schema import content_schema


@main.command()
@click.argument("kind", type=click.Choice(NAMES))
@click.option("--out", type=FILE, help="The file to write; standard output without it.")
@click.pass_obj
@reports_problems
def schema(content: Path, kind: str, out: Path | None) -> None:
    """The JSON Schema of a kind of content file, for editors.

    It is published with the site, as /api/KIND.schema.json. Of papers it knows the list's own tags,
    so that an editor offers them.
    """
    words = library.inspect(content)[0].vocabulary if content.is_dir() else None
    output(content_schema(schemas(words)[kind]), out)
