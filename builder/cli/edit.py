"""`papershelf new`, `rename`, `remove` and `fmt`: edits by command."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from builder import editing, library, reporting
from builder.cli.app import FILE, main, relative, reports_problems
from builder.content import files
from builder.content.canonical import canonical, content_files, form_of
from builder.problems import Problem, ProblemsFound


@main.command()
@click.argument("chosen", metavar="[FILE...]", nargs=-1, type=FILE)
@click.option("--check", "only_check", is_flag=True,
              help="Write nothing; exit code 1 if a file is not in canonical form.")  # fmt: skip
@click.pass_obj
@reports_problems
def fmt(content: Path, chosen: tuple[Path, ...], only_check: bool) -> None:
    """Put content files into the canonical form; without FILE all of them.

    Order of keys, quotes, line ends and the end of the file: nothing that a reader sees changes,
    and no comment is lost. Of a file with a mistake the mistake is told, and nothing is written.
    """
    problems: list[Problem] = []
    changed: dict[Path, str] = {}
    paths = chosen or tuple(content_files(content))
    if not chosen and not content.is_dir():
        message = "there is no such content folder"
        hint = "give the folder that holds papers/ (papershelf --content DIR ...)"
        problems.append(Problem(path=content.as_posix(), line=1, message=message, hint=hint))
    for path in paths:
        shown = relative(path).as_posix()
        form = form_of(path.absolute())
        if form is None:
            hint = "give files of papers/, editions/, collections/, or tags.yml and its like"
            problems.append(Problem(path=shown, line=1, message="no content file", hint=hint))
            continue
        try:
            text = files.read_content(path, shown)
            made = canonical(text, form, path=shown)
        except ProblemsFound as error:
            problems += error.problems
            continue
        if made != text:
            changed[path] = made
    if problems:
        raise ProblemsFound(problems)
    if only_check and changed:
        hint = "run papershelf fmt"
        found = [
            Problem(path=relative(path).as_posix(), line=1, message="not canonical", hint=hint)
            for path in sorted(changed)
        ]
        click.echo(reporting.render(found, "text"))
        sys.exit(1)
    files.write_texts(changed)
    for path in sorted(changed):
        click.echo(f"Wrote {relative(path).as_posix()}")
    click.echo(f"{len(paths):,} file{'' if len(paths) == 1 else 's'}: {len(changed):,} changed")


@main.command()
@click.argument("text", metavar="[TEXT]", required=False)
@click.option("--stdin", "pasted", is_flag=True, help="Read TEXT from standard input.")
@click.option("--issue", type=FILE,
              help="A suggestion: an issue's text, or a forge's JSON about it.")  # fmt: skip
@click.option("--title", help="The title.")
@click.option("--abstract", help="The abstract.")
@click.option("--abstract-file", type=FILE, help="A file with the abstract.")
@click.option("--author", "authors", multiple=True, metavar="NAME",
              help="An author; once for each, in order.")  # fmt: skip
@click.option("--arxiv", metavar="ID", help="The arXiv id.")
@click.option("--doi", help="The DOI.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day of first publication.")
@click.option("--venue", help="Where it was published, with the year.")
@click.option("--link", "links", multiple=True, metavar="URL", help="A link out: code, data, ...")
@click.option("--summary", default="", help="What it does and why to read it, in your words.")
@click.option("--tag", "tags", multiple=True, metavar="ID", help="A tag of tags.yml.")
@click.pass_obj
@reports_problems
def new(
    content: Path, text: str | None, pasted: bool, issue: Path | None, abstract_file: Path | None,
    summary: str, **given: Any,
) -> None:  # fmt: skip
    """Make the file of one new paper, and print its path.

    TEXT is a title, a BibTeX entry, an arXiv id, a DOI, or the address of a paper; on standard
    input also a title with the abstract in the lines below it, or a JSON object with the keys of
    `papershelf import --format jsonl`. With --issue it comes from the form "Suggest a paper".
    Options win over what TEXT says. Nothing is looked up on the network: what is still missing is
    told. A paper that is here already is refused.
    """
    from builder.importers import issue as suggestion
    from builder.importers import pasted as paste

    if sum(map(bool, (pasted, text, issue))) > 1:
        raise click.UsageError("give one of TEXT, --stdin and --issue")
    if given["abstract"] and abstract_file:
        raise click.UsageError("give --abstract or --abstract-file, not both")
    where = "standard input" if pasted else "issue" if issue else "command line"
    facts: dict[str, Any] = {}
    topics: tuple[str, ...] = ()
    if issue:
        told = files.read_text(issue, limit=4 * files.MAX_BYTES)
        suggested = suggestion.read(told, path=where)
        facts, topics = dict(suggested.facts), suggested.topics
        summary = summary or suggested.summary
    if pasted or text:
        source = text if text else sys.stdin.read(files.MAX_BYTES + 1)
        if len(source or "") > files.MAX_BYTES:
            raise click.UsageError("standard input is longer than a paper's file may be")
        facts |= paste.read(source or "", path=where)
    if abstract_file:
        facts["abstract"] = files.read_text(abstract_file)
    date: datetime | None = given.pop("date")
    if date:
        facts["date"] = f"{date:%Y-%m-%d}"
    facts |= {key: list(v) if isinstance(v, tuple) else v for key, v in given.items() if v}
    if not facts:
        raise click.UsageError("give TEXT, --stdin, --issue or --title")
    # Somebody else's mistake, or a draft that is not finished, keeps nobody from adding a paper.
    loaded, problems = library.inspect(content)
    if not content.is_dir():
        raise ProblemsFound(problems)
    tags, strange = editing.topics(loaded, topics)
    if tags and not facts.get("tags"):
        facts["tags"] = list(tags)
    made = editing.draft(loaded, facts, summary=summary, where=where)
    if made.path.exists():
        # Nobody's half-finished file is overwritten.
        message, hint = "this file is here already", "finish it, or remove it"
        raise ProblemsFound(
            [Problem(path=relative(made.path).as_posix(), line=1, message=message, hint=hint)]
        )
    files.write_text(made.path, made.text)
    click.echo(relative(made.path).as_posix())
    for gap in made.gaps:
        click.echo(f"still missing: {gap}", err=True)
    unused = [*made.unused, *(f'topic "{word}"' for word in strange)]
    if unused:
        click.echo(f"not used: {reporting.visible(', '.join(unused))}", err=True)


@main.command()
@click.argument("old")
@click.argument("new")
@click.pass_obj
@reports_problems
def rename(content: Path, old: str, new: str) -> None:
    """Give a paper's file and page another name, here and wherever it is named.

    OLD and NEW are names of files in papers/ without .md. The old address leads to the new one.
    """
    _apply(editing.rename(library.load(content), _slug(old), _slug(new)))


@main.command()
@click.argument("slug")
@click.option("--reason", required=True, help="Why, in a line; the page says so from now on.")
@click.pass_obj
@reports_problems
def remove(content: Path, slug: str, reason: str) -> None:
    """Take a paper out of the list: its address says why, and nothing leads to it any more."""
    _apply(editing.remove(library.load(content), _slug(slug), reason))


def _slug(given: str) -> str:
    """A slug, also given as the path of its file."""
    return Path(given).name.removesuffix(".md")


def _apply(edit: editing.Edit) -> None:
    files.write_texts(edit.files, removed=edit.removed)
    for note in edit.notes:
        click.echo(note)
