"""Time and memory of tagging and linking: scale.py PAPERS.jsonl[.gz] [COUNT]... [--content DIR].

The papers of the file (title, abstract, year, venue a line) join those of the content directory,
whose curated tags teach the tagger. Given are seconds of processor time, for a machine may be
shared, and the peak of memory.
"""

import argparse
import gzip
import json
import resource
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from builder import library
from builder.analysis import analyse
from builder.content.identifiers import make_slug
from builder.content.paper import Paper
from builder.importers.same import free
from builder.library import Library
from builder.memory import Memory

SENTENCE = "We also show that the method makes models robust against noise of labels."


def load(path: Path, count: int) -> list[Paper]:
    """The papers of a JSON Lines file, each with a slug of its own; over and over, with other
    titles, until there are enough."""
    found: dict[str, Paper] = {}
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        items = [json.loads(line) for line in lines]
    for place in range(max(count, len(items))):
        item = items[place % len(items)]
        title = " ".join(item["title"].split()[place // len(items) :]) + " again" * (
            place // len(items)
        )
        slug = free(make_slug(title) or "paper", found.__contains__)
        found[slug] = Paper(slug=slug, title=title, abstract=item["abstract"], venue=item["venue"])
    return list(found.values())


def measure(whole: Library, folder: Path) -> Iterator[tuple[str, float]]:
    """Seconds by what was done: everything, and then with what is remembered from before. Edits are
    of the paper in the middle, and each is taken back before the next."""
    papers = dict(whole.papers)
    slug = sorted(papers)[len(papers) // 2]
    old = papers[slug]
    tagged = (*(old.tags or ()), *list(whole.vocabulary.tags)[:1])[-2:]
    edits = {
        "full": {},
        "nothing": {},
        "venue": {slug: replace(old, venue="ICLR 2020")},
        "abstract": {slug: replace(old, abstract=f"{old.abstract} {SENTENCE}")},
        "tags": {slug: replace(old, tags=tagged)},
        "added": {"zz": replace(old, slug="zz", title="More of it", date=date.max, tags=None)},
    }
    for name, edit in edits.items():
        if edit:
            _build(whole, folder)
        library = replace(whole, papers=MappingProxyType(dict(sorted((papers | edit).items()))))
        start = time.process_time()
        _build(library, folder)
        yield name, time.process_time() - start


def _build(library: Library, folder: Path) -> None:
    memory = Memory(folder / "memory")
    analyse(library, memory)
    memory.save()


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--content", type=Path, default=Path("content"))
    arguments = parser.parse_args()
    own = library.load(arguments.content)
    more = load(arguments.papers, max(arguments.counts))
    for count in (0, *arguments.counts):
        papers = {paper.slug: paper for paper in (*more[:count], *own.papers.values())}
        whole = Library(
            root=own.root,
            papers=MappingProxyType(dict(sorted(papers.items()))),
            vocabulary=own.vocabulary,
        )
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        with TemporaryDirectory() as folder:
            times = dict(measure(whole, Path(folder)))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(papers):7,} papers: "
            + ", ".join(f"{name} {seconds:.2f}" for name, seconds in times.items())
            + f" s; {before:,.0f} MiB before, {peak:,.0f} MiB at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
