"""Where each paper stands on a map on which papers that are like each other are near.

Tags come first: they are set out in the plane, those that meet on papers near each other. A paper
starts among its tags; then linked papers pull each other, all papers push each other apart, and a
spring holds each to where it started. Pull and push are those of t-SNE (van der Maaten, Hinton:
Visualizing data using t-SNE, 2008); the push is summed on a grid by Fourier transforms, so that
time and memory grow in line with the papers (Linderman et al.: Fast interpolation-based t-SNE,
2019).

t-SNE as it is usually run starts at random and goes on until it rests, and one paper more throws
everything about. Here nothing is random, the start is made of facts that one paper hardly moves,
and the steps are few. Of 306 papers thirteen were left out, one at a time, and all was computed
anew: half of the others moved by 0.2 % of the map's width or less, nineteen of twenty by less than
1.4 %, three of a hundred by more than 2 %. Seven of ten links between papers that are most alike
stay among the 15 nearest on the map. The numbers below were chosen by these measures, and by eye.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

# Tags start on a circle, in the vocabulary's order, so that those of a facet are neighbors and the
# map lies the same way round every time. So few steps leave them near it; more bring tags that
# meet nearer and scatter the facets, and one paper then moves all others, after 300 eight times as
# far.
_TAG_STEPS = 20
# A paper's tags stand most central first; the second weighs (1/2)**3 of the first, the third ...
_TAG_FALL = 3
# A paper without tags starts where those stand that it is linked with; so many rounds of that.
_ROUNDS = 30

_STEPS = 50
_MOMENTUM = 0.8
# Pull over push. t-SNE has 1; more makes the groups denser and the space between them wider.
_PULL = 1.5
_SPRING = 0.15
# The standard deviation of the start, in the unit at which the push of one paper fades. It grows
# slower than the map's crowd: with more room, ten thousand papers would never find together.
_SPREAD, _SPREAD_OF, _SPREAD_GROWTH = 5.0, 300, 0.2
# Cells of the grid on which the push is summed, each way. With 128 the map is the same to the eye.
_CELLS = 64

# So many standard deviations reach the map's edge; what is beyond is bent inward.
_REACH = 1.9
# Papers are not to cover each other: the least distance as a share of what they would have if they
# stood evenly, at most so many percent of the map; and in how many rounds it is made.
_LEAST_SHARE, _LEAST_MOST = 0.3, 1.7
_APART_ROUNDS = 12


@dataclass(frozen=True, kw_only=True)
class Place:
    """A place on the map: percent of its width from the left, of its height from the top.

    Rounded to one decimal, so that every computer makes the same map: they differ in the last
    digits of sums and sines, which the steps let grow to a millionth of a millionth of a percent.
    """

    x: float
    y: float


def lay_out(
    tags: Mapping[str, Sequence[str]],
    ties: Mapping[str, Sequence[str]],
    order: Sequence[str],
) -> dict[str, Place]:
    """The place of each paper, by slug.

    tags: ids of every paper's tags, by slug, most central first; ties: slugs of the papers that
    each is linked with, nearest first; order: all tags, in the vocabulary's order.
    """
    slugs = sorted(tags)
    if len(slugs) < 2:
        return {slug: Place(x=50.0, y=50.0) for slug in slugs}
    links = _links(slugs, ties)
    settled = _settle(_start(slugs, tags, links, order), links)
    placed = _apart(_fit(settled))
    return {
        slug: Place(x=round(float(x), 1), y=round(float(y), 1))
        for slug, (x, y) in zip(slugs, placed, strict=True)
    }


@dataclass(frozen=True, kw_only=True)
class _Links:
    """How much papers are linked, each pair once either way: rows of two papers, and a weight.

    scipy knows such tables, and takes longer to import than all that is done here with them.
    """

    here: np.ndarray
    there: np.ndarray
    weight: np.ndarray
    papers: int

    def of(self, rows: np.ndarray) -> _Links:
        """Those of some papers alone (a flag a paper)."""
        chosen = rows[self.here]
        return _Links(
            here=self.here[chosen],
            there=self.there[chosen],
            weight=self.weight[chosen],
            papers=self.papers,
        )

    @property
    def strength(self) -> np.ndarray:
        """How much each paper is linked with all others."""
        return np.bincount(self.here, self.weight, self.papers)

    def towards(self, places: np.ndarray) -> np.ndarray:
        """The sum of the places of what each paper is linked with, papers x 2."""
        return np.column_stack(
            [
                np.bincount(self.here, self.weight * places[self.there, axis], self.papers)
                for axis in (0, 1)
            ]
        )


def _links(slugs: Sequence[str], ties: Mapping[str, Sequence[str]]) -> _Links:
    """How much each paper is linked with each other, either way.

    By the links' order, not by their scores, which every edit of a text moves a little: a map that
    holds still need not be made again. Of 3,000 papers 70 % stand among the 15 nearest of the paper
    that is most like them, with scores as weights 68 %; of all links it is half either way.
    """
    row = {slug: index for index, slug in enumerate(slugs)}
    count = len(slugs)
    lengths = [len(ties[slug]) for slug in slugs]
    here = np.repeat(np.arange(count), lengths)
    there = np.array([row[other] for slug in slugs for other in ties[slug]], dtype=np.int64)
    weight = 1 / (3 + np.array([place for length in lengths for place in range(length)], dtype=int))
    either = np.concatenate((here * count + there, there * count + here))
    pairs, which = np.unique(either, return_inverse=True)
    return _Links(
        here=pairs // count,
        there=pairs % count,
        weight=np.bincount(which, np.tile(weight, 2), len(pairs)),
        papers=count,
    )


def _start(
    slugs: Sequence[str],
    tags: Mapping[str, Sequence[str]],
    links: _Links,
    order: Sequence[str],
) -> np.ndarray:
    """Papers x 2: each among its tags, a hair away from others with the same."""
    used = {tag for slug in slugs for tag in tags[slug]}
    column = {tag: index for index, tag in enumerate(tag for tag in order if tag in used)}
    weights = np.zeros((len(slugs), len(column)))
    for row, slug in enumerate(slugs):
        for place, tag in enumerate(tags[slug], start=1):
            if tag in column:
                weights[row, column[tag]] = 2 / (1 + place)
    shares = weights**_TAG_FALL
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    # A slug's own digits, not its row: a paper more must not turn all that follow it.
    turn = np.array([zlib.crc32(slug.encode()) for slug in slugs]) * (2 * np.pi / 2**32)
    hair = np.column_stack((np.cos(turn), np.sin(turn)))
    untagged = ~weights.any(axis=1)
    if untagged.all():
        return _disk(_among_linked(hair, untagged, links)) + 0.01 * hair
    places = shares @ _tag_places(weights)
    places[untagged] = places[~untagged].mean(axis=0)
    return _among_linked(places, untagged, links) + 0.01 * places.std() * hair


def _tag_places(weights: np.ndarray) -> np.ndarray:
    """Tags x 2: places at distances that go by how often two tags meet.

    weights: papers x tags, how central each is. Stress is lowered by majorization of its diagonal
    (de Leeuw: Convergence of the majorization method for multidimensional scaling, 1988).
    """
    meet = weights.T @ weights
    size = np.sqrt(meet.diagonal())
    wanted = np.maximum(1 - meet / np.outer(size, size), 0)
    # What is known from many papers counts more.
    trust = np.outer(size, size)
    np.fill_diagonal(trust, 0)
    turn = 2 * np.pi * (np.arange(len(meet)) + 0.5) / len(meet)
    places = 0.5 * np.column_stack((np.cos(turn), np.sin(turn)))
    total = np.maximum(trust.sum(axis=1, keepdims=True), 1e-9)
    for _ in range(_TAG_STEPS if len(meet) > 1 else 0):
        apart = places[:, None] - places
        distance = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-9)
        towards = np.einsum("st,std->sd", trust * wanted / distance, apart)
        places = (places + (trust @ places + towards) / total) / 2
    return places


def _among_linked(places: np.ndarray, untagged: np.ndarray, links: _Links) -> np.ndarray:
    """The places, with those of untagged papers moved to the mean of what they are linked with."""
    strength = links.strength
    moved = untagged & (strength > 0)
    places, own = places.copy(), links.of(moved)
    for _ in range(_ROUNDS if moved.any() else 0):
        places[moved] = own.towards(places)[moved] / strength[moved, None]
    return places


def _disk(places: np.ndarray) -> np.ndarray:
    """The places, each in its direction from the middle, at such a distance that they fill a disk.

    Means of means crowd in the middle; where no paper has a tag, that is all there is to go by.
    """
    centered = places - places.mean(axis=0)
    distance = np.sqrt((centered**2).sum(axis=1))
    rank = np.argsort(np.argsort(distance, kind="stable"), kind="stable")
    wanted = np.sqrt((rank + 0.5) / len(rank))
    return centered * (wanted / np.maximum(distance, 1e-12))[:, None]


def _settle(start: np.ndarray, links: _Links) -> np.ndarray:
    """Papers x 2: the places after some steps of pull, push and spring."""
    papers = len(start)
    strength = np.maximum(links.strength, 1e-9)
    # The pull of a pair is the same either way: it is worked out once.
    once = links.here < links.there
    here, there = links.here[once], links.there[once]
    weight = links.weight[once] * (1 / strength[here] + 1 / strength[there])
    weight /= max(2 * weight.sum(), 1e-9)
    spread = _SPREAD * (papers / _SPREAD_OF) ** _SPREAD_GROWTH
    home = (start - start.mean(axis=0)) * (spread / max(start.std(), 1e-9))
    places, speed = home, np.zeros_like(home)
    step = papers / (3 * _PULL)
    for _ in range(_STEPS):
        across, along = _columns(places)
        aside, ahead = (np.take(row, here) - np.take(row, there) for row in (across, along))
        near = weight / (1 + (aside * aside + ahead * ahead))
        pulls = near * aside, near * ahead
        pulled = np.column_stack(
            [np.bincount(here, pull, papers) - np.bincount(there, pull, papers) for pull in pulls]
        )
        slope = 4 * (_PULL * pulled - push(places)) + _SPRING / papers * (places - home)
        speed = _MOMENTUM * speed - step * slope
        places = places + speed
    return places


def _columns(places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both coordinates of places, each in a row of its own: numpy takes several times as long for
    many pairs of numbers as for two long rows."""
    return np.ascontiguousarray(places[:, 0]), np.ascontiguousarray(places[:, 1])


