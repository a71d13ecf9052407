"""Geometry of pictures: numbers in, places out. Nothing here knows words, colors or papers.

Places and sizes are in percent of a picture's width and height, rounded to two decimals at most,
but for arcs and dots, which are paths in the units that their functions name. A picture in percent
grows and shrinks with the screen while its text, lines and marks keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

# Where the bars of a chart stand: from here to the right edge, the numbers of the scale before it,
# and from the top edge to here, what the bars are called below it.
PLOT_LEFT = 6.0
PLOT_BOTTOM = 92.0
# The share of its room that a bar leaves free.
_GAP = 0.22

# The space between two rows of an arc diagram, and its width, in its own units.
ARC_ROW = 10
ARC_WIDTH = 100
# The depth of an arc grows a little slower than its span, so that the many short ones can be told.
_ARC_POWER = 0.85
_ARC_LEAST = 6

# A letter's width as a share of the size of type, on average, in the site's bold sans serif.
_LETTER = 0.6
# How far a label may stand from where it belongs, in percent of the map: near before far. Farther
# away it would name its neighbors.
_SHIFTS = sorted(
    ((1.5 * across, 1.3 * down) for across in range(-2, 3) for down in range(-4, 5)),
    key=lambda shift: (abs(shift[0]) + abs(shift[1]), shift),
)
_FARTHEST = max(max(map(abs, shift)) for shift in _SHIFTS)


@dataclass(frozen=True, kw_only=True)
class Rect:
    """A rectangle, in percent."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Tick:
    """A line of a scale. value: what it stands for; y: where it is, in percent from the top."""

    value: int
    y: float


@dataclass(frozen=True, kw_only=True)
class Screen:
    """A size at which a map is seen: its width and height, and its type's size, in CSS pixels;
    labels: how many it shows at most."""

    width: float
    height: float
    type: float
    labels: int


# As map.css has them: the map on a wide page, and on a telephone.
WIDE = Screen(width=1050, height=700, type=12, labels=40)
NARROW = Screen(width=356, height=445, type=12, labels=16)


def scale(most: int, lines: int = 4) -> tuple[Tick, ...]:
    """The lines of a scale from 0 to at least `most`, about as many as asked for, from below.

    They stand at 1, 2 or 5 times a power of ten and its multiples.
    """
    step, power = 1, 1
    while step * lines < most:
        step = next((n * power for n in (2, 5, 10) if n * power > step), step)
        power = 10 ** (len(str(step)) - 1)
    top = max(-(-most // step), 1) * step
    return tuple(
        Tick(value=value, y=round(PLOT_BOTTOM * (1 - value / top), 2))
        for value in range(0, top + 1, step)
    )


def stacked(columns: Sequence[Sequence[int]], top: int) -> tuple[tuple[Rect, ...], ...]:
    """The parts of stacked bars, each column's from below; a part of 0 has no height.

    columns: the numbers of each bar, in the order of stacking. top: the number at the plot's top
    edge, at least the highest sum.
    """
    room = (100 - PLOT_LEFT) / max(len(columns), 1)
    found = []
    for index, parts in enumerate(columns):
        left = PLOT_LEFT + room * (index + _GAP / 2)
        edges = [0]
        for part in parts:
            edges.append(edges[-1] + part)
        heights = [PLOT_BOTTOM * (1 - edge / top) for edge in edges]
        found.append(
            tuple(
                Rect(
                    x=round(left, 2),
                    y=round(upper, 2),
                    width=round(room * (1 - _GAP), 2),
                    height=round(lower - upper, 2),
                )
                for lower, upper in pairwise(heights)
            )
        )
    return tuple(found)


def arcs(rows: int, pairs: Sequence[tuple[int, int]]) -> tuple[tuple[str, str], ...]:
    """An arc for each pair of rows, as the paths of its upper and its lower half.

    rows: how many there are; pairs: (upper row, lower row), from 0. The diagram is ARC_WIDTH wide
    and rows * ARC_ROW high; arcs begin and end at its left edge, in the middle of their rows.
    """
    found = []
    for upper, lower in pairs:
        start, end = (ARC_ROW * row + ARC_ROW // 2 for row in (upper, lower))
        span = (lower - upper) / max(rows - 1, 1)
        depth = round(_ARC_LEAST + (ARC_WIDTH - 2 - _ARC_LEAST) * span**_ARC_POWER, 1)
        middle, half = (start + end) / 2, (end - start) / 2
        bend = f"A{depth:g} {half:g} 0 0 1"
        found.append(
            (
                f"M0 {start}{bend} {depth:g} {middle:g}",
                f"M{depth:g} {middle:g}{bend} 0 {end}",
            )
        )
    return tuple(found)


def dots(points: Sequence[tuple[float, float]], step: int = 1) -> str:
    """A path of points, to be drawn with round ends; its units are tenths of a percent.

    step: the width of the grid on which they are put, in units; on one place there is one dot.
    Row by row, each from where the one before it is: so it is packed best.
    """
    placed = sorted({(step * round(10 * y / step), step * round(10 * x / step)) for x, y in points})
    steps, at = [], (0, 0)
    for y, x in placed:
        steps.append(f"m{x - at[1]} {y - at[0]}h0")
        at = (y, x)
    return "".join(steps).replace(" -", "-")


def place_labels(
    labels: Sequence[tuple[str, float, float]],
    points: Sequence[tuple[float, float]],
    screen: Screen,
) -> tuple[tuple[float, float] | None, ...]:
    """Where labels are centered on a screen, none covering another and few points covered.

    labels: (text, x, y) in percent, the most important first; points: what had better stay bare.
    A label is moved about its place a little, and in from the edge; None where there is no room.
    """
    taken: list[Rect] = []
    found: list[tuple[float, float] | None] = []
    for text, x, y in labels:
        if len(taken) == screen.labels:
            found.append(None)
            continue
        at_home = _box(text, 50, 50, screen)
        near = [
            point
            for point in points
            if abs(point[0] - x) <= at_home.width + _FARTHEST
            and abs(point[1] - y) <= at_home.height + _FARTHEST
        ]
        best: tuple[float, Rect] | None = None
        for across, down in _SHIFTS:
            away = (abs(across) + abs(down)) / 5
            if at_home.width > 100 or (best is not None and away >= best[0]):
                continue
            left = _within(x + across - at_home.width / 2, at_home.width)
            top = _within(y + down - at_home.height / 2, at_home.height)
            box = Rect(x=left, y=top, width=at_home.width, height=at_home.height)
            if any(_overlap(box, other) for other in taken):
                continue
            right, bottom = left + box.width, top + box.height
            cost = away + sum(1 for px, py in near if left <= px <= right and top <= py <= bottom)
            if best is None or cost < best[0]:
                best = cost, box
        if best is None:
            found.append(None)
            continue
        box = best[1]
        taken.append(box)
        found.append((round(box.x + box.width / 2, 1), round(box.y + box.height / 2, 1)))
    return tuple(found)


def _within(start: float, size: float) -> float:
    """The start of something of this size, moved so that all of it lies between 0 and 100."""
    return min(max(start, 0), 100 - size)


def _box(text: str, x: float, y: float, screen: Screen) -> Rect:
    """What a label centered at a place covers on a screen, with a little air."""
    width = 100 * (len(text) * _LETTER * screen.type + 12) / screen.width
    height = 100 * 1.3 * screen.type / screen.height
    return Rect(x=x - width / 2, y=y - height / 2, width=width, height=height)


def _overlap(one: Rect, other: Rect) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )
