"""`papershelf digest`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from builder.cli.app import (
    CONFIG,
    DIRECTORY,
    FILE,
    main,
    relative,
    reports_problems,
    request,
)
from builder.content.files import write_texts

if TYPE_CHECKING:
    from builder.mail.letter import Letter, Sender
    from builder.mail.send import Report


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
    ready = prepare(request(content, config), edition, since.date() if since else None)
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
        f"Wrote {relative(out)}/{letter.digest.id}.eml, .html and .txt: "
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
