"""A build that has something to do: makes pages, has them rendered, and notes how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import closing, contextmanager, nullcontext
from functools import partial
from pathlib import Path
from typing import Any

from builder.exports.publish import paper_paths
from builder.exports.write import gone_papers, stale_papers
from builder.memory import Memory
from builder.pages.book import Made
from builder.pages.write import Put
from builder.site import destination, outputs, publishing, search, state
from builder.site.ahead import Ahead
from builder.site.pipeline import Prepared, prepare
from builder.site.rendering import Work, composable, render
from builder.site.request import Report, Request
from builder.site.stages import Stage

# The folders of the site in which most files lie: pages, papers' own files and redirects, of which
# a build knows which ones it changed. Preview images lie there too, where there are some.
PAGES_ALONE = ("papers", "authors")
# The folders whose pages the search finds. Where a template of a list's own, or somebody who writes
# a page by hand, marks others, the index is another one, and is made when all of them are there.
INDEXED = ("papers", "editions", "tags")


def rebuild(
    config: Any, request: Request, stage: Stage, memory: Memory, past: state.Last
) -> Report:
    """Make what changed since the last build, or everything.

    Raises ProblemsFound when content/ is not valid, BuildFailed when the site cannot be made.
    """
    plugin = config.plugins["papershelf"]
    settings, site = plugin.settings(config), Path(config.site_dir)
    record, found = past.record, past.found
    prepared = prepare(settings, stage, memory)
    writing, publication = prepared.writing, prepared.publication
    last = past.state
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
            # What the theme gives is as it was; a page written by hand may show pictures, and
            # MkDocs must know of all of them.
            shell=bool(docs),
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
        left = outputs.after(site, past.before, touched, PAGES_ALONE)
    else:
        left = outputs.outputs(site)
    state.write(
        record,
        state.State(
            inputs=found,
            outputs=outputs.digest(left),
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
        warnings=(*filter(None, [prepared.warning]), *rendered.warnings),
        findings=prepared.findings,
        prepared=prepared,
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
        shell=True,
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


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
