"""The command line: the only place that prints, catches and exits."""

from __future__ import annotations

import functools
import logging
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from rich.console import Console

from builder import __version__, checks, library, reporting
from builder.analysis import analyse
from builder.content.files import write_text, write_texts
from builder.exports.formats import FORMATS, Format
from builder.exports.selection import NotThere, select
from builder.mail import MailFailed
from builder.problems import ProblemsFound
from builder.site.build import BuildFailed, Request
from builder.site.build import build as build_site

if TYPE_CHECKING:
    from builder.importers.plan import Summary
    from builder.mail.letter import Letter, Sender
    from builder.mail.send import Report

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
        except (BuildFailed, MailFailed, NotThere) as error:
            click.echo(f"papershelf: {error}", err=True)
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


def _request(content: Path, config: Path, **more: Any) -> Request:
    """What to build; without --content the folder that mkdocs.yml names."""
    given = click.get_current_context().find_root().get_parameter_source("content")
    chosen = None if given is ParameterSource.DEFAULT else content
    return Request(config=config, content=chosen, **more)


@main.command()
@click.option("--format", "form", type=click.Choice(reporting.FORMATS), default="text")
@click.pass_obj
@reports_problems
def check(content: Path, form: str) -> None:
    """Read all of content/ and report every problem; exit code 1 if there is an error.

    Errors are what cannot be used or shown as it is meant: a wrong value, a paper that is not
    there, a formula that does not parse. Warnings are what a reader would stumble over: debris of
    typesetting, a summary that is too long or copied from its abstract.
    """
    loaded, problems = library.inspect(content)
    problems = sorted([*problems, *checks.review(loaded)])
    output = reporting.render(problems, form)
    if output:
        click.echo(output)
    if form == "text" and not problems:
        click.echo(f"{len(loaded.papers)} papers, {len(loaded.editions)} editions: no problem")
    elif form == "text":
        click.echo(reporting.summary(problems), err=True)
    if any(problem.severity == "error" for problem in problems):
        sys.exit(1)


CONFIG = click.option(
    "--config",
    type=FILE,
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The site's configuration.",
)


@main.command()
@CONFIG
@click.option("--site-dir", type=DIRECTORY, help="Where to write the site, in place of site/.")
@click.option("--no-search", is_flag=True, help="Leave the search index as it is: faster.")
@click.option("--force", is_flag=True, help="Build everything anew.")
@click.pass_obj
@reports_problems
def build(content: Path, config: Path, site_dir: Path | None, no_search: bool, force: bool) -> None:
    """Build the site, reusing the last build wherever that is safe."""
    request = _request(content, config, site=site_dir, search=not no_search, force=force)
    console = Console(stderr=True)
    if console.is_terminal:
        with console.status("") as status:
            report = build_site(request, lambda name: status.update(f"{name} ..."))
    else:
        report = build_site(request)
    if report.findings:
        click.echo(reporting.render(report.findings, "text"), err=True)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    shown = _relative(report.site)
    if report.kind == "unchanged":
        click.echo(f"Nothing changed: {report.pages:,} pages in {shown}/")
    elif report.kind == "everything":
        click.echo(f"Built {report.pages:,} pages in {shown}/")
    else:
        click.echo(f"Built {report.changed:,} changed of {report.pages:,} pages in {shown}/")


