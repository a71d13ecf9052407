"""`papershelf init`, `upgrade` and `customize`: somebody else's list."""

from __future__ import annotations

import importlib.metadata
import json
from datetime import UTC, datetime
from pathlib import Path

import click

from builder import __version__
from builder.cli.app import CONFIG, DIRECTORY, main, relative, reports_problems
from builder.content.files import read_text, write_text, write_texts
from builder.problems import Problem, ProblemsFound, did_you_mean
from builder.starter import answers as telling
from builder.starter import make, table
from builder.starter import manifest as manifests
from builder.starter import upgrade as upgrading
from builder.starter.manifest import NAME, Manifest


@main.command()
@click.argument("folder", metavar="DIR", type=DIRECTORY)
@click.option("--title", help="What the list is called; without it, as its folder is.")
@click.option("--description", default=telling.DESCRIPTION, help="What it is, in a sentence.")
@click.option("--sample", "content", flag_value="sample", default="sample",
              help="Start with six invented papers, to show what goes where.")  # fmt: skip
@click.option("--empty", "content", flag_value="empty", help="Start without any paper.")
@click.option("--site-url", metavar="URL", default="", help="Where the site will be published.")
@click.option("--repo-url", metavar="URL", default="", help="Where its repository will be.")
@click.option("--forge", type=click.Choice(("github", "gitlab", "both")),
              help="Whose workflows it gets; without it, as --repo-url tells.")  # fmt: skip
@click.option("--papershelf", "requirement", metavar="REQUIREMENT",
              help="How pip gets papershelf, for requirements.txt; without it, from where this "
              "one came.")  # fmt: skip
@reports_problems
def init(
    folder: Path, title: str | None, description: str, content: telling.Content, site_url: str,
    repo_url: str, forge: telling.Forge | None, requirement: str | None,
) -> None:  # fmt: skip
    """Start a list of your own in DIR, a new folder or an empty one.

    It gets content, configuration, workflows and what serves it; page templates and the theme
    come with the program. A folder that holds anything but .git is refused.
    """
    if found := make.obstacle(folder):
        raise ProblemsFound(
            [
                Problem(
                    path=relative(folder).as_posix(),
                    line=1,
                    message=found,
                    hint="name a new folder or an empty one",
                )
            ]
        )
    name = folder.resolve().name
    answers = telling.Answers(
        title=telling.title_of(name) if title is None else telling.tidy(title),
        description=telling.tidy(description),
        site_url=site_url,
        repo_url=repo_url,
        requirement=_origin() if requirement is None else telling.tidy(requirement),
        year=datetime.now(UTC).year,
        content=content,
        forge=forge or telling.forge_of(repo_url),
    )
    if wrong := list(telling.check(answers, where="command line")):
        raise ProblemsFound(wrong)
    made = make.start(answers, version=__version__)
    write_texts({folder / path: data for path, data in made.items()})
    click.echo(f"Started {answers.title} in {relative(folder).as_posix()}/")
    click.echo(f"requirements.txt installs {answers.requirement}")
    click.echo("Next: papershelf serve --open there; then git init, git add . and git commit")


def _origin() -> str:
    """How pip gets this very program, where it was installed from a repository: its commit
    (PEP 610); otherwise the tag of its version."""
    try:
        text = importlib.metadata.distribution("papershelf").read_text("direct_url.json")
        found = json.loads(text or "{}")
        made = found["vcs_info"]
        return f"papershelf @ {made['vcs']}+{found['url']}@{made['commit_id']}"
    except (importlib.metadata.PackageNotFoundError, ValueError, KeyError, TypeError):
        return f"papershelf @ git+{telling.SOURCE}@v{__version__}"


@main.command()
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@CONFIG
@reports_problems
def upgrade(config: Path, dry_run: bool) -> None:
    """Bring what papershelf init put into a list up to date with this program.

    A file that nobody changed is replaced, or goes when it is not needed any more. A change of
    yours stays: both are merged where Git knows the version that the file came from and they do
    not touch the same lines; otherwise the new version is written beside it, as FILE.new.
    """
    folder, manifest = _list(config)
    work = upgrading.upgrade(folder, manifest, version=__version__)
    if not dry_run:
        write_texts(work.files, removed=work.removed)
        if work.manifest != manifests.dump(manifest):
            write_text(folder / NAME, work.manifest)
    for note in work.notes:
        click.echo(note)
    was = "" if manifest.version == __version__ else f", from {manifest.version}"
    if not work.notes:
        click.echo(f"Everything is up to date with papershelf {__version__}")
    elif dry_run:
        click.echo(f"Nothing written: this would be papershelf {__version__}{was}")
    else:
        click.echo(f"Now with papershelf {__version__}{was}: look at git diff, and commit")


@main.command()
@click.argument("names", metavar="[NAME...]", nargs=-1)
@CONFIG
@reports_problems
def customize(config: Path, names: tuple[str, ...]) -> None:
    """Put page templates or files of the theme into the list, to change them there.

    NAME is a file such as pages/paper.md.j2, or a folder; without NAME all of them are listed.
    A file in site_templates/ wins over the one that comes with the program, and papershelf
    upgrade merges later versions into it.
    """
    folder, manifest = _list(config)
    known = {entry.target: entry for entry in table.templates()}
    if not names:
        for path in known:
            own = "  (yours)" if (folder / path).exists() else ""
            click.echo(path.removeprefix(f"{table.TEMPLATES}/") + own)
        return
    chosen: dict[str, bytes] = {}
    problems = []
    for name in names:
        path = name.rstrip("/").removeprefix(f"{table.TEMPLATES}/")
        path = f"{table.TEMPLATES}/{path}"
        found = [target for target in known if target == path or target.startswith(f"{path}/")]
        if not found:
            short = [target.removeprefix(f"{table.TEMPLATES}/") for target in known]
            hint = did_you_mean(name, short) or "papershelf customize lists them"
            problems.append(
                Problem(path="command line", line=1, message=f'no template "{name}"', hint=hint)
            )
        for target in found:
            if (folder / target).exists() or (folder / target).is_symlink():
                message, hint = "this file is here already", "change it, or remove it first"
                problems.append(Problem(path=target, line=1, message=message, hint=hint))
            chosen[target] = known[target].path.read_bytes()
    if problems:
        raise ProblemsFound(problems)
    written: dict[Path, str | bytes] = {folder / path: data for path, data in chosen.items()}
    written[folder / NAME] = manifests.dump(upgrading.customize(manifest, chosen))
    write_texts(written)
    for path in chosen:
        click.echo(f"Wrote {path}")


def _list(config: Path) -> tuple[Path, Manifest]:
    """The folder of the list whose configuration this is, and its manifest."""
    folder = config.parent
    path = folder / NAME
    if not path.exists():
        message = "there is no such file, by which to tell what a list was given"
        hint = "run this in a list that papershelf init started"
        raise ProblemsFound([Problem(path=path.as_posix(), line=1, message=message, hint=hint)])
    return folder, manifests.parse(read_text(path), path=path.as_posix())
