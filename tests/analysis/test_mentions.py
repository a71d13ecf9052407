import pytest

from builder.analysis.known_names import candidates, known_names
from builder.analysis.mentions import Finder, find_mentions
from builder.analysis.model import Mention
from tests.analysis.making import paper, reading


def mentions(*papers):
    known = reading(papers)
    found = candidates(known.documents.coined)
    names = known_names(found, known.documents, known.texts, known.words, {}, {})
    places = [Finder(names).places(known.texts.abstract(row)) for row in range(len(papers))]
    mentions = find_mentions(papers, places, names, known.vectors)
    return {
        item.slug: tuple(
            Mention(slug=papers[owner].slug, name=name, start=start, end=end)
            for owner, name, start, end in found
        )
        for item, found in zip(papers, mentions, strict=True)
    }


# What makes words rare: most papers are about something else.
OTHERS = [paper(f"other-{n}", f"On Number {n}", f"Counting {n} sheep.") for n in range(12)]
LOAFNET = paper("loafnet", "LoafNet: Bread for Networks", "We bake.")
S4 = paper("s4", "S4: States", "We state.")
LOAF = paper("loaf", "LOAF: Ovens Are Fine", "Ovens, yeast and flour for rye bread.")
ARENA = paper("arena", "Long Loaf Arena: A Bakery", "We open the Long Loaf Arena.")


def linked(owner, abstract, **more):
    new = paper("new", "T", abstract, **more)
    return [item.slug for item in mentions(owner, new, *OTHERS)["new"]]


def test_a_name_is_linked_at_its_first_place():
    found = mentions(LOAFNET, paper("new", "T", "Unlike LoafNet, not LoafNet."))
    assert found == {
        "loafnet": (),
        "new": (Mention(slug="loafnet", name="LoafNet", start=7, end=14),),
    }


@pytest.mark.parametrize(
    ("owner", "abstract"),
    [
        (LOAFNET, "We compare with LoafNet."),
        (LOAFNET, "LoafNet-based ovens"),
        (LOAFNET, "LoafNet's crust"),
        (LOAFNET, "like (LoafNet)"),
        (LOAFNET, "The LoafNet oven"),
        (LOAFNET, "Fine-tuning LoafNet-7B-Instruct"),
        (S4, "beats S4 by far"),
        (ARENA, "on the Long Loaf Arena"),
    ],
)
def test_a_use_of_the_name_is_linked(owner, abstract):
    assert linked(owner, abstract) == [owner.slug]


@pytest.mark.parametrize(
    ("owner", "abstract"),
    [
        (LOAFNET, "a loafnet or LOAFNET"),
        (LOAFNET, "LoafNets, MyLoafNet, My-LoafNet, LoafNet-Large, LoafNet+, LoafNet2"),
        (LOAFNET, "$LoafNet$ and `LoafNet` at https://example.org/LoafNet"),
        (LOAFNET, "a method called LoafNet"),
        (LOAFNET, "We propose LoafNet. LoafNet is ours."),
        (LOAFNET, "We use our LoafNet."),
        (LOAFNET, "with Faster LoafNet"),
        (LOAFNET, "as in LoafNet 2"),
        (LOAFNET, "with LoafNet, a net for herring, cod, mackerel and others of the deep sea"),
        (S4, "S4D and S42"),
        (LOAF, "The LOAF of a sailing boat, with its mast, keel and rigging."),
        (ARENA, "on the Long Loaf"),
    ],
)
def test_what_may_be_something_else_is_not_linked(owner, abstract):
    assert linked(owner, abstract) == []


def test_capitals_are_linked_where_the_texts_are_kindred():
    assert linked(LOAF, "LOAF bakes rye bread: ovens, yeast and flour.") == ["loaf"]


def test_no_paper_names_one_that_is_much_younger():
    young = paper("loafnet", "LoafNet: Bread", date="2025-06-01")
    assert linked(young, "Unlike LoafNet.", date="2025-04-01") == ["loafnet"]
    assert linked(young, "Unlike LoafNet.", date="2024-06-01") == []
    assert linked(young, "Unlike LoafNet.", venue="ICLR 2024") == []
    assert linked(young, "Unlike LoafNet.", venue="ICLR 2025") == ["loafnet"]


def test_a_paper_does_not_link_to_itself():
    assert mentions(paper("loafnet", "LoafNet: Bread", "LoafNet bakes.")) == {"loafnet": ()}


def test_of_two_names_at_a_place_the_longer_counts():
    large = paper("large", "LoafNet-Large: More Bread", "We bake.")
    found = mentions(LOAFNET, large, paper("new", "T", "With LoafNet-Large and LoafNet."))
    assert [item.slug for item in found["new"]] == ["large", "loafnet"]


def test_a_coined_name_that_many_use_is_common_property():
    owner = paper("owner", "On Bread", "We propose LoafNet.")
    few = [paper(f"p{n}", "T", "Unlike LoafNet.") for n in range(5)]
    assert all(mentions(owner, *few)[item.slug] for item in few)
    many = [*few, paper("p5", "T", "Unlike LoafNet.")]
    assert not any(mentions(owner, *many)[item.slug] for item in many)
    titled = paper("owner", "LoafNet: Bread")
    assert all(mentions(titled, *many)[item.slug] for item in many)
