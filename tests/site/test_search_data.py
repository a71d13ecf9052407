"""The files beside the bundle: topics, columns, cards."""

import json

from builder.site import search_data
from builder.site.bundle import Fragment


def paper(slug: str, title: str, *, date: str = "0000", listed: int = 0, **filters) -> Fragment:
    return Fragment(
        id=f"en_{slug}",
        url=f"/papers/{slug}/",
        content=f"{title}. Cranes of paper.",
        meta={"title": title, "date": date, "listed": str(listed), "teaser": "Folded."},
        filters={"kind": ("paper",), **{name: tuple(values) for name, values in filters.items()}},
    )


TAG = Fragment(
    id="en_tag",
    url="/tags/folding/",
    content="Folding",
    meta={"title": "Folding", "facet": "method", "papers": "2", "aliases": "origami; paper art"},
    filters={"kind": ("tag",)},
)
EDITION = Fragment(
    id="en_edition",
    url="/editions/weekly-2025-01-01/",
    content="Weekly",
    meta={"title": "Weekly, January 1, 2025"},
    filters={"kind": ("edition",)},
)
PAPERS = [
    paper("b", "Boats", date="2024-05-01", listed=2, tag=["Folding"], year=["2024"]),
    paper("a", "Änten", date="2025-01-01", edition=["weekly-2025-01-01"], has=["code"]),
    paper("c", "cranes", date="2024-05-01", tag=["Folding", "Wings"], year=["2024"]),
    paper("d", "Dateless", venue=["Fold 2020"]),
]


def read(fragments):
    files = search_data.files(search_data.Indexed.of(fragments))
    index = json.loads(files.pop("index.json"))
    prefix = f"{index['version']}/"
    assert all(path.startswith(prefix) for path in files)
    return index, {path.removeprefix(prefix): json.loads(text) for path, text in files.items()}


def test_topics_carry_what_a_reader_may_type():
    _, files = read([*PAPERS, TAG])
    assert files["topics.json"] == [
        {
            "id": "folding",
            "name": "Folding",
            "url": "tags/folding/",
            "facet": "method",
            "papers": 2,
            "aliases": ["origami", "paper art"],
        }
    ]


def test_columns_and_cards_are_in_one_order_newest_first_and_undated_last():
    index, files = read(PAPERS)
    assert index["papers"] == 4
    columns, cards = files["papers.json"], files["cards-0.json"]
    assert files["ids.json"] == ["en_a", "en_b", "en_c", "en_d"]
    assert len(columns["year"]) == len(columns["listed"]) == 4
    assert [card["title"] for card in cards] == ["Änten", "Boats", "cranes", "Dateless"]
    assert cards[1] == {
        "url": "papers/b/",
        "title": "Boats",
        "byline": "",
        "date": "2024-05-01",
        "teaser": "Folded.",
    }


def test_values_are_places_in_a_list_of_names():
    columns = read([*PAPERS, EDITION])[1]["papers.json"]
    assert columns["names"]["tag"] == ["Folding", "Wings"]
    assert columns["tag"] == [[], [0], [0, 1], []]
    assert columns["year"] == [[], [0], [0], []]
    assert columns["venue"] == [[], [], [], [0]]
    assert columns["has"] == [[0], [], [], []]
    assert columns["listed"] == [0, 2, 0, 0]
    assert columns["labels"] == {"weekly-2025-01-01": "Weekly, January 1, 2025"}


def test_titles_are_ordered_as_a_reader_looks_for_them():
    assert read(PAPERS)[1]["titles.json"] == [0, 1, 2, 3]


def test_cards_are_cut_into_files_of_one_size():
    many = [paper(f"p{n}", f"Paper {n:03}") for n in range(search_data.PAPERS_A_FILE * 2 + 1)]
    files = read(many)[1]
    size = files["papers.json"]["cards"]
    assert size == search_data.PAPERS_A_FILE
    assert [len(files[f"cards-{n}.json"]) for n in range(3)] == [size, size, 1]
    assert "cards-3.json" not in files


def test_the_version_changes_with_the_content_and_with_nothing_else():
    first = read(PAPERS)[0]["version"]
    assert read(list(reversed(PAPERS)))[0]["version"] == first
    assert read(PAPERS[:3])[0]["version"] != first


def test_a_site_without_papers_has_empty_columns():
    index, files = read([])
    assert index == {
        "authors": [],
        "version": index["version"],
        "papers": 0,
        "forward": [],
        "backward": [],
    }
    assert files["papers.json"]["listed"] == files["ids.json"] == files["titles.json"] == []
    assert files["topics.json"] == []
