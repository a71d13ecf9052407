"""A catalogue as JSON Lines becomes entries, or a list of what is wrong with it."""

import json

import pytest

from builder.content.paper import Link
from builder.importers import jsonl
from builder.problems import ProblemsFound


def text(*records: dict) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_record_becomes_an_entry_with_a_clean_abstract():
    capture = jsonl.read(
        text(
            {
                "title": "Flight -- A Theory",
                "abstract": "We {\\em fly}, see https://github.com/a/b and https://a.org/x.",
                "url": "https://a.org/x",
                "venue": "ICLR",
                "year": 2025,
            }
        ),
        path="c.jsonl",
    )
    (entry,) = capture.entries
    assert (entry.title, entry.venue) == ("Flight – A Theory", "ICLR 2025")
    assert entry.abstract == "We *fly*, see <https://github.com/a/b> and <https://a.org/x>."
    assert entry.links == (
        Link(kind="project", url="https://a.org/x"),
        Link(kind="code", url="https://github.com/a/b"),
    )


def test_a_link_of_a_record_keeps_its_kind_when_the_abstract_names_it_too():
    record = {
        "title": "A",
        "abstract": "The data: https://github.com/a/b.",
        "links": [{"kind": "data", "url": "https://github.com/a/b/"}],
    }
    (entry,) = jsonl.read(text(record), path="c.jsonl").entries
    assert entry.links == (Link(kind="data", url="https://github.com/a/b/"),)


def test_a_catalogue_is_no_listing():
    capture = jsonl.read(text({"title": "A", "abstract": "B."}), path="c.jsonl")
    assert (capture.series, capture.day, capture.leftovers) == (None, None, ())


def test_keys_that_are_not_used_are_left_over_in_one_line():
    capture = jsonl.read(text({"title": "A", "abstract": "B.", "x": 1, "area": 2}), path="c.jsonl")
    assert [(item.text, item.why) for item in capture.leftovers] == [
        ("area, x", "keys that are not used")
    ]


def test_every_line_without_an_abstract_is_told_with_all_else():
    with pytest.raises(ProblemsFound) as caught:
        jsonl.read(text({"title": "A"}, {"title": 1}, {"title": "C", "abstract": ""}), path="c")
    assert str(caught.value).splitlines() == [
        "c:1: abstract: missing; every paper's file needs its abstract",
        'c:2: title: a number where text is expected; put it in quotes: "title": "..."',
        "c:3: abstract: missing; every paper's file needs its abstract",
    ]
