"""Pages to Markdown files: those are made whose facts changed, and those written that differ."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder import parallel
from builder.content.files import write_texts
from builder.memory import Memory
from builder.pages.book import Book, Entry, Made, together
from builder.pages.page import Page
from builder.pages.render import Renderer
from builder.pages.shape import Shaper

# Few pages are made faster here than they are divided among processes.
FEW = 200
PART = 100


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


def write(
    pages: Sequence[Page],
    shaper: Shaper,
    renderer: Renderer,
    folder: Path,
    *,
    memory: Memory | None = None,
    form: str = "",
    done: Callable[[int, int], None] = lambda made, of: None,
) -> Written:
    """Make `folder` hold exactly the Markdown of `pages`.

    Pages that were made of the same facts, and whose files are still there, are left alone.
    form: a digest of what all pages depend on beside facts: templates and settings. done: is told
    how many pages of how many have been made.
    Raises ProblemsFound when a template is wrong.
    """
    memory = memory or Memory()
    book = Book.recall(memory)
    stale = book.stale(shaper, form)
    signs = dict(_signs(folder))
    known = {path: entry for path, entry in book.pages.items() if signs.get(path) == entry.sign}
    missing = [page for page in pages if page.path in stale or page.path not in known]
    parts = _make_all(missing, shaper, renderer, folder, known, done)
    planned = {page.path for page in pages}
    removed = sorted((signs.keys() | book.pages.keys()) - planned)
    for path in removed:
        (folder / path).unlink(missing_ok=True)
    changed = sorted(
        path
        for part in parts
        for path, (digest, _, _) in part.pages.items()
        if path not in book.pages or book.pages[path].digest != digest
    )
    if parts or removed:
        book.forget(removed)
        book.write(parts, shaper)
        book.remember(memory)
    return Written(
        changed=tuple(changed),
        removed=tuple(removed),
        made=len(missing),
        unchanged=len(pages) - len(changed),
    )


def _make_all(
    pages: Sequence[Page],
    shaper: Shaper,
    renderer: Renderer,
    folder: Path,
    known: Mapping[str, Entry],
    done: Callable[[int, int], None],
) -> list[Made]:
    """known: pages whose files are as they were left."""
    # Pages made of many papers take longest: first they, so that no processor waits at the end.
    ordered = sorted(pages, key=lambda page: (bool(page.source), page.path))
    size = PART
    if len(ordered) <= FEW:
        size = max(len(ordered), 1)
    else:
        shaper.prepare()
    parts = [ordered[at : at + size] for at in range(0, len(ordered), size)]
    made = 0

    def count(index: int, _: Made) -> None:
        nonlocal made
        made += len(parts[index])
        done(made, len(ordered))

    return parallel.run(
        [partial(_make, part, shaper, renderer, folder, known) for part in parts], done=count
    )


def _make(
    pages: Sequence[Page],
    shaper: Shaper,
    renderer: Renderer,
    folder: Path,
    known: Mapping[str, Entry],
) -> Made:
    texts, traces = {}, {}
    for page in pages:
        with shaper.tracing() as notes:
            texts[page.path] = renderer.render(page).encode()
        traces[page.path] = shaper.trace(notes)
    digests = {
        path: hashlib.blake2b(text, digest_size=16).hexdigest() for path, text in texts.items()
    }
    write_texts(
        {
            folder / path: text
            for path, text in texts.items()
            if path not in known or known[path].digest != digests[path]
        }
    )
    return together(
        {path: (digests[path], _sign((folder / path).stat()), traces[path]) for path in texts},
        shaper.stamp_at_hand,
    )


def _signs(folder: Path) -> Iterator[tuple[str, str]]:
    """(path, sign) of each file below a folder."""
    pending = [(str(folder), "")] if folder.is_dir() else []
    while pending:
        here, prefix = pending.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append((entry.path, f"{prefix}{entry.name}/"))
                else:
                    yield f"{prefix}{entry.name}", _sign(entry.stat(follow_symlinks=False))


def _sign(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns}"
