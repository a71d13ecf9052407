"""Names for the parts of a map: the tags that tell most of what stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from builder.analysis.layout import Place

# Papers are counted on a grid of so many cells each way, each smoothed over its surroundings with
# a standard deviation of this many percent of the map, the reach of a handful of papers side by
# side; on a map of few papers, with this share of the distance that they would have if they stood
# evenly.
_CELLS = 50
_SMOOTHING, _SMOOTHING_SHARE = 3.0, 0.5
# Fewer papers with a tag around a place make no region, and two regions are at least so far apart,
# in percent of the map, or in standard deviations, whichever is more.
_LEAST_PAPERS = 3
_LEAST_DISTANCE, _LEAST_DEVIATIONS = 7.0, 2.0
MOST_REGIONS = 40


@dataclass(frozen=True, kw_only=True)
class Region:
    """A part of the map. tag: the one that tells most of it; place: where that is most true.

    papers: slugs of the papers that are nearer to this place than to that of another region,
    nearest first.
    """

    tag: str
    place: Place
    papers: tuple[str, ...]


def regions(places: Mapping[str, Place], tags: Mapping[str, Sequence[str]]) -> tuple[Region, ...]:
    """The regions of a map, the most telling name first; each tag names one at most.

    places: of every paper, by slug; tags: by slug, most central first. What a tag tells of a place
    is its papers there times the logarithm of how many more they are than chance would bring: its
    part in the mutual information of tag and place.
    """
    slugs = sorted(places)
    points = np.array([(places[slug].x, places[slug].y) for slug in slugs]).reshape(-1, 2)
    used = sorted({tag for slug in slugs for tag in tags[slug]})
    if not used:
        return ()
    own = np.zeros((len(used), len(slugs)))
    column = {tag: index for index, tag in enumerate(used)}
    for row, slug in enumerate(slugs):
        for place, tag in enumerate(tags[slug], start=1):
            own[column[tag], row] = 1 / place
    chosen = _spots(points, own)
    if not chosen:
        return ()
    centers = np.array([center for _, center in chosen])
    distance = ((points[:, None] - centers) ** 2).sum(axis=2)
    nearest = distance.argmin(axis=1)
    found = []
    for index, (tag, (x, y)) in enumerate(chosen):
        rows = np.flatnonzero(nearest == index)
        rows = rows[np.argsort(distance[rows, index], kind="stable")]
        found.append(
            Region(
                tag=used[tag],
                place=Place(x=round(float(x), 1), y=round(float(y), 1)),
                papers=tuple(slugs[row] for row in rows),
            )
        )
    return tuple(found)


def _spots(points: np.ndarray, own: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """(row of `own`, place) of each region, the most telling first.

    points: papers x 2, in percent; own: tags x papers, how central each tag is to each paper.
    """
    middles = (np.arange(_CELLS) + 0.5) * (100 / _CELLS)
    smoothing = max(_SMOOTHING, _SMOOTHING_SHARE * 100 / np.sqrt(len(points)))
    least = max(_LEAST_DISTANCE, _LEAST_DEVIATIONS * smoothing)
    near = np.exp(-(((middles[:, None] - middles) / smoothing) ** 2) / 2)
    cell = np.clip((points * (_CELLS / 100)).astype(int), 0, _CELLS - 1)

    def smooth(weights: np.ndarray) -> np.ndarray:
        counted = np.zeros((_CELLS, _CELLS))
        some = np.flatnonzero(weights)
        np.add.at(counted, (cell[some, 0], cell[some, 1]), weights[some])
        return near @ counted @ near

    every = smooth(np.ones(len(points)))
    telling = np.empty((len(own), _CELLS, _CELLS))
    for row, weights in enumerate(own):
        here = smooth(weights)
        lift = here * len(points) / np.maximum(every * weights.sum(), 1e-9)
        # Rounded, so that the last digits, in which computers differ, decide nothing.
        telling[row] = np.round(here * np.log(np.maximum(lift, 1)), 6)
    found: list[tuple[int, np.ndarray]] = []
    while len(found) < MOST_REGIONS and telling.max() > 0:
        row, right, down = np.unravel_index(telling.argmax(), telling.shape)
        middle = np.array([middles[right], middles[down]])
        around = ((points - middle) ** 2).sum(axis=1) <= (2 * smoothing) ** 2
        members = np.flatnonzero(around & (own[row] > 0))
        if len(members) >= _LEAST_PAPERS:
            center = np.average(points[members], axis=0, weights=own[row, members])
            if all(((center - other) ** 2).sum() >= least**2 for _, other in found):
                found.append((int(row), center))
                telling[row] = 0
                continue
        # Nothing to name here; the same tag may tell something elsewhere.
        apart = (middles[:, None] - middle[0]) ** 2 + (middles - middle[1]) ** 2
        telling[row][apart <= smoothing**2] = 0
    return found
