from builder.analysis.model import Neighbour
from builder.analysis.neighbours import MOST_NEIGHBOURS, neighbours


def found(*papers, ids="abcdefghijklm"):
    return neighbours(ids, papers)


def test_tags_that_meet_more_often_than_by_chance_are_neighbours():
    both = found(*["ab"] * 3, *["c"] * 9)
    assert both["a"] == (Neighbour(tag="b", papers=3, lift=4.0),)
    assert both["b"] == (Neighbour(tag="a", papers=3, lift=4.0),)


def test_two_papers_are_no_evidence():
    assert found(*["ab"] * 2, *["c"] * 9)["a"] == ()


def test_tags_that_meet_as_chance_would_have_it_are_no_neighbours():
    assert found(*["ab"] * 4, *["a"] * 4, *["b"] * 4, *["c"] * 4)["a"] == ()


def test_every_tag_has_an_entry():
    assert found(ids="xyz") == {"x": (), "y": (), "z": ()}


def test_the_most_telling_come_first_and_only_so_many():
    papers = [f"a{other}" for other in "bcdefghijk" for _ in range(3)] + ["am"] * 5 + ["l"] * 200
    met = found(*papers)["a"]
    assert met[0].tag == "m"
    assert [item.tag for item in met[1:]] == list("bcdefgh")
    assert len(met) == MOST_NEIGHBOURS
