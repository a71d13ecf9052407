"""Names for the parts of invented maps."""

import random

from builder.analysis.layout import Place
from builder.analysis.regions import regions


def cluster(name: str, x: float, y: float, size: int = 6) -> dict[str, Place]:
    return {
        f"{name}-{number}": Place(x=x + number % 3, y=y + number // 3) for number in range(size)
    }


BAKING, SAILING = cluster("baking", 20, 20), cluster("sailing", 80, 70)
PLACES = BAKING | SAILING
TAGS = {slug: (slug.split("-")[0],) for slug in PLACES}


def test_each_group_is_named_by_its_tag_where_it_stands():
    found = {region.tag: region for region in regions(PLACES, TAGS)}
    assert set(found) == {"baking", "sailing"}
    assert found["baking"].place == Place(x=21.0, y=20.5)
    assert found["sailing"].place == Place(x=81.0, y=70.5)


def test_every_paper_belongs_to_the_region_it_is_nearest_to_the_nearest_first():
    stray = {"stray": Place(x=30.0, y=30.0)}
    found = {region.tag: region for region in regions(PLACES | stray, TAGS | {"stray": ()})}
    assert sorted(found["baking"].papers) == sorted([*BAKING, "stray"])
    assert found["baking"].papers[-1] == "stray"
    assert sorted(found["sailing"].papers) == sorted(SAILING)


def test_a_tag_that_is_everywhere_names_nothing():
    everywhere = {slug: (*uses, "survey") for slug, uses in TAGS.items()}
    assert {region.tag for region in regions(PLACES, everywhere)} == {"baking", "sailing"}


def test_the_first_tags_of_papers_count_more_than_the_last():
    tags = {slug: ("sailing", "knots") if slug in SAILING else ("baking",) for slug in PLACES}
    assert {region.tag for region in regions(PLACES, tags)} == {"baking", "sailing"}


def test_two_papers_are_no_region():
    few = cluster("weaving", 80, 20, size=2)
    tags = TAGS | {slug: ("weaving",) for slug in few}
    assert {region.tag for region in regions(PLACES | few, tags)} == {"baking", "sailing"}


def test_regions_are_not_side_by_side():
    close = cluster("weaving", 23, 20)
    tags = TAGS | {slug: ("weaving",) for slug in close}
    names = {region.tag for region in regions(PLACES | close, tags)}
    assert "sailing" in names
    assert len(names & {"baking", "weaving"}) == 1


def test_without_tags_there_are_no_names():
    assert regions(PLACES, {slug: () for slug in PLACES}) == ()
    assert regions({}, {}) == ()


def test_the_order_in_which_papers_come_changes_nothing():
    shuffled = list(PLACES.items())
    random.Random(1).shuffle(shuffled)
    assert regions(dict(shuffled), TAGS) == regions(PLACES, TAGS)
