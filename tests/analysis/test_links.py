from builder.analysis import analyse
from builder.analysis.links import LEAST_SCORE, MOST_RELATED
from builder.content.collection import Collection, Step
from tests.analysis.making import paper, shelf

BREAD = "Flour, yeast and rye make sourdough bread. The crumb of rye bread needs yeast."
BOATS = "Keel, mast and rigging make sailing boats. The mast of sailing boats needs rigging."


def breads(count, **more):
    return [paper(f"bread-{n}", f"Rye {n}", BREAD, tags=("baking",), **more) for n in range(count)]


def boats(count):
    return [paper(f"boat-{n}", f"Mast {n}", BOATS, tags=("sailing",)) for n in range(count)]


def related(*papers):
    return analyse(shelf(*papers)).related


def test_papers_alike_are_linked_and_others_are_not():
    found = related(*breads(3), *boats(3))
    assert [link.slug for link in found["bread-0"]] == ["bread-1", "bread-2"]
    assert {link.by for link in found["bread-0"]} == {"similar"}
    assert all(LEAST_SCORE <= link.score <= 1 for link in found["bread-0"])


def test_a_reason_says_what_is_in_common():
    assert (
        related(*breads(2), *boats(6))["bread-0"][0].reason == "both on baking & bread; rye, yeast"
    )


def test_there_are_at_most_so_many_links():
    assert {len(links) for links in related(*breads(12), *boats(12)).values()} == {MOST_RELATED}


def test_a_shared_tag_lifts_a_link():
    same = paper("same", "Rye", BREAD, tags=("baking",))
    other = paper("other", "Rye", BREAD, tags=("gardening",))
    found = related(*breads(1), same, other, *boats(6))["bread-0"]
    assert [link.slug for link in found] == ["same", "other"]
    assert found[0].score > 3 * found[1].score


def test_a_missing_tag_is_no_difference():
    unknown = paper("unknown", "Rye", BREAD.replace("bread", "loaf").replace("sourdough", ""))
    other = paper("other", "Rye", BREAD, tags=("gardening",))
    found = related(*breads(1), unknown, other, *boats(6))["bread-0"]
    assert [link.slug for link in found] == ["unknown", "other"]


def test_the_choice_of_curators_comes_first():
    chosen = paper("chosen", "Rye", BREAD, tags=("baking",), related=("boat-1", "boat-0"))
    links = related(chosen, *breads(9), *boats(9))["chosen"]
    assert [(link.slug, link.by, link.score) for link in links[:2]] == [
        ("boat-1", "curator", 1.0),
        ("boat-0", "curator", 1.0),
    ]
    assert len(links) == MOST_RELATED
    assert links[0].reason == "chosen by the curators"


def test_curators_may_choose_more_than_there_would_be():
    slugs = tuple(f"boat-{n}" for n in range(9))
    links = related(paper("chosen", "Rye", BREAD, related=slugs), *boats(9))["chosen"]
    assert tuple(link.slug for link in links) == slugs


def test_who_names_another_is_linked_with_it_in_both_directions():
    net = paper("net", "LoafNet: Rye", "We bake.")
    user = paper("user", "Masts", "Unlike LoafNet.")
    found = related(net, user, *boats(9))
    assert found["user"][0].slug == "net" and found["user"][0].by == "name"
    assert found["user"][0].reason.startswith("this abstract names LoafNet; ")
    assert found["net"][0].slug == "user"
    assert found["net"][0].reason.startswith("its abstract names LoafNet; ")


def test_backlinks_tell_who_points_here():
    net = paper("net", "LoafNet: Rye", "We bake.")
    user = paper("user", "Masts", "Unlike LoafNet.")
    path = Collection(
        id="path", title="A Path", summary=None, intro="Why?", papers=(Step(paper="net", note="."),)
    )
    backlinks = analyse(shelf(net, user, *boats(1), collections={"path": path})).backlinks
    assert backlinks["net"].mentioned_by == ("user",)
    assert backlinks["net"].collections == ("path",)
    assert backlinks["user"].mentioned_by == ()


def test_a_paper_that_is_linked_with_another_points_at_it_unless_that_is_linked_back():
    net, user = paper("net", "LoafNet: Rye", "We bake."), paper("user", "Ice", "Unlike LoafNet.")
    fan = paper("fan", "Rye", BREAD, related=("boat-0",))
    found = analyse(shelf(net, user, fan, *boats(9)))
    assert found.related["user"][0].slug == "net" and found.related["net"][0].slug == "user"
    assert "user" not in found.backlinks["net"].related_from
    assert "fan" not in [link.slug for link in found.related["boat-0"]]
    assert "fan" in found.backlinks["boat-0"].related_from


def test_a_new_paper_changes_only_the_lists_it_enters():
    old = [*breads(10, date="2024-01-01"), *boats(10)]
    before = related(*old)
    after = related(*old, new := paper("new", "Rye and mast", f"{BREAD} {BOATS}"))
    for slug, links in before.items():
        if new.slug not in [link.slug for link in after[slug]]:
            assert after[slug] == links
