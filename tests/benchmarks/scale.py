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
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from builder import library
from builder.analysis import links, mentions, neighbours, reasons, tags, terms, trends
from builder.analysis.documents import read
from builder.analysis.phrases import PhraseFinder
from builder.content.identifiers import make_slug
from builder.content.paper import Paper
from builder.importers.same import free
from builder.library import Library

T = TypeVar("T")


def load(path: Path) -> list[Paper]:
    """The papers of a JSON Lines file, each with a slug of its own."""
    found: dict[str, Paper] = {}
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            item = json.loads(line)
            slug = free(make_slug(item["title"]) or "paper", found.__contains__)
            found[slug] = Paper(
                slug=slug, title=item["title"], abstract=item["abstract"], venue=item["venue"]
            )
    return list(found.values())


def timed(times: dict[str, float], name: str, work: Callable[[], T]) -> T:
    """Do some work and note its processor time."""
    start = time.process_time()
    result = work()
    times[name] = time.process_time() - start
    return result


def measure(whole: Library) -> dict[str, float]:
    """Seconds by part of the analysis; as builder.analysis.analyse does it."""
    times: dict[str, float] = {}
    papers = tuple(whole.papers.values())
    reading = timed(times, "read", lambda: read(papers, PhraseFinder(whole.vocabulary)))
    counts = timed(times, "count", lambda: terms.count_terms(reading))
    weighted = timed(times, "weigh", lambda: terms.tfidf(counts.counts, counts.known))
    curated = tags.curated_rows(papers)
    tagger = timed(times, "learn", lambda: tags.Tagger(whole.vocabulary, reading, counts, curated))
    tagged = timed(times, "tag", lambda: tags.tag_papers(papers, tagger))
    named = timed(
        times, "names", lambda: mentions.find_mentions(papers, reading.documents, weighted)
    )
    why = reasons.Reasons(whole.vocabulary, reading, counts, weighted, tagged)
    linked = timed(
        times,
        "link",
        lambda: links.related(papers, reading.reference, weighted, tagged, named, why),
    )
    timed(times, "rest", lambda: (
        links.backlinks(whole, linked, named),
        trends.trends(whole),
        neighbours.neighbours(whole.vocabulary.tags, tagged),
    ))  # fmt: skip
    times["all"] = sum(times.values())
    return times


def main() -> None:
    """Print one line a size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 10_000])
    parser.add_argument("--content", type=Path, default=Path("content"))
    arguments = parser.parse_args()
    own = library.load(arguments.content)
    more = load(arguments.papers)
    for count in (0, *arguments.counts):
        papers = {paper.slug: paper for paper in (*more[:count], *own.papers.values())}
        whole = Library(
            root=own.root,
            papers=MappingProxyType(dict(sorted(papers.items()))),
            vocabulary=own.vocabulary,
        )
        times = measure(whole)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{len(papers):7,} papers: "
            + ", ".join(f"{name} {seconds:.2f}" for name, seconds in times.items())
            + f" s; {peak:,.0f} MiB"
        )


if __name__ == "__main__":
    main()
