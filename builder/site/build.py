"""`papershelf build`: the whole site, reusing the last build wherever that is safe.

- Nothing changed, and the site is as the last build left it: nothing is done.
- Only content, page templates or hand-written pages changed: MkDocs' dirty build renders just the
  pages whose Markdown changed. Their old output is removed first, so that no clock can hide a
  change.
- Anything else changed, or the last build did not end well: everything is built anew.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from builder import history
from builder.problems import Problem
from builder.site import state
from builder.site.pipeline import Stage, prepare

Kind = Literal["unchanged", "changed pages", "everything"]


class BuildFailed(Exception):
    """The site could not be built; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to build. config: mkdocs.yml; content, site: folders other than those it names."""

    config: Path
    content: Path | None = None
    site: Path | None = None
    search: bool = True
    force: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a build did. pages: of the whole site; changed: Markdown files written or removed;
    warnings: what MkDocs warned of; findings: what the checks of texts warn of."""

    kind: Kind
    site: Path
    pages: int
    changed: int
    warnings: tuple[str, ...] = ()
    findings: tuple[Problem, ...] = ()


def build(request: Request, stage: Stage = lambda name: None) -> Report:
    """Build the site; `stage` is told the name of each step.

    Raises ProblemsFound when content/ is not valid, BuildFailed when the site cannot be made.
    """
    stage("Looking for changes")
    config = load(request)
    plugin = config.plugins["papershelf"]
    settings = plugin.settings(config)
    site = Path(config.site_dir)
    if obstacle := plugin.site_obstacle(config):
        raise BuildFailed(obstacle)
    found = state.inputs(
        settings=f"{_written(request.config)}\n{config.docs_dir}\n{site}\n{plugin.config}",
        content=settings.content,
        docs=Path(config.docs_dir),
        templates=settings.templates,
        theme=[Path(config.theme.custom_dir)] if config.theme.custom_dir else [],
        history=history.stamp(settings.content),
    )
    record = settings.work / "state.json"
    last = None if request.force else state.read(record)
    if last and last.outputs != state.outputs(site):
        last = None
    if last and last.inputs == found and (last.searchable or not request.search):
        return Report(
            kind="unchanged", site=site, pages=last.pages, changed=0, findings=last.findings
        )

    prepared = prepare(settings, stage)
    # A build that is interrupted from here on leaves no state: the next one builds everything.
    record.unlink(missing_ok=True)
    reuse = last is not None and (last.inputs.shell, last.sections) == (
        found.shell,
        prepared.sections,
    )
    changed = len(prepared.written.changed) + len(prepared.written.removed)
    if reuse:
        _forget(site, _outputs(prepared.written.changed + prepared.written.removed))
        _forget(site, _outputs(_different(last.inputs.docs, found.docs)))
        _forget(site, _outputs(_different(last.heads, prepared.heads)))
        _forget(site, set(last.files) - prepared.files.keys())
    plugin.stage = stage
    plugin.prepared = prepared
    warnings = _mkdocs_build(config, dirty=reuse)
    state.write(
        record,
        state.State(
            inputs=found,
            outputs=state.outputs(site),
            sections=prepared.sections,
            pages=len(prepared.sources),
            files=tuple(prepared.files),
            heads=prepared.heads,
            searchable=request.search,
            findings=prepared.findings,
        ),
    )
    return Report(
        kind="changed pages" if reuse else "everything",
        site=site,
        pages=len(prepared.sources),
        changed=changed,
        warnings=warnings,
        findings=prepared.findings,
    )


def load(request: Request) -> Any:
    """MkDocs' configuration for a request.

    Raises BuildFailed when mkdocs.yml is missing, wrong, or does not name our plugin.
    """
    # Material's banner speaks of another project's plans, not of this site.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    if not request.config.is_file():
        raise BuildFailed(
            f"{request.config}: there is no such file; run this where mkdocs.yml lies, or name it "
            "with --config"
        )
    overrides: dict[str, str] = {}
    if request.site:
        overrides["site_dir"] = str(request.site.absolute())
    if request.content:
        overrides["docs_dir"] = str(request.content.absolute() / "pages")
    # MkDocs wants the folder of hand-written pages to exist; a list may do without.
    empty = request.config.absolute().parent / ".papershelf" / "no-pages"
    if request.content and not (request.content / "pages").is_dir():
        empty.mkdir(parents=True, exist_ok=True)
        overrides["docs_dir"] = str(empty)
    try:
        with _listening() as messages:
            config = load_config(str(request.config), **overrides)
    except (Abort, ConfigurationError) as error:
        # An Abort says only that something is wrong; what, stands in the log.
        reasons = messages or [str(error)]
        raise BuildFailed("\n".join(f"{request.config}: {text}" for text in reasons)) from None
    plugin = config.plugins.get("papershelf")
    if plugin is None:
        raise BuildFailed(f'{request.config}: plugins: add "- papershelf" to the list')
    if request.content:
        plugin.config.content = str(request.content.absolute())
    plugin.indexing = request.search
    return config


def _written(config: Path) -> str:
    """The configuration as it is written, with inherited files and the environment filled in."""
    from mkdocs.utils.yaml import yaml_load

    with config.open("rb") as stream:
        return str(yaml_load(stream))


def _mkdocs_build(config: Any, *, dirty: bool) -> tuple[str, ...]:
    """Let MkDocs build; returns its warnings."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import BuildError, MkDocsException

    try:
        with _listening() as warnings:
            config.plugins.on_startup(command="build", dirty=dirty)
            mkdocs_build(config, dirty=dirty)
            config.plugins.on_shutdown()
    except (BuildError, MkDocsException, RuntimeError) as error:
        raise BuildFailed("\n".join([*warnings, str(error)])) from None
    return tuple(warnings)


@contextmanager
def _listening() -> Iterator[list[str]]:
    """Collects MkDocs' warnings and errors, apart from its warning against dirty builds."""
    found: list[str] = []

    class Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if "'dirty' build" not in record.getMessage():
                found.append(record.getMessage())

    logger = logging.getLogger("mkdocs")
    handler = Handler(logging.WARNING)
    logger.addHandler(handler)
    propagate, logger.propagate = logger.propagate, False
    try:
        yield found
    finally:
        logger.removeHandler(handler)
        logger.propagate = propagate


def _outputs(paths: Iterable[str]) -> Iterator[str]:
    """The files of the site that Markdown files become; other files keep their names."""
    for path in paths:
        stem = path.removesuffix(".md")
        if stem == path:
            yield path
        elif stem == "index" or stem.endswith("/index"):
            yield f"{stem}.html"
        else:
            yield f"{stem}/index.html"


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _forget(site: Path, names: Iterable[str]) -> None:
    for name in names:
        path = site / name
        path.unlink(missing_ok=True)
        folder = path.parent
        if folder != site and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
