"""A first look at an edit: the page of the paper itself, before all that follows from the edit.

In a large list it takes seconds until tags, links and lists of all papers are what an edit makes of
them. The page of the paper that is written at can be shown at once, made of its new text and of
what the last build knew of all others. It stands in the site only until that is built: first what
stood there before is put back, so that a build finds all as it left it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder import walking
from builder.content import files, paper
from builder.content.paper import Paper
from builder.library import Library, shown_name
from builder.memory import Memory, stamp
from builder.pages.kinds import papers as pages
from builder.pages.shape import Shaper
from builder.problems import ProblemsFound
from builder.site import destination
from builder.site.failure import BuildFailed
from builder.site.pipeline import Prepared, prepare, renderer, shaper_of
from builder.site.rendering import render
from builder.site.request import Request, load
from builder.site.settings import Settings
from builder.site.state import programs
from builder.site.theme import Work

# Who changes more papers at once does not write at one of them.
MOST = 3


class Drafts:
    """The pages of papers that are being written at, in the site of a request.

    Make it when the site is built, and before anything is edited. prepared: what its pages were
    made of, where the caller knows it.
    """

    def __init__(self, request: Request, prepared: Prepared | None) -> None:
        self._request = request
        self._aside: list[_Aside] = []
        settings = _settings(load(request))
        self._signs = _signs(settings.content)
        self._programs = programs()
        if prepared is None:
            with closing(self._memory(settings)) as memory:
                prepared = prepare(settings, memory=memory)
        self._prepared = prepared

    def learn(self, prepared: Prepared | None) -> None:
        """The site was built anew, of this; or it was not."""
        self._prepared = prepared or self._prepared

    def show(self) -> tuple[str, ...]:
        """Put the pages of papers that were edited since the last build into the site.

        Returns their slugs; none where nothing was edited, or something that no draft shows, or
        something is wrong in it, of which the build will tell.
        """
        config = load(self._request)
        edited = self._edited(_settings(config).content)
        if not edited:
            return ()
        try:
            self._put(config, edited)
        except (ProblemsFound, BuildFailed, OSError):
            self.withdraw()
            return ()
        return tuple(item.slug for item in edited)

    def withdraw(self) -> None:
        """Put back what stood in the site before."""
        while self._aside:
            self._aside.pop().restore()

    def _edited(self, content: Path) -> list[Paper]:
        before, self._signs = self._signs, _signs(content)
        if before.keys() != self._signs.keys():
            return []
        names = [name for name, sign in self._signs.items() if before[name] != sign]
        if len(names) > MOST:
            return []
        known, found = self._prepared.publication.library, []
        try:
            for name in names:
                shown = f"{shown_name(content)}/papers/{name}"
                data = files.read_bytes(content / "papers" / name, shown)
                if stamp(data) != known.digests.get(f"papers/{name}"):
                    found.append(paper.parse(files.decode_content(data, shown), path=shown))
        except (ProblemsFound, OSError):
            return []
        return found

    def _put(self, config: Any, edited: Iterable[Paper]) -> None:
        settings, site = _settings(config), Path(config.site_dir)
        to_markdown, made = renderer(settings), {}
        # Whatever goes wrong, the build that follows needs the memory.
        with closing(self._memory(settings)) as memory:
            shaper = self._shaper(settings, edited, memory)
            for item in edited:
                page = pages.page(shaper, item.slug)
                made[page.path] = to_markdown.render(page)
        for path, text in made.items():
            markdown = settings.pages / path
            self._aside += [_Aside.of(markdown), _Aside.of(site / destination.output(path))]
            files.write_text(markdown, text)
        config.plugins["papershelf"].prepared = self._prepared
        render(config, Work(pages=frozenset(made), docs=frozenset(), shell=False), None)

    def _shaper(self, settings: Settings, edited: Iterable[Paper], memory: Memory) -> Shaper:
        """Gives views of the library with some papers edited, and the analysis as it was."""
        publication = self._prepared.publication
        known, analysis = publication.library, publication.analysis
        new = {item.slug: item for item in edited}
        # Where names of other papers stand in an abstract, is another place now.
        mentions = {**analysis.mentions, **dict.fromkeys(new, ())}
        analysis = replace(analysis, mentions=MappingProxyType(mentions))
        return shaper_of(settings, _with(known, new), analysis, publication.feeds, memory)

    def _memory(self, settings: Settings) -> Memory:
        """What the last build remembered; nothing new is."""
        return Memory(settings.work / "memory.db", self._programs)


def _with(library: Library, papers: dict[str, Paper]) -> Library:
    # What is known of files by their digests is not known of these.
    digests = {f"papers/{slug}.md": stamp(repr(item)) for slug, item in papers.items()}
    return replace(
        library,
        papers=MappingProxyType({**library.papers, **papers}),
        digests=MappingProxyType({**library.digests, **digests}),
    )


def _settings(config: Any) -> Settings:
    settings: Settings = config.plugins["papershelf"].settings(config)
    return settings


def _signs(content: Path) -> dict[str, str]:
    return {name: sign for name, sign in walking.signs(content / "papers") if name.endswith(".md")}


@dataclass(frozen=True, kw_only=True)
class _Aside:
    """A file as it was. data: what it held, or None where there was none; times: of the last
    reading and writing, in nanoseconds."""

    path: Path
    data: bytes | None
    times: tuple[int, int]

    @classmethod
    def of(cls, path: Path) -> _Aside:
        try:
            data, status = path.read_bytes(), path.stat()
        except FileNotFoundError:
            return cls(path=path, data=None, times=(0, 0))
        return cls(path=path, data=data, times=(status.st_atime_ns, status.st_mtime_ns))

    def restore(self) -> None:
        if self.data is None:
            self.path.unlink(missing_ok=True)
        else:
            self.path.write_bytes(self.data)
            os.utime(self.path, ns=self.times)
