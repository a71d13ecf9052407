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
from builder.pages.page import Page
from builder.pages.render import Renderer
from builder.pages.shape import Shaper

KIND = "pages"
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


@dataclass(frozen=True, kw_only=True)
class _File:
    """A page as it was made.

    stamp: of all that it was made of, by `trace`; digest: of its text; sign: what its file looks
    like from outside (size and time), so that a file which somebody touched is written again.
    """

    stamp: str
    digest: str
    sign: str
    trace: tuple[str, ...]

    def packed(self) -> tuple[str, bytes]:
        return self.stamp, "\n".join([self.digest, self.sign, *self.trace]).encode()

    @classmethod
    def unpacked(cls, stamp: str, value: bytes) -> _File:
        digest, sign, *trace = value.decode().split("\n")
        return cls(stamp=stamp, digest=digest, sign=sign, trace=tuple(trace))


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
    known = {
        path: _File.unpacked(stamp, value) for path, (stamp, value) in memory.recall(KIND).items()
    }
    signs = dict(_signs(folder))
    stale = [page for page in pages if not _fresh(page.path, known, signs, shaper, form)]
    found = _make_all(stale, shaper, renderer, folder, known, signs, form, done)
    planned = {page.path for page in pages}
    removed = sorted((signs.keys() | known.keys()) - planned)
    for path in removed:
        (folder / path).unlink(missing_ok=True)
    memory.remember(KIND, {path: file.packed() for path, (file, _) in found.items()})
    memory.forget(KIND, removed)
    changed = sorted(path for path, (_, new) in found.items() if new)
    return Written(
        changed=tuple(changed),
        removed=tuple(removed),
        made=len(found),
        unchanged=len(pages) - len(changed),
    )


def _fresh(
    path: str, known: Mapping[str, _File], signs: Mapping[str, str], shaper: Shaper, form: str
) -> bool:
    file = known.get(path)
    if file is None or signs.get(path) != file.sign:
        return False
    return file.stamp == f"{form} {shaper.stamp(file.trace)}"


def _make_all(
    pages: Sequence[Page],
    shaper: Shaper,
    renderer: Renderer,
    folder: Path,
    known: Mapping[str, _File],
    signs: Mapping[str, str],
    form: str,
    done: Callable[[int, int], None],
) -> dict[str, tuple[_File, bool]]:
    """Path -> the page's file, and whether its text is another than before."""
    # Pages made of many papers take longest: first they, so that no processor waits at the end.
    ordered = sorted(pages, key=lambda page: (bool(page.source), page.path))
    few = len(ordered) <= FEW
    if not few:
        shaper.prepare()
    size = len(ordered) if few else PART
    parts = [ordered[at : at + size] for at in range(0, len(ordered), size or 1)]
    made = 0

    def count(index: int) -> None:
        nonlocal made
        made += len(parts[index])
        done(made, len(ordered))

    results = parallel.run(
        [partial(_make, part, shaper, renderer, folder, known, signs, form) for part in parts],
        done=count,
    )
    return {path: found for result in results for path, found in result.items()}


def _make(
    pages: Sequence[Page],
    shaper: Shaper,
    renderer: Renderer,
    folder: Path,
    known: Mapping[str, _File],
    signs: Mapping[str, str],
    form: str,
) -> dict[str, tuple[_File, bool]]:
    texts, traces = {}, {}
    for page in pages:
        with shaper.tracing() as notes:
            texts[page.path] = renderer.render(page)
        traces[page.path] = shaper.trace(notes)
    digests = {
        path: hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
        for path, text in texts.items()
    }
    old = {path for path in texts if path in known and known[path].digest == digests[path]}
    kept = {path for path in old if signs.get(path) == known[path].sign}
    write_texts({folder / path: text for path, text in texts.items() if path not in kept})
    found = {}
    for path in texts:
        file = _File(
            stamp=f"{form} {shaper.stamp(traces[path])}",
            digest=digests[path],
            sign=_sign((folder / path).stat()),
            trace=traces[path],
        )
        found[path] = file, path not in old
    return found


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
