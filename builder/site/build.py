"""`papershelf build`: the whole site, reusing the last build wherever that is safe.

- Nothing changed, and the site is as the last build left it: nothing is done.
- Only content, page templates or hand-written pages changed: MkDocs renders just the pages whose
  Markdown changed.
- Anything else changed, or the last build did not end well: everything is built anew.
"""

from __future__ import annotations

import gc
import itertools
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

from builder import history, parallel, shipped
from builder.exports.publish import paper_paths
from builder.exports.write import gone_papers, stale_papers
from builder.memory import Memory
from builder.problems import Problem
from builder.site import destination, publishing, state
from builder.site.pipeline import Stage, prepare, silent
from builder.site.selection import Selection

# So many pages are rendered by one run of MkDocs, in a process of its own: a run costs a tenth of a
# second beside its pages, and holds all of them in memory.
PART = 400

# The folders of the site in which most files lie: pages, papers' own files and redirects, of which
# a build knows which ones it changed. Preview images lie there too, where there are some.
PAGES_ALONE = ("papers", "authors")

T = TypeVar("T")
Kind = Literal["unchanged", "changed pages", "everything"]


class BuildFailed(Exception):
    """The site could not be built; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to build. config: mkdocs.yml; content, site: folders other than those it names;
    preview: the address at which only the one who writes it looks at the site, or ""."""

    config: Path
    content: Path | None = None
    site: Path | None = None
    search: bool = True
    force: bool = False
    preview: str = ""


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


def build(request: Request, stage: Stage = silent) -> Report:
    """Build the site; `stage` is told the name of each step.

    Raises ProblemsFound when content/ is not valid, BuildFailed when the site cannot be made.
    """
    stage("Looking for changes")
    config = load(request)
    plugin = config.plugins["papershelf"]
    settings = plugin.settings(config)
    if obstacle := plugin.site_obstacle(config):
        raise BuildFailed(obstacle)
    remembered = settings.work / "memory.db"
    if request.force:
        remembered.unlink(missing_ok=True)
    programs = state.programs()
    # What a build makes, it holds to its end: looking for cycles among it finds none, and takes a
    # third of the time of a large list.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with closing(Memory(remembered, programs)) as memory:
            return _build(config, request, stage, programs, memory)
    finally:
        if collecting:
            gc.enable()


