import re
from itertools import pairwise

import pytest

from builder.pages.pictures import (
    ARC_ROW,
    ARC_WIDTH,
    NARROW,
    PLOT_BOTTOM,
    PLOT_LEFT,
    WIDE,
    Screen,
    arcs,
    dots,
    place_labels,
    scale,
    stacked,
)

SQUARE = Screen(width=1000, height=1000, type=10, labels=40)


@pytest.mark.parametrize(
    ("most", "values"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (3, [0, 1, 2, 3]),
        (7, [0, 2, 4, 6, 8]),
        (12, [0, 5, 10, 15]),
        (125, [0, 50, 100, 150]),
        (1000, [0, 500, 1000]),
        (9999, [0, 5000, 10000]),
    ],
)
def test_a_scale_has_few_round_numbers_and_reaches_the_most(most: int, values: list[int]) -> None:
    assert [tick.value for tick in scale(most)] == values


def test_a_scale_goes_from_the_plots_lower_edge_to_the_upper() -> None:
    ticks = scale(7)
    assert (ticks[0].y, ticks[-1].y) == (PLOT_BOTTOM, 0)
    assert ticks[2].y == PLOT_BOTTOM / 2


def test_the_parts_of_a_bar_stand_on_each_other_and_are_as_high_as_their_numbers() -> None:
    ((lower, none, upper),) = stacked([[1, 0, 3]], top=4)
    assert lower.y + lower.height == PLOT_BOTTOM
    assert none.height == 0
    assert upper.y + upper.height == lower.y
    assert upper.height == 3 * lower.height
    assert upper.y == 0


def test_bars_share_the_room_right_of_the_scale() -> None:
    columns = stacked([[1]] * 5, top=1)
    edges = [(bar.x, bar.x + bar.width) for (bar,) in columns]
    assert edges[0][0] > PLOT_LEFT
    assert edges[-1][1] < 100
    assert all(end < start for (_, end), (start, _) in pairwise(edges))


def numbers(path: str) -> list[float]:
    return [float(value) for value in re.findall(r"-?[\d.]+", path)]


def test_an_arc_goes_from_the_middle_of_one_row_to_that_of_another() -> None:
    ((upper, lower),) = arcs(4, [(0, 3)])
    assert numbers(upper)[:2] == [0, ARC_ROW / 2]
    assert numbers(lower)[-2:] == [0, 3.5 * ARC_ROW]
    # The halves meet where the arc is deepest, halfway down.
    assert numbers(upper)[-2:] == numbers(lower)[:2] == [ARC_WIDTH - 2, 2 * ARC_ROW]


def test_a_wider_span_makes_a_deeper_arc_that_stays_within_the_diagram() -> None:
    deepest = [numbers(upper)[-2] for upper, _ in arcs(9, [(0, span) for span in range(1, 9)])]
    assert deepest == sorted(set(deepest))
    assert deepest[0] > 0
    assert deepest[-1] <= ARC_WIDTH


def test_dots_are_steps_from_each_to_the_next_row_by_row() -> None:
    assert dots([(50, 50), (1, 2.5), (49, 50)]) == "m10 25h0m480 475h0m10 0h0"


def test_a_step_back_needs_no_space() -> None:
    assert dots([(50, 10), (20, 30)]) == "m500 100h0m-300 200h0"
    assert dots([(5, 0), (4, 0.1), (3, 0)]) == "m30 0h0m20 0h0m-10 1h0"


def test_two_papers_at_one_place_are_one_dot_and_none_are_no_path() -> None:
    assert dots([(1, 1), (1.04, 1)]) == "m10 10h0"
    assert dots([]) == ""


def test_on_a_coarser_grid_dots_that_would_cover_one_another_are_one() -> None:
    assert dots([(1, 1), (1.09, 1), (1.4, 1)], step=2) == "m10 10h0m4 0h0"


def test_a_label_with_room_stands_where_it_belongs() -> None:
    assert place_labels([("Baking", 50, 40)], [], SQUARE) == ((50, 40),)


def test_a_label_makes_way_for_points() -> None:
    points = [(48 + step, 40) for step in range(5)]
    ((x, y),) = place_labels([("Baking", 50, 40)], points, SQUARE)
    assert abs(y - 40) > 0.6
    assert abs(x - 50) <= 3
    assert abs(y - 40) <= 5.2


def test_no_label_covers_another_and_the_first_comes_first() -> None:
    labels = [("Gardening", 50, 40), ("Gardeners", 50, 40), ("Garden", 50, 40)]
    first, *others = place_labels(labels, [], SQUARE)
    assert first == (50, 40)
    assert all(other is not None and round(abs(other[1] - 40), 1) >= 1.3 for other in others)


def test_a_label_without_room_is_left_out() -> None:
    labels = [("Gardening and all that belongs to it", 50, 40)] * 12
    placed = place_labels(labels, [], SQUARE)
    assert placed[0] is not None
    assert placed[-1] is None


def test_a_label_at_the_edge_is_moved_in() -> None:
    ((x, y),) = place_labels([("Gardening", 0, 100)], [], SQUARE)
    assert x == pytest.approx(100 * (9 * 0.6 * 10 + 12) / 1000 / 2, abs=0.1)
    assert y == pytest.approx(100 - 1.3 / 2, abs=0.1)


def test_a_label_wider_than_the_screen_is_left_out() -> None:
    assert place_labels([("x" * 100, 50, 50)], [], NARROW) == (None,)


def test_a_narrow_screen_shows_fewer_labels_than_a_wide_one() -> None:
    labels = [
        (f"A topic, number {x}{y}", 12 * x + 8, 11 * y + 6) for y in range(8) for x in range(7)
    ]
    wide, narrow = (
        sum(place is not None for place in place_labels(labels, [], screen))
        for screen in (WIDE, NARROW)
    )
    assert narrow == NARROW.labels
    assert narrow < wide <= WIDE.labels