def _relative(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path


@main.command()
@CONFIG
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT")
@click.option("--open", "open_in_browser", is_flag=True, help="Open the site in a browser.")
@click.pass_obj
@reports_problems
def serve(content: Path, config: Path, address: str, open_in_browser: bool) -> None:
    """Preview the site; every edit of content or templates shows at once."""
    from builder.site.serve import serve as serve_site

    # The preview goes on while a file is wrong, so what is wrong comes through MkDocs' log.
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    serve_site(_request(content, config), address=address, open_in_browser=open_in_browser)


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
        _output(form.write(loaded, analysis, slugs), out)


for _form in FORMATS:
    _add_export(_form)


def _output(text: str, out: Path | None) -> None:
    if out:
        write_text(out, text)
    else:
        click.echo(text, nl=False)


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
    done = "Would write" if dry_run else "Wrote"
    click.echo(f"{done} {len(plan.files):,} files" if plan.files else "Nothing new")


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


@main.command()
@click.argument("slugs", metavar="[SLUG]...", nargs=-1)
@click.option("--write", is_flag=True, help="Put the suggestions into the papers' files.")
@click.pass_obj
@reports_problems
def tag(content: Path, slugs: tuple[str, ...], write: bool) -> None:
    """Suggest tags, each with its reason: for the papers named, or for all that have none.

    With --write the suggestions become the tags in the file, for you to correct and commit; the
    rest of the file stays as it is, and tags that a curator gave are never replaced.
    """
    from builder.analysis import suggest

    loaded = library.load(content)
    suggested = suggest.suggest(loaded, slugs)
    width = max((len(use.id) for uses in suggested.values() for use in uses), default=0)
    for slug, uses in suggested.items():
        click.echo(f"{slug}: {loaded.papers[slug].title}")
        for use in uses:
            click.echo(f"  {use.id:{width}}  {use.why}")
        if not uses:
            click.echo("  no suggestion")
        own = loaded.papers[slug].tags
        if own is not None:
            click.echo(f"  its file has tags already: {', '.join(own) or 'none'}")
    if not suggested:
        click.echo("Every paper has tags")
    if write:
        changed = suggest.with_tags(loaded, suggested)
        write_texts(changed)
        click.echo(f"Wrote {len(changed):,} file{'' if len(changed) == 1 else 's'}")


@main.command("eval")
@click.argument("what", type=click.Choice(["tags", "related"]))
@click.option("--labels", type=FILE, help="Judgments to measure against, a JSON file.")
@click.pass_obj
@reports_problems
def evaluate(content: Path, what: str, labels: Path | None) -> None:
    """Measure how good automatic tags or related papers are.

    tags: each curated paper is tagged from what the others teach, and compared with its curated
    tags, and with --labels: [{"title", "core": [...], "ok": [...]}]. related: lists are compared
    with --labels: [{"title", "grades": {"title": 2, 1 or 0}}].
    """
    from builder import evaluation
    from builder.content.files import read_text

    loaded = library.load(content)
    text = read_text(labels) if labels else None
    if what == "tags":
        judged = [("the curated tags", evaluation.curated_labels(loaded))]
        if labels and text is not None:
            known = loaded.vocabulary.tags
            read = evaluation.parse_tag_labels(text, path=labels.as_posix(), known=known)
            judged.append((labels.as_posix(), read))
        given = {
            method: evaluation.cross_validated(loaded, method) for method in evaluation.METHODS
        }
        for name, against in judged:
            papers = evaluation.score_tags(loaded, given["both"], against).papers
            click.echo(f"Against {name}, {papers:,} papers:")
            click.echo("  method   precision  recall     F1  tags a paper")
            for method, tags in given.items():
                score = evaluation.score_tags(loaded, tags, against)
                click.echo(
                    f"  {method:8} {score.precision:9.3f} {score.recall:7.3f} {score.f1:6.3f}"
                    f" {score.load:13.2f}"
                )
        return
    if not labels or text is None:
        raise click.UsageError("eval related needs judgments: --labels FILE")
    graded = evaluation.parse_related_labels(text, path=labels.as_posix())
    shown = evaluation.shown_links(loaded)
    for name, lists in (("text alone", evaluation.text_neighbours(loaded)), ("as shown", shown)):
        score = evaluation.score_lists(loaded, lists, graded)
        click.echo(
            f"{name:10}  nDCG@{evaluation.DEPTH} {score.mean:.3f} ± {score.error:.3f}"
            f" (standard error, {score.queries:,} graded)"
        )
    click.echo("worth following, of the graded links shown, by their score:")
    for band in evaluation.score_bands(loaded, shown, graded):
        if band.links:
            click.echo(f"  {band.low:.2f} to {band.high:.2f}  {band.good:3} of {band.links:3}")


@main.command()
@click.argument("edition", required=False)
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]),
              help="Papers that came on this day or later, not an edition.")  # fmt: skip
@click.option("--out", type=DIRECTORY, default=Path("mail"), show_default=True,
              help="Where the message is written, and the record of who got it.")  # fmt: skip
@CONFIG
@click.option("--send", "deliver", is_flag=True,
              help="Send it through the server that PAPERSHELF_SMTP_HOST names.")  # fmt: skip
@click.option("--to", metavar="ADDRESS", help="Who gets it: the address of a mailing list.")
@click.option("--recipients", "listed", type=FILE, help="Who gets it: a file, one address a line.")
@click.option("--from", "author", metavar="ADDRESS", envvar="PAPERSHELF_MAIL_FROM",
              show_envvar=True, help="Who sends it.")  # fmt: skip
@click.option("--unsubscribe", metavar="URL", envvar="PAPERSHELF_MAIL_UNSUBSCRIBE",
              show_envvar=True, default="",
              help="Where to unsubscribe, with {recipient} for the address; without it, by mail to "
              "the sender.")  # fmt: skip
@click.option("--fresh", type=click.IntRange(min=1), metavar="DAYS",
              help="Do nothing when the papers came longer ago.")  # fmt: skip
