"""How many other papers change when one is added: quiet.py [--old] [CONTENT].

Every tenth paper is taken out in turn and added again as a new import would be: without curated
tags, and first published on the last day of all (--old: on its own day). Counted are the other
papers whose suggested tags, whose list of related papers, or whose reasons differ; once with all
curated tags, and once with those of every second paper taken away.
"""

import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from types import MappingProxyType

from builder import library
from builder.analysis import Analysis, analyse
from builder.content.paper import Paper
from builder.library import Library

STEP = 10


def part(whole: Library, papers: Iterable[Paper]) -> Library:
    """A library of some of the papers, without editions and collections."""
    known = {paper.slug: paper for paper in papers}
    pruned = {
        slug: replace(paper, related=tuple(other for other in paper.related if other in known))
        for slug, paper in known.items()
    }
    return Library(root=whole.root, papers=MappingProxyType(pruned), vocabulary=whole.vocabulary)


def differences(before: Analysis, after: Analysis, new: str) -> dict[str, int]:
    """How many papers other than `new` differ, by what differs."""
    count = {"suggested tags": 0, "related list": 0, "of these without the new one": 0, "reason": 0}
    for slug, links in before.related.items():
        later = after.related[slug]
        listed, relisted = [link.slug for link in links], [link.slug for link in later]
        reasons = {link.slug: link.reason for link in links}
        count["suggested tags"] += [use.id for use in before.tags[slug]] != [
            use.id for use in after.tags[slug]
        ]
        count["related list"] += listed != relisted
        count["of these without the new one"] += listed != relisted and new not in relisted
        count["reason"] += any(reasons.get(link.slug, link.reason) != link.reason for link in later)
    return count


def main() -> None:
    """Print the means over all papers taken out."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--old"]
    whole = library.load(Path(arguments[0] if arguments else "content"))
    last = max(paper.date for paper in whole.papers.values() if paper.date)
    half = [
        replace(paper, tags=None) if place % 2 else paper
        for place, paper in enumerate(whole.papers.values())
    ]
    for name, papers in (("all curated", list(whole.papers.values())), ("half curated", half)):
        found = []
        for place in range(0, len(papers), STEP):
            new = replace(papers[place], tags=None)
            if "--old" not in sys.argv:
                new = replace(new, date=last)
            rest = [paper for paper in papers if paper.slug != new.slug]
            before = analyse(part(whole, rest))
            after = analyse(part(whole, sorted([*rest, new], key=lambda paper: paper.slug)))
            found.append(differences(before, after, new.slug))
        print(
            f"{name}: of {len(papers) - 1:,} other papers, on average over {len(found)} additions"
        )
        for what in found[0]:
            values = [count[what] for count in found]
            print(f"  {what:30} {fmean(values):6.2f}   at most {max(values)}")


if __name__ == "__main__":
    main()
