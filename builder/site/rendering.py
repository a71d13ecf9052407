"""From pages to the site's HTML: MkDocs for what it must render, frames for the rest."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from builder import parallel
from builder.site import destination, frames
from builder.site.frames import Frame, Framing
from builder.site.indexed import Look, is_paper, row
from builder.site.run import run
from builder.site.selection import Selection
from builder.site.theme import FEW, Rendered, Work

if TYPE_CHECKING:
    from builder.pages.book import Made
    from builder.site.ahead import Ahead

# A process renders at least so many pages at a time, for a run of MkDocs costs a tenth of a second
# beside its pages, and at most so many, which MkDocs holds in memory. So many it composes.
RENDERED = {"least": 50, "most": 400}
COMPOSED = {"least": 20, "most": 250}


@dataclass(kw_only=True)
class Part:
    """Some pages that were rendered.

    composed: those that were put into frames, paths below the site. looks: at pages that were
    written, by path, where an index wants them. warnings: of MkDocs, which rendered those without a
    frame. made: pages that were made; beside: what the work beside them gave.
    """

    composed: list[str] = field(default_factory=list)
    looks: dict[str, Look] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    made: list[Made] = field(default_factory=list)
    beside: list[Any] = field(default_factory=list)


def render(config: Any, work: Work, ahead: Ahead[Any] | None) -> Rendered:
    """Render some pages, and all that is no page.

    ahead: an index that is wanted: is told of pages as they are written, and begun when that can
    be. Raises BuildFailed, and ProblemsFound where a page cannot be made.
    """
    plugin = config.plugins["papershelf"]
    samples, composed = composable(config, work.pages)
    rest = sorted(work.pages.difference(samples, composed))
    first = samples
    # Where pages are to be made as well, a few are worth dividing.
    if not work.make and len(rest) < FEW:
        first, rest = [*samples, *rest], []

    config.plugins.on_startup(command="build", dirty=True)
    # A page's frame takes as long as the page: it is looked for only where others need it.
    framing = Framing(plugin.settings(config).pages, config.site_url or "", samples)
    plugin.framing = framing
    by_hand = (Path(config.docs_dir) / path for path in sorted(work.docs) if path.endswith(".md"))
    texts = (path.read_text("utf-8", "replace") for path in by_hand if path.is_file())
    shell = Selection(
        pages=frozenset(first),
        docs=frozenset(work.docs),
        written=unquote("\n".join(texts)),
        shell=work.shell,
    )
    whole = _Rendering(config=config, work=work, framing=framing, looking=ahead is not None)
    parts = [whole.render(first, shell)]
    plugin.framing = None
    compose = partial(whole.compose, found=framing.frames)
    waited = frozenset(ahead.paths if ahead else ())
    # First what an index waits for, since it takes longest, and of that the lists, whose turn in it
    # is the last: there are few, but each takes as long as many papers, and one process would still
    # be at them when all papers are there. Small tasks last, so that no processor waits at the end.
    lists, papers, others = _divided(composed, waited)
    rendered_lists, rendered_papers, rendered_others = _divided(rest, waited)
    tasks: list[Callable[[], Part]] = [
        *_tasks(whole.render, rendered_lists, RENDERED),
        *_tasks(compose, lists, COMPOSED),
        *_tasks(compose, papers, COMPOSED),
        *_tasks(whole.render, rendered_papers, RENDERED),
        *_tasks(whole.render, rendered_others, RENDERED),
        *_tasks(compose, others, COMPOSED),
    ]
    ended = itertools.count(1)

    def take(part: Part) -> None:
        """Hand on what is told of very many pages: nobody else needs it."""
        if ahead:
            ahead.give(part.looks)
        for made in part.made:
            work.made(made)
        part.looks, part.made = {}, []

    def done(index: int, result: Part) -> None:
        take(result)
        work.done(next(ended), len(tasks))

    take(parts[0])
    # Where MkDocs renders all, nothing is known of the first pages before most are there.
    begin = ahead.start if ahead and composed else None
    parts += parallel.run(
        tasks,
        done=done,
        begun=begin,
        # Pagefind is what takes longest.
        yielding=begin is not None,
    )
    config.plugins.on_shutdown()
    return Rendered(
        warnings=tuple(dict.fromkeys(warning for part in parts for warning in part.warnings)),
        beside=[given for part in parts for given in part.beside],
    )


def _divided(
    pages: Iterable[str], waited: Set[str]
) -> tuple[Sequence[str], Sequence[str], Sequence[str]]:
    """Pages in three: lists and papers that an index waits for, in its row, and others. waited:
    the former, as files of the site."""
    ordered = sorted(pages, key=row)
    awaited = [path for path in ordered if destination.output(path) in waited]
    return (
        [path for path in awaited if not is_paper(path)],
        [path for path in awaited if is_paper(path)],
        [path for path in ordered if destination.output(path) not in waited],
    )


def _tasks(
    work: Callable[[Sequence[str]], Part], paths: Sequence[str], size: Mapping[str, int]
) -> list[Callable[[], Part]]:
    """Work on pages in parts. size: as `parallel.parts` has it."""
    return [partial(work, some) for some in parallel.parts(paths, **size)]


def composable(config: Any, pages: Iterable[str]) -> tuple[list[str], list[str]]:
    """Of some generated pages those that are composed from frames, second, and those that MkDocs
    must render for their sake, first."""
    plugin = config.plugins["papershelf"]
    if not plugin.plain(config):
        return [], []
    return frames.divide(path for path in sorted(pages) if plugin.has_plain_head(path))


@dataclass(frozen=True, kw_only=True)
class _Rendering:
    """Renders parts of a site, in any process."""

    config: Any
    work: Work
    framing: Framing
    looking: bool

    def render(self, paths: Sequence[str], selection: Selection | None = None) -> Part:
        """Let MkDocs render some pages, which are made first where they are not there yet."""
        if not paths and not (selection and selection.shell):
            return Part()
        made = [self.work.make(paths, None)] if self.work.make else []
        warnings = run(self.config, selection or Selection(pages=frozenset(paths)))
        looks = _looks(self.config, paths) if self.looking else {}
        return Part(looks=looks, warnings=warnings, made=made, beside=self._beside(paths))

    def compose(self, paths: Sequence[str], found: Mapping[tuple[object, ...], Frame]) -> Part:
        """Put pages into their frames, and write them."""
        site, part, left = Path(self.config.site_dir), Part(), []

        def put(path: str, text: str) -> bool:
            source = frames.parse(path, text)
            frame = found.get(source.kind) if source else None
            if source is None or frame is None:
                left.append(path)
                return False
            html = frame.compose(source, self.framing.canonical(source)).encode()
            name = destination.output(path)
            target = site / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(html)
            part.composed.append(name)
            if self.looking:
                part.looks[name] = Look.at(target, html)
            return True

        if self.work.make:
            part.made.append(self.work.make(paths, put))
        else:
            for path in paths:
                put(path, (self.framing.folder / path).read_text(encoding="utf-8"))
        if left:
            part.warnings = run(self.config, Selection(pages=frozenset(left)))
            if self.looking:
                part.looks |= _looks(self.config, left)
        part.beside = self._beside(paths)
        return part

    def _beside(self, paths: Sequence[str]) -> list[Any]:
        return [self.work.beside(paths)] if self.work.beside else []


def _looks(config: Any, paths: Iterable[str]) -> dict[str, Look]:
    """Looks at the pages that some Markdown files became."""
    site = Path(config.site_dir)
    names = map(destination.output, paths)
    return {name: Look.at(site / name) for name in names if (site / name).is_file()}
