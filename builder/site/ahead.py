"""Pagefind at work while the site is still being made.

Pagefind takes its pages one after the other, on one processor, and longer than they take to be
made. So it is given each as soon as it is there, in the order in which the index numbers them. When
it has ended others are still busy with pages that no index waits for: time to put its files in
order.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

from builder.site import indexer
from builder.site.indexed import Look, Store, row

T = TypeVar("T")


class Ahead(Generic[T]):
    """An index that is begun before all of its pages are there.

    paths: of the pages that the site will have. work: a folder in which it may put what it cannot
    hold. settle: puts the files that Pagefind made in order; it runs beside other threads, so it
    must not fork. Begin it with `start`, tell it of pages with `give`; `result` has the index.
    Close it in any case: Pagefind ends with it.
    """

    def __init__(
        self, site: Path, paths: Iterable[str], work: Path, settle: Callable[[dict[str, bytes]], T]
    ) -> None:
        self._site = site
        self._store = Store(work)
        self._paths = sorted(paths, key=row)
        self._settle = settle
        self._news = threading.Condition()
        self._looks: dict[str, Look] = {}
        self._over = self._closed = False
        self._fed: dict[str, str] = {}
        self._made: T | None = None
        self._error: BaseException | None = None
        self._thread: threading.Thread | None = None

    @property
    def paths(self) -> Sequence[str]:
        """The pages that it waits for, in their row."""
        return self._paths

    @property
    def looks(self) -> Mapping[str, Look]:
        """The looks at pages that were given or taken."""
        return self._looks

    def start(self) -> None:
        """Begin. No process may be forked from here on: another thread is at work."""
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def give(self, looks: Mapping[str, Look]) -> None:
        """Some pages are there, written as they stay."""
        stored = {path: self._store.put(look) for path, look in looks.items()}
        with self._news:
            self._looks |= stored
            self._news.notify()

    def result(self, marked: Mapping[str, str]) -> T | None:
        """The index, once all pages are there; None where it would be another one.

        marked: the pages to be indexed, in their order -> digest. Raises PagefindFailed, and what
        `settle` raises.
        """
        if self._thread is None:
            return None
        with self._news:
            self._over = True
            self._news.notify()
        self._thread.join()
        if self._error:
            raise self._error
        return self._made if list(self._fed.items()) == list(marked.items()) else None

    def close(self) -> None:
        """Let Pagefind end, though not all pages may be there."""
        with self._news:
            self._closed = self._over = True
            self._news.notify()
        if self._thread:
            # When it has all pages it ends by itself, and nobody needs to wait for that.
            self._thread.join(timeout=1)
        self._store.close()

    def _run(self) -> None:
        try:
            files = indexer.run(self._pages())
            if not self._closed:
                self._made = self._settle(files)
        except _Closed:
            pass
        except BaseException as error:
            self._error = error

    def _pages(self) -> Iterator[tuple[str, bytes]]:
        for path in self._paths:
            look = self._wait(path)
            if look and look.digest:
                self._fed[path] = look.digest
                yield path, look.html

    def _wait(self, path: str) -> Look | None:
        with self._news:
            self._news.wait_for(lambda: path in self._looks or self._over)
            if self._closed:
                raise _Closed
            if path not in self._looks:
                try:
                    self._looks[path] = self._store.put(Look.at(self._site / path))
                except FileNotFoundError:
                    return None
            return self._looks[path]


class _Closed(Exception):
    """Nobody waits for the index any more."""
