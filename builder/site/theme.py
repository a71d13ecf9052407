"""MkDocs' half of a build: what mkdocs.yml says, and what the theme makes of pages.

To load MkDocs takes as long as to load all that makes pages. Both go on at once: another process
reads mkdocs.yml, and stays to render what an edit changed. Where there is much to render, or MkDocs
is loaded already, this one does it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import parallel
from builder.history import git
from builder.site import state
from builder.site.failure import BuildFailed
from builder.site.request import Request, load, written
from builder.site.settings import Settings

if TYPE_CHECKING:
    from builder.feed import FeedInfo
    from builder.pages.book import Made
    from builder.pages.write import Put
    from builder.parallel import Copy
    from builder.site.ahead import Ahead


# Fewer pages than these are rendered sooner than they are divided among processes.
FEW = 800
# Of fewer pages than these none is composed: it is not looked for what they have in common.
ONE_BY_ONE = 50


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What mkdocs.yml says of a build.

    site: the folder of the site; by_hand: the hand-written Markdown files below their folder that
    become pages; themes: the folders of the theme that are ours; search: whether there is an index.
    programs: as `state.programs`; inputs: what the build is made of, but for content/.
    """

    settings: Settings
    site: Path
    by_hand: tuple[str, ...]
    themes: tuple[Path, ...]
    search: bool
    programs: str
    inputs: state.Inputs


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What the theme shows beside the Markdown of pages.

    sources: path of the Markdown file below `Settings.pages` -> file below content/ that it is
    made of ("" for pages made of many). sections: (title, url) of the site's main lists that
    exist. feeds: path of the Markdown file -> the feeds that its head names; "" for any other page.
    warning: what is not as good as it could be, and what to do; or "".
    """

    sources: Mapping[str, str]
    sections: tuple[tuple[str, str], ...]
    feeds: Mapping[str, tuple[FeedInfo, ...]]
    warning: str


@dataclass(frozen=True, kw_only=True)
class Work:
    """What is to be done.

    pages: generated Markdown files; docs: hand-written ones. shell: what is no page is wanted, too.
    make: makes pages that are not there yet, where they are made as they are rendered; `Put` then
    takes those that are composed. made: is given what making them told, as soon as it is there.
    beside: what else is made of the same papers as some pages: whoever rendered these does it at
    once, and finds at hand what both are made of. done: is told how much of how much has been done.
    """

    pages: Set[str]
    docs: Set[str]
    shell: bool
    make: Callable[[Sequence[str], Put | None], Made] | None = None
    made: Callable[[Made], None] = lambda made: None
    beside: Callable[[Sequence[str]], Any] | None = None
    done: Callable[[int, int], None] = lambda made, of: None


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """warnings: of MkDocs; beside: what the work beside the pages gave."""

    warnings: tuple[str, ...]
    beside: Sequence[Any]


class Theme:
    """MkDocs, with the configuration for a request. copy: a process that has it loaded, too."""

    def __init__(self, request: Request, copy: Copy | None = None) -> None:
        self._request = request
        self._copy = copy

    @property
    def is_aside(self) -> bool:
        """Whether another process reads the configuration while this one goes on."""
        return self._copy is not None

    @cached_property
    def setup(self) -> Setup:
        """What the configuration says.

        Raises BuildFailed when mkdocs.yml is missing or wrong, or the site may not be there.
        """
        return self._copy.result() if self._copy else _setup(self._request, self.config)

    @cached_property
    def config(self) -> Any:
        """The configuration itself."""
        return load(self._request)

    @property
    def plugin(self) -> Any:
        """Our plugin in it."""
        return self.config.plugins["papershelf"]

    def render(self, shown: Shown, work: Work, ahead: Ahead[Any] | None = None) -> Rendered:
        """As `rendering.render`."""
        is_small = not (ahead or work.make or work.docs or work.shell) and len(work.pages) < FEW
        if self._copy and is_small:
            if not work.pages:
                return Rendered(warnings=(), beside=())
            self._copy.go((_part(shown, work.pages), work.pages))
            return Rendered(warnings=self._copy.result(), beside=())
        from builder.site import rendering

        self.plugin.prepared = shown
        return rendering.render(self.config, work, ahead)

    def render_told(self, wait: Callable[[], tuple[Shown, Set[str]]]) -> tuple[str, ...]:
        """Render some pages, as soon as it is told which; returns MkDocs' warnings."""
        # What this needs is loaded before.
        import mkdocs.commands.build  # noqa: F401

        from builder.site.run import run
        from builder.site.selection import Selection

        self.plugin.prepared, pages = wait()
        if len(pages) >= ONE_BY_ONE:
            from builder.site import rendering

            work = Work(pages=pages, docs=frozenset(), shell=False)
            return rendering.render(self.config, work, None).warnings
        self.config.plugins.on_startup(command="build", dirty=True)
        warnings = run(self.config, Selection(pages=pages))
        self.config.plugins.on_shutdown()
        return warnings


def _part(shown: Shown, pages: Iterable[str]) -> Shown:
    """What the theme shows on some pages: the navigation leads to the home page."""
    sources = {path: shown.sources[path] for path in (*pages, "index.md")}
    feeds = {path: shown.feeds[path] for path in (*sources, "")}
    return Shown(sources=sources, sections=shown.sections, feeds=feeds, warning=shown.warning)


@contextmanager
def loading(request: Request) -> Iterator[Theme]:
    """MkDocs and its configuration, which are loaded meanwhile."""
    # Both processes need these.
    import jinja2  # noqa: F401
    import yaml  # noqa: F401

    theme = Theme(request)
    with parallel.conversing(lambda: theme.setup, theme.render_told, needless=is_loaded()) as copy:
        yield Theme(request, copy)


def is_loaded() -> bool:
    """Whether MkDocs is loaded already, so that its configuration is had at once."""
    return "mkdocs" in sys.modules


def _setup(request: Request, config: Any) -> Setup:
    plugin = config.plugins["papershelf"]
    if obstacle := plugin.site_obstacle(config):
        raise BuildFailed(obstacle)
    settings, site, programs = plugin.settings(config), Path(config.site_dir), state.programs()
    docs, themes = Path(config.docs_dir), tuple(plugin.theme_folders(config))
    asked = (config.docs_dir, site, plugin.config, config.site_url)
    return Setup(
        settings=settings,
        site=site,
        by_hand=plugin.by_hand(config),
        themes=themes,
        search=plugin.searchable,
        programs=programs,
        inputs=state.inputs(
            programs=programs,
            settings="\n".join(map(str, (written(request.config), *asked))),
            docs=docs,
            templates=settings.template_folders,
            theme=themes,
            history=git.stamp(settings.content),
        ),
    )
