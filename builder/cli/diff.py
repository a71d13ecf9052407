"""`papershelf diff`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from builder import library, reporting
from builder.cli.app import main, reports_problems
from builder.content.files import write_texts
from builder.problems import ProblemsFound


@main.command()
@click.argument("base")
@click.option("--format", "form", type=click.Choice(("text", "markdown")), default="text",
              show_default=True, help="For a terminal, or for a comment.")  # fmt: skip
@click.pass_obj
@reports_problems
def diff(content: Path, base: str, form: str) -> None:
    """Say in words what the files do to the site, compared with the Git revision BASE.

    Papers added, removed, renamed and changed, fields before and after, suggested topics, links
    between papers, and the pages that readers see change. While there is a mistake in content/,
    papers and files are compared, the rest is not.
    """
    from builder.comparison import compare, report
    from builder.history.git import NoRevision, texts_at

    new, problems = library.inspect(content)
    if not content.is_dir():
        raise ProblemsFound(problems)
    try:
        before = texts_at(content, base)
    except NoRevision as error:
        click.echo(f"papershelf: {error}", err=True)
        sys.exit(1)
    # What pages show may depend on which files are there, so the folder lasts to the end.
    with tempfile.TemporaryDirectory(prefix="papershelf-") as folder:
        root = Path(folder) / "content"
        root.mkdir()
        write_texts({root / path: text for path, text in before.items()})
        old, wrong = library.inspect(root)
        partial = ""
        if problems or wrong:
            where = "content/ now" if problems else f"content/ at {base}"
            partial = (
                f"Topics, links and pages: there are mistakes in {where} "
                f"({reporting.summary(problems or wrong)}); run papershelf check"
            )
        found = compare(old, new, texts=(before, _texts(content)), partial=partial)
    click.echo(report(found, form), nl=False)


def _texts(root: Path) -> dict[str, str]:
    """The texts of all files below a folder that are texts, by path below it."""
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            try:
                found[path.relative_to(root).as_posix()] = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                continue
    return found
