"""`papershelf diff`."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

from builder import library, reporting
from builder.cli.app import FILE, main, reports_problems
from builder.content.files import write_text, write_texts
from builder.problems import ProblemsFound


@main.command()
@click.argument("base")
@click.option("--format", "form", type=click.Choice(("text", "markdown", "pages")),
              default="text", show_default=True,
              help="For a terminal; for a comment; the paths of changed pages alone.")  # fmt: skip
@click.option("--pages", type=FILE,
              help="Also write the paths of changed pages to this file.")  # fmt: skip
@click.pass_obj
@reports_problems
def diff(content: Path, base: str, form: str, pages: Path | None) -> None:
    """Say in words what the files do to the site, compared with the Git revision BASE.

    Papers added, removed, renamed and changed, fields before and after, suggested topics, links
    between papers, and the pages that readers see change. While there is a mistake in content/,
    papers and files are compared, the rest is not.

    --format pages prints the path of each page that is new or another one, such as /papers/x/, for
    programs that look at them; pages of papers that the change names come first.
    """
    from builder.comparison import compare, report
    from builder.history.git import NoRevision, texts_at

    new, problems = library.inspect(content)
    if not content.is_dir():
        raise ProblemsFound(problems)
    try:
        before = {
            path: text
            for path, text in texts_at(content, base).items()
            if not path.rpartition("/")[2].startswith(".")
        }
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
    if pages:
        write_text(pages, report(found, "pages"))
    if (pages or form == "pages") and partial:
        click.echo(f"papershelf: {partial}", err=True)


def _texts(root: Path) -> dict[str, str]:
    """The texts of all files below a folder that are texts, by path below it."""
    found = {}
    for path in sorted(root.rglob("*")):
        if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
            try:
                text = path.read_bytes().decode("utf-8")
            except UnicodeDecodeError:
                if path.suffix not in (".md", ".yml"):
                    continue
                # A paper that cannot be read is there all the same.
                text = ""
            found[path.relative_to(root).as_posix()] = text
    return found
