"""From Markdown files to the site's HTML: MkDocs for what it must render, frames for the rest."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from builder import parallel
from builder.site import destination, frames
from builder.site.ahead import Ahead
from builder.site.failure import BuildFailed
from builder.site.frames import Frame, Framing
from builder.site.indexed import Look
from builder.site.selection import Selection

# So many pages are rendered by one run of MkDocs, in a process of its own: a run costs a tenth of a
# second beside its pages, and holds all of them in memory.
PART = 400
# So many are composed by one process at a time.
COMPOSED = 100


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is to be done.

    pages: generated Markdown files; docs: hand-written ones. others: what has to be done besides,
    on any processor; done: is told how much of how much has been done.
    """

    pages: Set[str]
    docs: Set[str]
    others: Sequence[Callable[[], Any]] = ()
    done: Callable[[int, int], None] = lambda made, of: None


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """warnings: of MkDocs; others: what the other work gave, in its order."""

    warnings: tuple[str, ...]
    others: Sequence[Any]


@dataclass(kw_only=True)
class Composed:
    """pages: those that were put into frames, paths below the site. looks: at pages that were
    written, by path, where an index wants them; warnings: of MkDocs, which rendered those without a
    frame."""

    pages: list[str] = field(default_factory=list)
    looks: dict[str, Look] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def render(config: Any, work: Work, ahead: Ahead | None) -> Rendered:
    """Render some pages, and all that is no page, and do other work beside.

    ahead: an index that is wanted: is told of pages as they are written, and begun when that can
    be. Raises BuildFailed.
    """
    plugin = config.plugins["papershelf"]
    pages = sorted(work.pages)
    alike = [path for path in pages if plugin.has_plain_head(path)] if plugin.plain(config) else []
    samples = frozenset(frames.samples(alike))
    composed = [path for path in alike if path not in samples]
    rest = sorted(work.pages.difference(composed))
    chosen = samples if len(rest) >= 2 * PART else frozenset(rest)
    rest = [path for path in rest if path not in chosen]

    config.plugins.on_startup(command="build", dirty=True)
    # A page's frame takes as long as the page: it is looked for only where others need it.
    framing = Framing(
        plugin.settings(config).pages, config.site_url or "", samples if composed else ()
    )
    plugin.framing = framing
    by_hand = (Path(config.docs_dir) / path for path in sorted(work.docs) if path.endswith(".md"))
    texts = (path.read_text("utf-8", "replace") for path in by_hand if path.is_file())
    first = Selection(
        pages=chosen, docs=frozenset(work.docs), written=unquote("\n".join(texts)), shell=True
    )
    warnings = list(_mkdocs(config, first))
    plugin.framing = None
    found = framing.frames

    runs = [partial(_mkdocs, config, Selection(pages=part)) for part in _parts(rest, PART)]
    compositions = [
        partial(_compose, config, part, framing, found, looking=ahead is not None)
        for part in _parts(composed, COMPOSED)
    ]
    tasks: list[Callable[[], Any]] = [*runs, *compositions, *work.others]
    ended = itertools.count(1)

    def done(index: int, result: Any) -> None:
        if ahead and isinstance(result, Composed):
            ahead.give(result.looks)
        work.done(next(ended), len(tasks))

    # A few small tasks are done sooner than a process is started.
    dividing = bool(runs or compositions)
    # Where MkDocs renders much, nothing is known of the pages before all are there.
    begin = ahead.start if ahead and compositions and not runs else None
    if ahead and begin:
        # In the row of pages these stand between others.
        ahead.give(_looks(config, [*chosen, *work.docs]))
    results = parallel.run(
        tasks,
        workers=None if dividing else 1,
        done=done,
        begun=begin,
        # Pagefind is what takes longest.
        yielding=begin is not None,
    )
    for result in results[: len(runs) + len(compositions)]:
        warnings += result.warnings if isinstance(result, Composed) else result
    config.plugins.on_shutdown()
    others = results[len(runs) + len(compositions) :]
    return Rendered(warnings=tuple(dict.fromkeys(warnings)), others=others)


def _parts(paths: Sequence[str], size: int) -> list[frozenset[str]]:
    return [frozenset(paths[at : at + size]) for at in range(0, len(paths), size)]


def _compose(
    config: Any,
    paths: Set[str],
    framing: Framing,
    found: Mapping[tuple[object, ...], Frame],
    *,
    looking: bool,
) -> Composed:
    """Put pages into their frames, and write them; looking: an index wants to know them."""
    site, made, left = Path(config.site_dir), Composed(), []
    for path in sorted(paths):
        source = frames.read(framing.folder, path)
        frame = found.get(source.kind) if source else None
        if source is None or frame is None:
            left.append(path)
            continue
        html = frame.compose(source, framing.canonical(source)).encode()
        name = destination.output(path)
        target = site / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(html)
        made.pages.append(name)
        if looking:
            made.looks[name] = Look.at(target, html)
    if left:
        made.warnings = _mkdocs(config, Selection(pages=frozenset(left)))
        if looking:
            made.looks |= _looks(config, left)
    return made


def _looks(config: Any, paths: Iterable[str]) -> dict[str, Look]:
    """Looks at the pages that some Markdown files became."""
    site = Path(config.site_dir)
    names = (destination.output(path) for path in paths if path.endswith(".md"))
    return {name: Look.at(site / name) for name in names if (site / name).is_file()}


def _mkdocs(config: Any, selection: Selection) -> tuple[str, ...]:
    """Let MkDocs render a part of the site; returns its warnings."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import BuildError, MkDocsException

    config.plugins["papershelf"].selection = selection
    try:
        with listening() as warnings:
            mkdocs_build(config, dirty=True)
    except (BuildError, MkDocsException, RuntimeError) as error:
        raise BuildFailed("\n".join([*warnings, str(error)])) from None
    return tuple(warnings)


@contextmanager
def listening() -> Iterator[list[str]]:
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
