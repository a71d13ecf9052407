"""Which links a list leads out by, and where each stands."""

from pathlib import Path

from builder import linkcheck
from builder.linkcheck.model import Place
from tests.checks.libraries import of_paper, of_path

AT = "content/papers/a-paper.md"


def found(library):
    """Address -> [(path, line, field)]."""
    return {
        item.url: [(place.path, place.line, place.field) for place in item.places]
        for item in linkcheck.targets(library)
    }


def test_links_ids_and_addresses_in_texts_are_asked_for():
    header = (
        "title: A\narxiv: '2503.01234'\ndoi: 10.1000/182\nlinks:\n"
        '  - {kind: code, url: "https://example.org/code#read-me"}'
    )
    body = "See https://example.org/data.\n\n## Notes\nAnd [this](https://example.org/this)."
    assert found(of_paper(header, body)) == {
        "https://arxiv.org/abs/2503.01234": [(AT, 3, "arxiv")],
        "https://doi.org/10.1000/182": [(AT, 4, "doi")],
        "https://example.org/code": [(AT, 6, "links[0].url")],
        "https://example.org/data": [(AT, 8, "abstract")],
        "https://example.org/this": [(AT, 11, "notes")],
    }


def test_ids_are_asked_for_at_their_own_server_alone():
    library = of_paper("title: A\narxiv: '2503.01234'\ndoi: 10.1000/182", "See https://x.org/.")
    assert [item.shallow for item in linkcheck.targets(library)] == [True, True, False]


def test_an_abstract_that_names_a_link_of_the_paper_is_left_as_it_is():
    header = 'title: A\nlinks:\n  - {kind: code, url: "https://example.org/code"}'
    assert found(of_paper(header, "At https://example.org/code/.")) == {
        "https://example.org/code": [(AT, 4, "links[0].url")]
    }


def test_what_is_no_link_on_a_page_is_not_asked_for():
    text = "Run `curl https://example.org/x`, or see github.com/example/x or ftp://x.org/."
    assert found(of_paper("title: A", text)) == {}


def test_reading_paths_and_hand_written_pages_are_looked_through(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    library = of_path(
        "title: B\npapers:\n  - {paper: a, note: 'See https://example.org/note.'}",
        "An introduction.\nWith https://example.org/path.",
    )
    (tmp_path / "content" / "pages").mkdir(parents=True)
    (tmp_path / "content" / "pages" / "about.md").write_text(
        "# About\n\n[Us](https://example.org/us) and [them](../papers/)\n", encoding="utf-8"
    )
    (tmp_path / "content" / "pages" / "odd.md").write_bytes(b"\xff\xfe")
    library = type(library)(**{**vars(library), "root": Path("content")})
    assert found(library) == {
        "https://example.org/note": [("content/collections/a-path.md", 4, "papers[0].note")],
        "https://example.org/path": [("content/collections/a-path.md", 7, "introduction")],
        "https://example.org/us": [("content/pages/about.md", 3, "")],
    }


def test_an_address_that_stands_twice_is_asked_for_once():
    header = (
        'title: A\nlinks:\n  - {kind: code, url: "https://example.org/x#one"}\n'
        '  - {kind: data, url: "https://example.org/x#two"}'
    )
    (target,) = linkcheck.targets(of_paper(header, "B."))
    assert target.places == (
        Place(path=AT, line=4, field="links[0].url"),
        Place(path=AT, line=5, field="links[1].url"),
    )
