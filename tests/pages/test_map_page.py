from dataclasses import replace
from pathlib import Path

import pytest

from builder.analysis import Analysis, Neighbour
from builder.content.vocabulary import Facet
from builder.library import Library
from builder.memory import Memory
from builder.pages import map_page
from builder.pages.map_page import MARKS, NO_TOPIC, PATH, drawing, facet_keys, map_view, page
from builder.pages.page import Page
from builder.pages.shape import Shaper
from builder.pages.views import MapView, Mark
from builder.pages.write import Drawn
from tests.pages.conftest import LOAF, QUARTER, ROBOTS, blank


@pytest.fixture
def view(shaper: Shaper) -> MapView:
    return map_view(shaper)


def marks(view: MapView) -> dict[str, Mark]:
    return {mark.url: mark for group in view.groups for mark in group.marks}


def test_the_legend_counts_papers_by_the_facet_of_their_first_tag(
    view: MapView, small: Library
) -> None:
    assert [(key.name, key.papers) for key in view.facets] == [
        ("Method", 3),
        ("Task", 2),
        ("Contribution", 4),
        (NO_TOPIC, 3),
    ]
    assert sum(key.papers for key in view.facets) == len(small.papers)


def test_each_facet_has_a_shape_of_its_own_and_papers_without_a_topic_another(
    view: MapView,
) -> None:
    assert [key.mark for key in view.facets] == [0, 1, 2, MARKS]
    assert [group.mark for group in view.groups] == [0, 1, 2, MARKS]


def test_facets_beyond_the_shapes_begin_them_again(small: Library) -> None:
    words = small.vocabulary
    many = {f"facet-{n}": Facet(id=f"facet-{n}", name=f"F{n}", definition=".") for n in range(8)}
    tags = {
        key: replace(tag, facet=f"facet-{index}")
        for index, (key, tag) in enumerate(words.tags.items())
    }
    library = replace(small, vocabulary=replace(words, facets=many, tags=tags))
    keys = {key.id: key.mark for key in facet_keys(Shaper(library, blank(library)))}
    assert keys["facet-1"] == 1
    assert keys["facet-7"] == 1


def test_every_paper_is_a_mark_that_leads_to_it(view: MapView, small: Library) -> None:
    found = marks(view)
    assert set(found) == {f"papers/{slug}/" for slug in small.papers}
    assert (view.marked, view.dotted) == (len(small.papers), 0)
    assert found[f"papers/{LOAF}/"].title == "Half a Loaf: Sparse Updates for Large Models"
    assert found[f"papers/{LOAF}/"].note == "2025 · Sparsity · Theory"
    assert found[f"papers/{ROBOTS}/"].note == ""


