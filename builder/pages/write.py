"""Pages to Markdown files: those are made whose facts changed, and those written that differ."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import NamedTuple

from builder import parallel
from builder.content.files import write_texts
from builder.memory import Memory
from builder.pages.book import Book, Made, together
from builder.pages.page import Page
from builder.pages.render import Renderer
from builder.pages.shape import Shaper
from builder.pages.tracing import Fact
from builder.walking import sign, signs

# Few pages are made faster here than they are divided among processes.
FEW = 200
PART = 100
# Fewer pages than these show some of the papers only, which are made as they are asked for.
MOST = 3000


@dataclass(frozen=True, kw_only=True)
class Written:
    """What writing did; paths are relative to the folder, sorted.

    changed: written anew; removed: no longer planned. made: how many pages were made, of which
    some turned out as they were; unchanged: how many are as they were.
    """

    changed: tuple[str, ...]
    removed: tuple[str, ...]
    made: int
    unchanged: int


class Drawn(NamedTuple):
    """A page that another process has made. made_of: as `Tracer` says, of what was worked out for
    it."""

    text: str
    trace: tuple[Fact, ...]
    made_of: Mapping[str, frozenset[str]]


# Is offered the text of a page, by its path; says whether that is all that the page is for, so that
# it needs no file.
Put = Callable[[str, str], bool]


class Writing:
    """Pages on their way to a folder that shall hold exactly their Markdown.

    Pages that were made of the same facts, and whose files are as they were left, are left alone.
    form: a digest of what all pages depend on beside facts: templates and settings. aside: pages
    that another process makes, path -> waits for it.
    """

    def __init__(
        self,
        pages: Sequence[Page],
        shaper: Shaper,
        renderer: Renderer,
        folder: Path,
        *,
        memory: Memory | None = None,
        form: str = "",
        aside: Mapping[str, Callable[[], Drawn]] | None = None,
    ) -> None:
        self._pages = {page.path: page for page in pages}
        self._shaper = shaper
        self._renderer = renderer
        self._folder = folder
        self._memory = memory or Memory()
        self._aside = aside or {}
        self._book = Book.recall(self._memory)
        self._stale = self._book.stale(shaper, form)
        self._signs = dict(signs(folder))
        # Of the pages whose files are as they were left, what those look like; "" for no file.
        self._known = {
            path: sign
            for path, sign in self._book.signs.items()
            if self._signs.get(path, "") == sign
        }
        self._needed: frozenset[str] = frozenset()
        self._changed: list[str] = []
        self._made = 0

    def need(self, paths: Iterable[str]) -> None:
        """These pages must have files, though they may have had none before, see `Put`."""
        self._needed |= frozenset(paths)

    def missing(self, paths: Iterable[str] | None = None) -> list[str]:
        """Of these pages, or of all, those that are to be made."""
        return [
            path for path in (self._pages if paths is None else paths) if self._is_missing(path)
        ]

    def _is_missing(self, path: str) -> bool:
        if path in self._stale or path not in self._known:
            return True
        return path in self._needed and not self._known[path]

    def alone(self) -> None:
        """Make all pages here, and in copies of this process: no other one helps any more."""
        self._aside = {}

    def prepare(self) -> None:
        """Work out what many pages share, before this process is copied."""
        self.alone()
        self._shaper.prepare()

    def make(self, paths: Iterable[str], put: Put | None = None) -> Made:
        """Make pages, and write those files that differ; `put` may have a page instead.

        Any process may do so; what it gives is for `enter`. Raises ProblemsFound when a template
        is wrong.
        """
        texts, traces = {}, {}
        for path in paths:
            if path in self._aside:
                texts[path], traces[path], made_of = self._aside[path]()
                self._shaper.made_of |= made_of
                continue
            with self._shaper.tracing() as notes:
                texts[path] = self._renderer.render(self._pages[path])
            traces[path] = self._shaper.trace(notes)
        taken = {path for path, text in texts.items() if put and put(path, text)}
        for path in taken & self._signs.keys():
            (self._folder / path).unlink(missing_ok=True)
        data = {path: text.encode() for path, text in texts.items()}
        digests = {
            path: hashlib.blake2b(text, digest_size=16).hexdigest() for path, text in data.items()
        }
        write_texts(
            {
                self._folder / path: text
                for path, text in data.items()
                if path not in taken
                and self._differs(path, digests[path], needed=bool(put) or path in self._needed)
            }
        )
        return together(
            {
                path: (digests[path], "" if path in taken else self._sign_of(path), traces[path])
                for path in texts
            },
            self._shaper.stamp_at_hand,
        )

    def _differs(self, path: str, digest: str, *, needed: bool) -> bool:
        """Whether the file of a page is not the one that it is to be."""
        known = self._known.get(path)
        if known is None or self._book.digests[path] != digest:
            return True
        return needed and not known

    def _sign_of(self, path: str) -> str:
        try:
            return sign((self._folder / path).stat())
        except FileNotFoundError:
            return ""

    def make_missing(self, done: Callable[[int, int], None] = lambda made, of: None) -> None:
        """Make the pages that are to be made, on all processors where they are many; `done` is told
        how many of how many have been made."""
        # Pages made of many papers take longest: first they, so that no processor waits at the end.
        # And last what is made elsewhere meanwhile.
        ordered = sorted(
            self.missing(),
            key=lambda path: (path in self._aside, bool(self._pages[path].source), path),
        )
        size = PART
        if len(ordered) <= FEW:
            size = max(len(ordered), 1)
        else:
            self.alone()
            self._shaper.prepare(faces=len(ordered) > MOST)
        parts = [ordered[at : at + size] for at in range(0, len(ordered), size)]
        made = 0

        def count(index: int, part: Made) -> None:
            nonlocal made
            self.enter(part)
            made += len(parts[index])
            done(made, len(ordered))

        parallel.run([partial(self.make, part) for part in parts], done=count)

    def write(self) -> Written:
        """Make the folder hold the Markdown of all pages.

        Raises ProblemsFound when a template is wrong.
        """
        self.need(self._pages)
        self.make_missing()
        return self.finish()

    def enter(self, made: Made) -> None:
        """Some pages were made; whoever made them need not keep what it was told of them."""
        known = self._book.digests
        self._changed += [
            path for path, (digest, _, _) in made.pages.items() if known.get(path) != digest
        ]
        self._made += len(made.pages)
        self._book.enter(made, self._shaper)

    def finish(self) -> Written:
        """All pages were made and entered: remove what is no longer planned, and remember."""
        removed = sorted((self._signs.keys() | self._book.digests.keys()) - self._pages.keys())
        for path in removed:
            (self._folder / path).unlink(missing_ok=True)
        if self._made or removed:
            self._book.forget(removed)
            self._book.settle(self._shaper)
            self._book.remember(self._memory)
        return Written(
            changed=tuple(sorted(self._changed)),
            removed=tuple(removed),
            made=self._made,
            unchanged=len(self._pages) - len(self._changed),
        )