def push(places: np.ndarray) -> np.ndarray:
    """How all papers push each away, papers x 2: the sum of q**2 * (place - other place) over all
    others, divided by that of q over all pairs; q = 1 / (1 + distance**2).

    Each paper is shared out among the four corners of its cell, the sums of all corners are found
    at once by Fourier transforms (the grid is doubled, so that nothing reaches round its edge),
    and read at the four corners again.
    """
    low = places.min(axis=0)
    cell = max((places.max(axis=0) - low).max(), 1e-9) / (_CELLS - 2)
    across, along = _columns((places - low) / cell + 0.5)
    right, down = np.floor(across).astype(int), np.floor(along).astype(int)
    across, along = across - right, along - down
    size = 2 * _CELLS
    corner = right * size + down
    index = np.concatenate((corner, corner + 1, corner + size, corner + size + 1))
    share = np.concatenate(
        ((1 - across) * (1 - along), (1 - across) * along, across * (1 - along), across * along)
    )
    crowd = np.bincount(index, share, size * size).reshape(size, size)
    offset = np.fft.fftfreq(size, 1 / size) * cell
    near = 1 / (1 + offset[:, None] ** 2 + offset**2)
    kernels = np.stack((near, offset[:, None] * near**2, offset * near**2))
    summed = np.fft.irfft2(np.fft.rfft2(crowd) * np.fft.rfft2(kernels), s=(size, size))
    # `take` is five times as fast as an index.
    read = np.take(summed.reshape(3, -1), index, axis=1) * share
    read = read.reshape(3, 4, len(places)).sum(axis=1)
    # A paper is near itself: that 1 does not count.
    pairs = max((read[0] - 1).sum(), 1e-9)
    return read[1:].T / pairs


