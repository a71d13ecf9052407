"""Tags that meet on papers more often than by chance."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from builder.analysis.model import Neighbour, TagUse

MOST_NEIGHBOURS = 8
# Two papers with both tags may be chance, and so may a few more than expected.
LEAST_PAPERS = 3
LEAST_LIFT = 1.2


def neighbours(
    tag_ids: Iterable[str], tags: Mapping[str, Sequence[TagUse]]
) -> dict[str, tuple[Neighbour, ...]]:
    """For each tag those that it meets more often than chance, the most telling first.

    tags: slug -> tags of the paper. Lift is observed over expected papers with both; their order
    is that of papers * ln(lift), a pair's part in the mutual information of the two, so that
    neither one lucky meeting nor sheer frequency wins.
    """
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for uses in tags.values():
        ids = sorted({use.id for use in uses})
        single.update(ids)
        double.update(combinations(ids, 2))
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
