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
from pathlib import Path
from types import MappingProxyType

from builder import library
from builder.analysis import analyse
from builder.content.identifiers import make_slug
from builder.content.paper import Paper
from builder.importers.same import free
from builder.library import Library


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


def measure(whole: Library) -> dict[str, float]:
    """Seconds by what was done."""
    start = time.process_time()
    analyse(whole)
    return {"full": time.process_time() - start}


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
        times = measure(whole)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(papers):7,} papers: "
            + ", ".join(f"{name} {seconds:.2f}" for name, seconds in times.items())
            + f" s; {before:,.0f} MiB before, {peak:,.0f} MiB at most",
            flush=True,
        )


if __name__ == "__main__":
    main()