def _fit(places: np.ndarray) -> np.ndarray:
    """The places in percent of the map.

    By standard deviations, not by the outermost paper: one that comes or goes there must not
    move the others.
    """
    spread = places.std(axis=0)
    # Both ways the map is filled, but not by what is as good as a line.
    spread = np.maximum(spread, max(spread.max() / 2, 1e-9))
    share = (places - places.mean(axis=0)) / (_REACH * spread)
    return 50 + 48 * share / (1 + np.abs(share) ** 6) ** (1 / 6)


def _apart(places: np.ndarray) -> np.ndarray:
    """The places, papers that are too near each other moved apart; in percent of the map."""
    least = min(_LEAST_MOST, _LEAST_SHARE * 100 / np.sqrt(len(places)))
    for _ in range(_APART_ROUNDS):
        one, other = _near(places, least)
        apart = places[other] - places[one]
        distance = np.sqrt((apart**2).sum(axis=1))
        close = distance < least
        one, other, apart, distance = one[close], other[close], apart[close], distance[close]
        push = (least - distance) / (2 * np.maximum(distance, 1e-6))
        moves = push[:, None] * apart
        if not moves.any():
            break
        moved = [
            np.bincount(other, move, len(places)) - np.bincount(one, move, len(places))
            for move in moves.T
        ]
        places = places + 0.9 * np.column_stack(moved)
    return np.clip(places, 1, 99)


def _near(places: np.ndarray, least: float) -> tuple[np.ndarray, np.ndarray]:
    """Pairs of papers, each once, among which are all that are nearer than `least`.

    The map is cut into rows so high, and in each papers stand from left to right: what is near one
    stands beside it, or in the next row. Row and place are one number, by which all are sorted.
    """
    row = np.floor(places[:, 1] / least)
    # Longer than any row, however far a paper was pushed beyond the map's edge.
    length = 4 * (np.ptp(places[:, 0]) + least)
    key = (row - row.min()) * length + (places[:, 0] - places[:, 0].min())
    order = np.argsort(key, kind="stable")
    key = key[order]
    # A hair more, for sums are rounded.
    reach = least * (1 + 1e-6)
    count = len(key)
    spans = (
        (np.arange(1, count + 1), np.searchsorted(key, key + reach, "right")),
        (
            np.searchsorted(key, key + length - reach, "left"),
            np.searchsorted(key, key + length + reach, "right"),
        ),
    )
    pairs = []
    for first, end in spans:
        sizes = np.maximum(end - first, 0)
        one = np.repeat(np.arange(count), sizes)
        start = np.cumsum(sizes) - sizes
        pairs.append((one, np.arange(len(one)) - start[one] + first[one]))
    return tuple(order[np.concatenate(side)] for side in zip(*pairs, strict=True))  # type: ignore[return-value]
