"""`papershelf build`: the whole site, reusing the last build wherever that is safe.

- Nothing changed, and the site is as the last build left it: nothing is done.
- Only content, page templates or hand-written pages changed: MkDocs renders just the pages whose
  Markdown changed.
- Anything else changed, or the last build did not end well: everything is built anew.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

from builder import history, shipped
from builder.exports.publish import paper_paths
from builder.exports.write import gone_papers, stale_papers
from builder.memory import Memory
from builder.pages.book import Made
from builder.pages.write import Put
from builder.problems import Problem
from builder.site import destination, publishing, search, state
from builder.site.ahead import Ahead
from builder.site.failure import BuildFailed
from builder.site.pipeline import Prepared, Stage, prepare, silent
from builder.site.rendering import Work, composable, listening, render

# The folders of the site in which most files lie: pages, papers' own files and redirects, of which
# a build knows which ones it changed. Preview images lie there too, where there are some.
PAGES_ALONE = ("papers", "authors")
# The folders whose pages the search finds. Where a template of a list's own, or somebody who writes
# a page by hand, marks others, the index is another one, and is made when all of them are there.
INDEXED = ("papers", "editions", "tags")

Kind = Literal["unchanged", "changed pages", "everything"]


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
    record = settings.work / "state.json"
    last = None if request.force else state.read(record)
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
    writing, publication = prepared.writing, prepared.publication
    reuse = last is not None and (last.inputs.shell, last.sections) == (
        found.shell,
        prepared.sections,
    )
    plugin.stage = stage
    plugin.prepared = prepared
    rendering = partial(stage, "Rendering the site")
    touched: set[str] = set()
    if reuse:
        heads = _different(last.heads, prepared.heads)
        writing.need(heads)
        written = writing.finish(writing.make_missing(partial(stage, "Writing pages")))
    # A build that is interrupted from here on leaves no state: the next one builds everything.
    record.unlink(missing_ok=True)
    if reuse:
        docs = _different(last.inputs.docs, found.docs)
        stale = {*written.changed, *docs, *heads}
        destination.forget(site, map(destination.output, {*written.removed, *docs}))
        own, gone = stale_papers(publication, memory), gone_papers(publication, memory)
        destination.forget(site, [path for slug in gone for path in paper_paths(slug)])
        touched = {*map(destination.output, {*stale, *written.removed}), *docs}
        touched |= {path for slug in (*own, *gone) for path in paper_paths(slug)}
        work = Work(
            pages=stale & prepared.sources.keys(),
            docs=frozenset(docs),
            others=publishing.papers(site, publication, own, settings),
            done=rendering,
        )
    else:
        rendering()
        plugin.claim(config)
        work = _everything(config, prepared, frozenset(found.docs), rendering)
    with (
        nullcontext() if reuse else destination.anew(site, settings.work / "trash"),
        _ahead(config, prepared, whole=not reuse) as ahead,
    ):
        rendering()
        rendered = render(config, work, ahead)
        if not reuse:
            written = writing.finish(rendered.made)
        with destination.deleting(settings.work / "trash"):
            published = publishing.lists(site, publication, memory, rendered.others)
            if reuse:
                destination.forget(site, set(last.lists) - set(published))
            plugin.finish(config, ahead)
    memory.save()
    if reuse and not settings.social:
        touched |= {*last.lists, *published}
        outputs = state.outputs_after(site, before, touched, PAGES_ALONE)
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
        warnings=rendered.warnings,
        findings=prepared.findings,
    )


def _everything(
    config: Any, prepared: Prepared, docs: Set[str], done: Callable[[int, int], None]
) -> Work:
    """The work of a whole site: pages are made as they are rendered."""
    plugin, site = config.plugins["papershelf"], Path(config.site_dir)
    settings, publication, writing = plugin.settings(config), prepared.publication, prepared.writing
    composed = frozenset(composable(config, prepared.sources)[1])
    writing.need(prepared.sources.keys() - composed)
    writing.prepare()

    def make(paths: Sequence[str], put: Put | None) -> Made:
        return writing.make(paths if put else writing.missing(paths), put)

    return Work(
        pages=frozenset(prepared.sources),
        docs=docs,
        make=make,
        beside=publishing.beside_pages(site, publication, settings),
        done=done,
    )


@contextmanager
def _ahead(
    config: Any, prepared: Prepared, *, whole: bool
) -> Iterator[Ahead[search.Settled | None] | None]:
    """The index of a whole site, which is begun while the site is rendered; None for others."""
    plugin, site = config.plugins["papershelf"], Path(config.site_dir).absolute()
    if not (whole and plugin.config.search and plugin.indexing):
        yield None
        return
    pages = [path for path in prepared.sources if path.rpartition("/")[0] in INDEXED]
    with closing(Ahead(site, map(destination.output, pages), search.settle)) as ahead:
        yield ahead


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
        with listening() as messages:
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


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
