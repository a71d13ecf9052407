"""Tags that meet on papers more often than by chance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations

from builder.analysis.model import Neighbour

MOST_NEIGHBOURS = 8
# Two papers with both tags may be chance, and so may a few more than expected.
LEAST_PAPERS = 3
LEAST_LIFT = 1.2


def neighbours(
    tag_ids: Iterable[str], tags: Sequence[Sequence[str]]
) -> dict[str, tuple[Neighbour, ...]]:
    """For each tag those that it meets more often than chance, the most telling first.

    tags: ids of the tags of each paper. Lift is observed over expected papers with both; their
    order is that of papers * ln(lift), a pair's part in the mutual information of the two, so that
    neither one lucky meeting nor sheer frequency wins.
    """
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    # Many papers have the same tags; these are counted first.
    for ids, papers in Counter(tuple(sorted(set(ids))) for ids in tags).items():
        for tag in ids:
            single[tag] += papers
        for pair in combinations(ids, 2):
            double[pair] += papers
    found: dict[str, list[tuple[float, Neighbour]]] = {tag: [] for tag in tag_ids}
    for (one, other), papers in sorted(double.items()):
        lift = papers * len(tags) / (single[one] * single[other])
        if papers < LEAST_PAPERS or lift < LEAST_LIFT:
            continue
        for tag, met in ((one, other), (other, one)):
            neighbour = Neighbour(tag=met, papers=papers, lift=round(lift, 2))
            found[tag].append((papers * math.log(lift), neighbour))
    return {
        tag: tuple(
            neighbour
            for _, neighbour in sorted(met, key=lambda item: (-round(item[0], 6), item[1].tag))
        )[:MOST_NEIGHBOURS]
        for tag, met in found.items()
    }
