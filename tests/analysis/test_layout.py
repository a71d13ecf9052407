"""Maps of invented papers: two dozen on each of four subjects, linked within them."""

import random

import numpy as np
import pytest

from builder.analysis.layout import Place, lay_out, push

SUBJECTS = ("baking", "gardening", "sailing", "weaving")
SIZE = 24


def slugs(subject: str, size: int = SIZE) -> list[str]:
    return [f"{subject}-{number:02}" for number in range(size)]


def tags_of(size: int = SIZE) -> dict[str, tuple[str, ...]]:
    """Each paper on its subject; every fourth also on the next one."""
    return {
        slug: (subject, SUBJECTS[(place + 1) % len(SUBJECTS)]) if number % 4 == 0 else (subject,)
        for place, subject in enumerate(SUBJECTS)
        for number, slug in enumerate(slugs(subject, size))
    }


def links_of(size: int = SIZE) -> dict[str, tuple[str, ...]]:
    """Each paper linked with the three behind it in its subject."""
    return {
        slug: tuple(slugs(subject, size)[number + 1 : number + 4])
        for subject in SUBJECTS
        for number, slug in enumerate(slugs(subject, size))
    }


def array(places: dict[str, Place], names: list[str]) -> np.ndarray:
    return np.array([(places[name].x, places[name].y) for name in names])


def spread(points: np.ndarray) -> float:
    """The mean distance from the middle."""
    return float(np.sqrt(((points - points.mean(axis=0)) ** 2).sum(axis=1)).mean())


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    return lay_out(tags_of(), links_of(), SUBJECTS)


def test_every_paper_has_a_place_within_the_map(places):
    assert set(places) == set(tags_of())
    assert all(0 <= value <= 100 for place in places.values() for value in (place.x, place.y))


def test_places_are_rounded_to_a_tenth_of_a_percent(places):
    assert all(round(place.x, 1) == place.x for place in places.values())


def test_papers_of_a_subject_stand_together_and_apart_from_others(places):
    everyone = spread(array(places, list(places)))
    groups = [array(places, slugs(subject)) for subject in SUBJECTS]
    assert max(map(spread, groups)) < everyone / 2
    middles = [group.mean(axis=0) for group in groups]
    nearest = min(
        np.hypot(*(one - other)) for i, one in enumerate(middles) for other in middles[:i]
    )
    assert nearest > 2 * max(map(spread, groups))


def test_a_linked_paper_is_nearer_than_others_of_its_subject(places):
    near, far = [], []
    for subject in SUBJECTS:
        points = array(places, slugs(subject))
        near += list(np.hypot(*(points[1:] - points[:-1]).T))
        far += list(np.hypot(*(points[12:] - points[:-12]).T))
    assert np.mean(near) < np.mean(far) / 2


def test_papers_without_tags_stand_where_those_are_that_they_are_linked_with(places):
    tags = tags_of() | {"sailing-05": (), "sailing-06": ()}
    placed = lay_out(tags, links_of(), SUBJECTS)
    others = array(placed, [slug for slug in slugs("sailing") if tags[slug]])
    for slug in ("sailing-05", "sailing-06"):
        away = array(placed, [slug])[0] - others.mean(axis=0)
        assert np.hypot(*away) < 2 * spread(others)


def test_links_alone_make_a_map_where_no_paper_has_a_tag():
    placed = lay_out({slug: () for slug in tags_of()}, links_of(), ())
    everyone = spread(array(placed, list(placed)))
    groups = [spread(array(placed, slugs(subject))) for subject in SUBJECTS]
    assert np.mean(groups) < everyone


def test_no_two_papers_cover_each_other_even_with_the_same_tags_and_no_link():
    names = [f"paper-{number}" for number in range(60)]
    placed = array(
        lay_out({name: ("baking",) for name in names}, _no_links(names), SUBJECTS), names
    )
    distance = np.hypot(*(placed[:, None] - placed).transpose(2, 0, 1))
    np.fill_diagonal(distance, np.inf)
    assert distance.min() > 1


def _no_links(names: list[str]) -> dict[str, tuple[str, ...]]:
    return {name: () for name in names}


def test_the_order_in_which_papers_come_changes_nothing(places):
    shuffled = list(tags_of().items())
    random.Random(1).shuffle(shuffled)
    assert lay_out(dict(shuffled), links_of(), SUBJECTS) == places


def test_a_paper_more_leaves_the_others_nearly_where_they_were(places):
    tags = tags_of() | {"a-newcomer": ("baking",)}
    placed = lay_out(tags, links_of() | {"a-newcomer": ("baking-03",)}, SUBJECTS)
    names = list(places)
    moved = np.hypot(*(array(placed, names) - array(places, names)).T)
    assert np.median(moved) < 1
    assert np.quantile(moved, 0.9) < 4


def test_tags_that_the_vocabulary_does_not_name_count_for_nothing():
    tags = {slug: (*uses, "forgotten") for slug, uses in tags_of().items()}
    assert lay_out(tags, links_of(), SUBJECTS) == lay_out(tags_of(), links_of(), SUBJECTS)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_few_papers_make_a_map_too(count):
    names = [f"paper-{number}" for number in range(count)]
    for uses in ((), ("baking",)):
        placed = lay_out(dict.fromkeys(names, uses), _no_links(names), SUBJECTS)
        assert len(set(placed.values())) == count


def test_a_map_of_nothing_is_empty():
    assert lay_out({}, {}, SUBJECTS) == {}


def test_the_push_summed_on_the_grid_is_near_the_exact_sum():
    points = np.random.default_rng(7).normal(size=(200, 2)) * (6, 4)
    apart = points[:, None] - points
    near = 1 / (1 + (apart**2).sum(axis=2))
    np.fill_diagonal(near, 0)
    exact = (near[:, :, None] ** 2 * apart).sum(axis=1) / near.sum()
    error = np.sqrt(((push(points) - exact) ** 2).sum(axis=1))
    assert error.mean() < 0.15 * np.sqrt((exact**2).sum(axis=1)).mean()
    # What pushes is pushed as much: nothing drifts.
    assert np.abs(push(points).sum(axis=0)).max() < 1e-9
