"""`papershelf tag` and `papershelf eval`."""

from __future__ import annotations

from pathlib import Path

import click

from builder import library
from builder.cli.app import FILE, main, reports_problems
from builder.content.files import write_texts


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