@click.option("--retries", type=click.IntRange(min=0), default=3, show_default=True,
              help="How often those who could not be served are tried again.")  # fmt: skip
@click.option("--wait", type=click.FloatRange(min=0), default=60, show_default=True,
              metavar="SECONDS", help="How long before that; each time twice as long.")  # fmt: skip
@click.option("--unconfirmed", type=click.Choice(("again", "skip")), default="again",
              show_default=True,
              help="What to do when nobody knows whether a message was taken.")  # fmt: skip
@click.option("--retry-refused", is_flag=True, help="Try those again that were refused for good.")
@click.pass_obj
@reports_problems
def digest(
    content: Path, edition: str | None, since: datetime | None, out: Path, config: Path,
    deliver: bool, to: str | None, listed: Path | None, author: str | None, unsubscribe: str,
    fresh: int | None, **plan: Any,
) -> None:  # fmt: skip
    """Make one mail message of an edition or a period, and send it.

    Without EDITION it is the newest one. The message is written as .eml and .html to look at;
    with --send everyone who has not got it gets it, however often this is run.
    """
    from builder.mail import recipients
    from builder.mail.letter import sender
    from builder.site.digest import prepare

    if edition and since:
        raise click.UsageError("give an EDITION or --since, not both")
    if deliver and (to is None) == (listed is None):
        raise click.UsageError("--send needs one of --to and --recipients")
    if deliver and not author:
        raise click.UsageError("--send needs --from, or PAPERSHELF_MAIL_FROM in the environment")
    if to is not None and (wrong := recipients.check(to)):
        raise click.UsageError(f"--to: {wrong[0]}; {wrong[1]}")
    now = datetime.now(UTC)
    ready = prepare(_request(content, config), edition, since.date() if since else None)
    if fresh and ready.came and now - ready.came > timedelta(days=fresh):
        click.echo(f"Nothing to send: {ready.letter.digest.id} came on {ready.came:%Y-%m-%d}")
        return
    letter = ready.letter
    addresses = recipients.read(listed) if listed else (to or f"reader@{letter.domain}",)
    writer = sender(author or f"papers@{letter.domain}", unsubscribe)
    message = letter.message(addresses[0], writer, date=ready.day or now)
    files = {".eml": message.as_bytes().decode("ascii")}
    for kind, ending in (("html", ".html"), ("plain", ".txt")):
        part = message.get_body((kind,))
        files[ending] = part.get_content() if part else ""
    write_texts({out / f"{letter.digest.id}{end}": text for end, text in files.items()})
    size = len(message.as_bytes())
    click.echo(
        f"Wrote {_relative(out)}/{letter.digest.id}.eml, .html and .txt: "
        f"{letter.digest.papers:,} papers, {size:,} bytes"
    )
    if deliver:
        _deliver(letter, addresses, writer, out / f"{letter.digest.id}.sent.jsonl", plan)


def _deliver(
    letter: Letter, addresses: tuple[str, ...], writer: Sender, path: Path, plan: dict[str, Any]
) -> None:
    """Send a letter with a progress bar; exit code 1 when somebody did not get it."""
    from rich.progress import MofNCompleteColumn, Progress, TimeRemainingColumn

    from builder.mail import smtp
    from builder.mail.record import Record
    from builder.mail.send import Plan, send

    chosen = Plan(
        retries=plan["retries"],
        wait=plan["wait"],
        unconfirmed=plan["unconfirmed"],
        refused=plan["retry_refused"],
    )
    connection = smtp.Connection(smtp.settings())
    columns = (*Progress.get_default_columns()[:2], MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    with (
        Record(path) as record,
        Progress(*columns, console=console, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task("sending", total=len(addresses))
        try:
            report = send(
                letter, addresses, writer, connection, record, chosen,
                now=lambda: datetime.now(UTC),
                progress=lambda settled, doing: bar.update(
                    task, completed=settled, description=doing
                ),
            )  # fmt: skip
        finally:
            connection.close()
    click.echo(_sent(report))
    for what, people in (
        ("refused for good", report.refused),
        ("not served yet, run the same command again", report.later),
        ("not known whether sent", report.skipped),
    ):
        for address, reply in people:
            click.echo(f"{address}: {what}: {reply}", err=True)
    if report.refused or report.later:
        sys.exit(1)


def _sent(report: Report) -> str:
    parts = [f"Sent {report.sent:,}"]
    numbers = (
        (report.already, "had it already"),
        (report.again, "of them a second time under the same Message-ID"),
        (report.before, "refused in an earlier run"),
        (len(report.refused), "refused"),
        (len(report.later), "left for the next run"),
        (len(report.skipped), "in doubt and left alone"),
    )
    return ", ".join(parts + [f"{number:,} {words}" for number, words in numbers if number])
