"""A build that has something to do: makes pages, has them rendered, and notes how it ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from builder.exports.publish import Publication, paper_paths
from builder.memory import Memory
from builder.pages.book import Made
from builder.pages.write import Put, Written
from builder.site import destination, finishing, outputs, publishing, state
from builder.site.pipeline import Prepared, prepare
from builder.site.request import Report, Request
from builder.site.stages import Stage
from builder.site.theme import Setup, Theme, Work

# What lets the files for machines follow, and what waits for them.
Following = tuple[Callable[[Mapping[str, str] | None], None], Callable[[], publishing.Followed]]

# What an edit needs not is loaded by what needs it.
if TYPE_CHECKING:
    from builder.site.ahead import Ahead
    from builder.site.search import Settled

# The folders whose pages the search finds. Where a template of a list's own, or somebody who writes
# a page by hand, marks others, the index is another one, and is made when all of them are there.
INDEXED = ("papers", "editions", "tags")


@dataclass(frozen=True, kw_only=True)
class _Done:
    """What was made. lists: files of many papers for machines; touched: the files of the site that
    may have changed, but for what is not one page's or paper's, or None where all may. Paths are
    below the site."""

    written: Written
    warnings: tuple[str, ...]
    lists: tuple[str, ...]
    touched: Set[str] | None


def rebuild(
    theme: Theme, request: Request, stage: Stage, memory: Memory, past: state.Last
) -> Report:
    """Make what changed since the last build, or everything.

    Raises ProblemsFound when content/ is not valid, BuildFailed when the site cannot be made.
    """
    settings, site, found = theme.setup.settings, theme.setup.site, past.found
    with ExitStack() as beside:
        following: list[Following] = []

        def follow(publication: Publication) -> None:
            """Most likely not everything is to be made: then this can begin before the pages."""
            if past.state and past.state.inputs.shell == found.shell:
                by_hand = theme.setup.by_hand
                following.append(
                    beside.enter_context(
                        publishing.following(site, publication, memory, settings, by_hand)
                    )
                )

        prepared = prepare(settings, stage, memory, past.looked, follow, beside)
        last = past.state
        if last and following and last.sections == prepared.sections:
            done = _changed(theme, prepared, stage, memory, past, last, following[0])
        else:
            last = None
            beside.close()
            done = _everything(theme, prepared, stage, memory, past)
    memory.save()
    if done.touched is not None and not settings.social:
        kept = outputs.DIVIDED if request.search else (*outputs.DIVIDED, *outputs.INDEX)
        left = outputs.after(site, past.before, done.touched, kept)
    else:
        left = outputs.outputs(site)
    state.write(
        past.record,
        state.State(
            inputs=found,
            outputs=left,
            sections=prepared.sections,
            pages=len(prepared.sources),
            lists=done.lists,
            heads=prepared.heads,
            searchable=request.search,
            findings=prepared.findings,
        ),
    )
    return Report(
        kind="changed pages" if last else "everything",
        site=site,
        pages=len(prepared.sources),
        changed=len(done.written.changed) + len(done.written.removed),
        warnings=(*filter(None, [prepared.warning]), *done.warnings),
        findings=prepared.findings,
        prepared=prepared,
    )


def _changed(
    theme: Theme,
    prepared: Prepared,
    stage: Stage,
    memory: Memory,
    past: state.Last,
    last: state.State,
    following: Following,
) -> _Done:
    """Make what is another in a site of which the last build is known. following: brings the files
    for machines up to date."""
    setup, writing = theme.setup, prepared.writing
    site, (go, followed) = setup.site, following
    heads = _different(last.heads, prepared.heads)
    docs = _different(last.inputs.docs, past.found.docs)
    writing.need(heads)
    writing.make_missing(partial(stage, "Writing pages"))
    written = writing.finish()
    # A build that is interrupted from here on leaves no state: the next one builds everything.
    past.record.unlink(missing_ok=True)
    destination.forget(site, map(destination.output, {*written.removed, *docs}))
    go(None if _sitemap(setup, prepared).stands(site, memory) else prepared.sources)
    stale = {*written.changed, *docs, *heads}
    work = Work(
        pages=stale & prepared.sources.keys(),
        docs=frozenset(docs),
        # What the theme gives is as it was; a page written by hand may show pictures, and
        # MkDocs must know of all of them.
        shell=bool(docs),
        done=partial(stage, "Rendering the site"),
    )
    stage("Rendering the site")
    rendered = theme.render(prepared, work)
    published = followed()
    _finish(setup, prepared, stage)
    destination.forget(site, set(last.lists) - set(published.lists))
    touched = {*map(destination.output, {*stale, *written.removed}), *docs}
    touched |= {path for slug in (*published.own, *published.gone) for path in paper_paths(slug)}
    return _Done(
        written=written,
        warnings=rendered.warnings,
        lists=published.lists,
        touched={*touched, *last.lists, *published.lists},
    )


def _everything(
    theme: Theme, prepared: Prepared, stage: Stage, memory: Memory, past: state.Last
) -> _Done:
    """Make a whole site: pages are made as they are rendered."""
    from builder.site.rendering import composable

    setup, publication, writing = theme.setup, prepared.publication, prepared.writing
    settings, site, plugin = setup.settings, setup.site, theme.plugin
    rendering = partial(stage, "Rendering the site")
    # A build that is interrupted from here on leaves no state: the next one builds everything, too.
    past.record.unlink(missing_ok=True)
    rendering()
    plugin.claim(theme.config)
    plugin.prepared = prepared
    composed = frozenset(composable(theme.config, prepared.sources)[1])
    writing.need(prepared.sources.keys() - composed)
    writing.prepare()

    def make(paths: Sequence[str], put: Put | None) -> Made:
        return writing.make(paths if put else writing.missing(paths), put)

    work = Work(
        pages=frozenset(prepared.sources),
        docs=frozenset(past.found.docs),
        shell=True,
        make=make,
        made=writing.enter,
        beside=publishing.beside_pages(site, publication, settings),
        done=rendering,
    )
    with (
        destination.anew(site, settings.work / "trash"),
        _ahead(setup, prepared) as ahead,
    ):
        rendering()
        rendered = theme.render(prepared, work, ahead)
        written = writing.finish()
        with destination.deleting(settings.work / "trash"):
            lists = publishing.lists(site, publication, memory, settings, rendered.beside)
            _sitemap(setup, prepared).write(site, memory)
            _finish(setup, prepared, stage, ahead)
    return _Done(written=written, warnings=rendered.warnings, lists=lists, touched=None)


@contextmanager
def _ahead(setup: Setup, prepared: Prepared) -> Iterator[Ahead[Settled | None] | None]:
    """The index of a whole site, which is begun while the site is rendered; None without one."""
    from builder.site import search
    from builder.site.ahead import Ahead

    if not setup.search:
        yield None
        return
    pages = [path for path in prepared.sources if path.rpartition("/")[0] in INDEXED]
    site, work = setup.site.absolute(), setup.settings.work
    with closing(Ahead(site, map(destination.output, pages), work, search.settle)) as ahead:
        yield ahead


def _sitemap(setup: Setup, prepared: Prepared) -> publishing.Sitemap:
    return publishing.Sitemap(
        publication=prepared.publication, sources=prepared.sources, by_hand=setup.by_hand
    )


def _finish(
    setup: Setup,
    prepared: Prepared,
    stage: Stage,
    ahead: Ahead[Settled | None] | None = None,
) -> None:
    finishing.finish(
        setup.site,
        setup.settings,
        prepared,
        themes=setup.themes,
        searchable=setup.search,
        stage=stage,
        ahead=ahead,
    )


def _different(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))