def test_of_very_many_papers_picks_most_listed_and_newest_ones_are_marks_and_the_rest_dots(
    shaper: Shaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(map_page, "MOST_MARKS", 3)
    view = map_view(shaper)
    assert (view.marked, view.dotted) == (3, len(shaper.library.papers) - 3)
    assert f"papers/{LOAF}/" in marks(view)
    assert f"papers/{QUARTER}/" not in marks(view)
    dotted = sum(group.dots.count("h0") for group in view.groups)
    assert dotted == view.dotted


def test_two_topics_that_meet_are_one_line_though_each_names_the_other(
    shaper: Shaper, analysis: Analysis
) -> None:
    theory = Neighbour(tag="sparsity", papers=2, lift=1.5)
    rare = Neighbour(tag="benchmark", papers=1, lift=6.0)
    neighbours = {**analysis.neighbours, "theory": (theory,), "survey": (rare,)}
    view = map_view(Shaper(shaper.library, replace(analysis, neighbours=neighbours))).meetings
    assert [tag.id for tag in view.tags] == ["sparsity", "theory", "benchmark", "survey"]
    assert [(item.one.id, item.other.id) for item in view.meetings] == [
        ("benchmark", "survey"),
        ("sparsity", "theory"),
    ]
    line = view.meetings[1]
    assert (line.papers, line.lift) == (2, 1.5)
    assert line.url == "browse/?tag=sparsity&tag=theory"
    assert line.width > view.meetings[0].width
    assert view.height == 40


def test_topics_that_meet_none_are_no_picture(small: Library) -> None:
    meetings = map_view(Shaper(small, blank(small))).meetings
    assert (meetings.tags, meetings.meetings, meetings.height) == ((), (), 0)


def test_names_on_the_map_are_those_of_its_regions(shaper: Shaper) -> None:
    same = tuple(shaper.chips(LOAF)[:1])
    papers = {slug: replace(p, tags=("sparsity",)) for slug, p in shaper.library.papers.items()}
    library = replace(shaper.library, papers=papers)
    view = map_view(Shaper(library, blank(library)))
    # All have the same tag: it tells nothing of any place.
    assert view.regions == ()
    halves = {
        slug: replace(paper, tags=("sparsity" if index % 2 else "robotics",))
        for index, (slug, paper) in enumerate(papers.items())
    }
    library = replace(library, papers=halves)
    view = map_view(Shaper(library, blank(library)))
    assert {region.tag.id for region in view.regions} == {"sparsity", "robotics"}
    assert sum(region.papers for region in view.regions) == len(papers)
    assert all(len(region.first) == region.papers for region in view.regions)
    assert {name.text for name in view.names_wide} == {same[0].name, "Robotics"}


def test_a_map_of_one_paper_can_be_made(small: Library) -> None:
    library = replace(small, papers={LOAF: small.papers[LOAF]}, editions={}, collections={})
    view = map_view(Shaper(library, blank(library)))
    assert [mark.url for mark in marks(view).values()] == [f"papers/{LOAF}/"]


def render(page: Page) -> str:
    return repr(page.view)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_who_draws_the_map_alone_keeps_the_memory(
    small: Library,
    analysis: Analysis,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    workers: str,
) -> None:
    monkeypatch.setattr(map_page, "FEW", 1)
    monkeypatch.setenv("PAPERSHELF_WORKERS", workers)
    memory = Memory(tmp_path / "memory.db")
    shaper = Shaper(small, analysis, memory=memory)
    with drawing(shaper, memory, render, aside=True) as drawn:
        assert drawn[PATH]().text
    assert shaper.memory is memory
    memory.close()


def test_the_map_is_drawn_beside_where_papers_stand_otherwise_than_before(
    small: Library, analysis: Analysis, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(map_page, "FEW", 1)
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    ties = replace(analysis, related={**analysis.related, ROBOTS: analysis.related[LOAF]})

    def is_drawn(found: Analysis, *, aside: bool = True) -> bool:
        memory = Memory(tmp_path / "memory.db")
        shaper, alone = Shaper(small, found), Shaper(small, found)
        with drawing(shaper, memory, render, aside=aside) as drawn:
            told = {path: wait() for path, wait in drawn.items()}
        memory.save()
        with alone.tracing() as notes:
            text = render(page(alone))
        if told:
            assert told == {PATH: Drawn(text, alone.trace(notes), alone.made_of)}
        return bool(told)

    # In a whole build the map is made with all other pages.
    assert not is_drawn(analysis, aside=False)
    assert not is_drawn(analysis)
    assert is_drawn(ties)
    assert not is_drawn(ties)
    assert is_drawn(analysis)


def test_what_is_read_to_draw_the_map_is_no_part_of_another_page(
    small: Library, analysis: Analysis, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(map_page, "FEW", 1)
    shaper = Shaper(small, analysis)
    memory = Memory(tmp_path / "memory.db")
    with shaper.tracing() as notes, drawing(shaper, memory, render, aside=True):
        pass
    memory.close()
    assert notes == set()
    with shaper.tracing() as notes:
        map_view(shaper)
    assert {("subjects", LOAF), ("ties", LOAF)} <= notes