def _build(config: Any, request: Request, stage: Stage, programs: str, memory: Memory) -> Report:
    plugin = config.plugins["papershelf"]
    settings, site = plugin.settings(config), Path(config.site_dir)
    found = state.inputs(
        programs=programs,
        settings="\n".join(
            map(
                str,
                (
                    _written(request.config),
                    config.docs_dir,
                    site,
                    plugin.config,
                    config.site_url,
                ),
            )
        ),
        content=settings.content,
        docs=Path(config.docs_dir),
        templates=dict.fromkeys([settings.templates.resolve(), shipped.templates("pages")]),
        theme=plugin.theme_folders(config),
        memory=memory,
        history=history.stamp(settings.content),
    )
    record = settings.work / "state.json"
    last = None if request.force else state.read(record)
    # What lies in the site now, as far as it may be reused.
    before = state.outputs(site) if last else {}
    if last and last.outputs != state.outputs_digest(before):
        last = None
    if last and last.inputs == found and (last.searchable or not request.search):
        memory.save()
        return Report(
            kind="unchanged", site=site, pages=last.pages, changed=0, findings=last.findings
        )

    prepared = prepare(settings, stage, memory)
    # A build that is interrupted from here on leaves no state: the next one builds everything.
    record.unlink(missing_ok=True)
    reuse = last is not None and (last.inputs.shell, last.sections) == (
        found.shell,
        prepared.sections,
    )
    written = prepared.written
    if reuse:
        docs = set(_different(last.inputs.docs, found.docs))
        stale = {*written.changed, *docs, *_different(last.heads, prepared.heads)}
        _forget(site, map(destination.output, {*written.removed, *docs}))
    else:
        docs, stale = set(found.docs), set(prepared.sources)
        plugin.claim(config)
        _empty(site)
    publication = prepared.publication
    own = stale_papers(publication, memory) if reuse else list(publication.stamps)
    if reuse:
        gone = gone_papers(publication, memory)
        _forget(site, [path for slug in gone for path in paper_paths(slug)])
    plugin.stage = stage
    plugin.prepared = prepared
    stage("Rendering the site")
    rendering = partial(stage, "Rendering the site")
    others = publishing.papers(site, publication, own, settings)
    warnings, parts = _render(config, stale & prepared.sources.keys(), docs, others, rendering)
    published = publishing.lists(site, publication, memory, parts)
    if reuse:
        _forget(site, set(last.lists) - set(published))
    plugin.finish(config)
    memory.save()
    if reuse and not settings.social:
        changed = {*map(destination.output, stale | set(written.removed) | docs)}
        changed |= {path for slug in (*own, *gone) for path in paper_paths(slug)}
        changed |= {*last.lists, *published, *_different(last.inputs.docs, found.docs)}
        outputs = state.outputs_after(site, before, changed, PAGES_ALONE)
    else:
        outputs = state.outputs(site)
    state.write(
        record,
        state.State(
            inputs=found,
            outputs=state.outputs_digest(outputs),
            sections=prepared.sections,
            pages=len(prepared.sources),
            lists=published,
            heads=prepared.heads,
            searchable=request.search,
            findings=prepared.findings,
        ),
    )
    return Report(
        kind="changed pages" if reuse else "everything",
        site=site,
        pages=len(prepared.sources),
        changed=len(written.changed) + len(written.removed),
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
    if request.preview:
        config.site_url = request.preview
        plugin.previewing = True
    return config


def _written(config: Path) -> str:
    """The configuration as it is written, with inherited files and the environment filled in."""
    from mkdocs.utils.yaml import yaml_load

    with config.open("rb") as stream:
        return str(yaml_load(stream))


def _render(
    config: Any,
    pages: Set[str],
    docs: Set[str],
    others: Sequence[Callable[[], T]],
    done: Callable[[int, int], None],
) -> tuple[tuple[str, ...], list[T]]:
    """Let MkDocs render some pages, hand-written ones among them, and all that is no page, and do
    other work beside; returns MkDocs' warnings and what the other work gave."""
    paths = sorted(pages)
    first, rest = (paths, []) if len(paths) < 2 * PART else ([], paths)
    parts = [frozenset(rest[at : at + PART]) for at in range(0, len(rest), PART)]
    config.plugins.on_startup(command="build", dirty=True)
    shell = Selection(pages=frozenset(first), docs=frozenset(docs), shell=True)
    found = list(_mkdocs_build(config, shell))
    runs = [partial(_mkdocs_build, config, Selection(pages=part)) for part in parts]
    tasks: list[Callable[[], Any]] = [*others, *runs]
    ended = itertools.count(1)
    # A few small tasks are done sooner than a process is started.
    results = parallel.run(
        tasks, workers=None if parts else 1, done=lambda _: done(next(ended), len(tasks))
    )
    for warnings in results[len(others) :]:
        found += warnings
    config.plugins.on_shutdown()
    return tuple(dict.fromkeys(found)), results[: len(others)]


def _mkdocs_build(config: Any, selection: Selection) -> tuple[str, ...]:
    """Let MkDocs render a part of the site; returns its warnings."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import BuildError, MkDocsException

    config.plugins["papershelf"].selection = selection
    try:
        with _listening() as warnings:
            mkdocs_build(config, dirty=True)
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


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def _forget(site: Path, names: Iterable[str]) -> None:
    for name in names:
        path = site / name
        path.unlink(missing_ok=True)
        folder = path.parent
        if folder != site and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


def _empty(site: Path) -> None:
    """Remove all that a folder holds."""
    if site.is_dir():
        for path in site.iterdir():
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
