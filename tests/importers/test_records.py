"""JSON Lines are read strictly, every bad line is told, and the rest is kept apart from it."""

import datetime
import json

import pytest

from builder.content.paper import Link
from builder.importers import records
from builder.importers.records import Record


def read(*lines: object) -> records.Records:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return records.read(text, path="f.jsonl")


def one(**values: object) -> Record:
    found = read({"title": "Flight", **values})
    assert found.problems == ()
    return found.records[0]


def told(line: object) -> list[str]:
    found = read(line)
    assert found.records == ()
    return [str(problem) for problem in found.problems]


def test_every_key_is_read():
    assert one(
        abstract="We fly.",
        authors=["Ada Example", "Bo  Sample"],
        author_count=3,
        organization="Lab",
        date="2025-03-06",
        arxiv="2503.01234",
        doi="10.1000/182",
        venue="ICLR",
        year=2025,
        url="https://a.org/x",
        links=[{"kind": "video", "url": "https://b.org/"}, "https://github.com/a/b"],
        tags=["theory", "theory"],
    ) == Record(
        line=1,
        title="Flight",
        abstract="We fly.",
        authors=("Ada Example", "Bo Sample"),
        author_count=3,
        organization="Lab",
        date=datetime.date(2025, 3, 6),
        arxiv="2503.01234",
        doi="10.1000/182",
        venue="ICLR 2025",
        links=(
            Link(kind="project", url="https://a.org/x"),
            Link(kind="video", url="https://b.org/"),
            Link(kind="code", url="https://github.com/a/b"),
        ),
        tags=("theory",),
    )


def test_null_and_empty_are_absent():
    nothing = {key: None for key in records.KEYS if key != "title"}
    assert one(**nothing) == one() == one(abstract=" ", venue="", url="", arxiv="")


def test_empty_lines_are_none():
    found = read({"title": "A"}, "", {"title": "B"}, "")
    assert [(record.line, record.title) for record in found.records] == [(1, "A"), (3, "B")]


def test_windows_line_ends_are_no_part_of_a_record():
    found = records.read('{"title": "A"}\r\n{"title": "B"}\r\n', path="f")
    assert [record.title for record in found.records] == ["A", "B"]


def test_keys_that_are_not_used_are_named_once():
    found = read({"title": "A", "area": 1, "keywords": []}, {"title": "B", "area": 2})
    assert found.unused == ("area", "keywords")


@pytest.mark.parametrize(
    ("venue", "year", "kept"),
    [
        ("ICLR", 2025, "ICLR 2025"),
        ("ICLR 2024", 2025, "ICLR 2024"),
        ("ICLR", None, "ICLR"),
        (None, 2025, None),
        ("Room 12025", 2025, "Room 12025 2025"),
    ],
)
def test_a_venue_gets_the_year_that_it_lacks(venue, year, kept):
    assert one(venue=venue, year=year).venue == kept


@pytest.mark.parametrize(
    ("url", "arxiv", "doi", "links"),
    [
        ("https://arxiv.org/abs/2503.01234v2", "2503.01234", None, 0),
        ("http://www.arxiv.org/pdf/math/0309285.pdf", "math/0309285", None, 0),
        ("https://arxiv.org/list/cs.LG", None, None, 1),
        ("https://doi.org/10.1000/182", None, "10.1000/182", 0),
        ("https://a.org/x.pdf", None, None, 1),
    ],
)
def test_an_address_that_holds_an_id_becomes_it(url, arxiv, doi, links):
    record = one(url=url)
    assert (record.arxiv, record.doi, len(record.links)) == (arxiv, doi, links)


def test_an_id_that_is_given_is_not_replaced_by_the_address():
    assert one(arxiv="2503.01234", url="https://arxiv.org/abs/2401.00001").arxiv == "2503.01234"


def test_an_author_who_stands_there_twice_is_one():
    assert one(authors=["Ada Example", "Bo Sample", "Ada  Example"]).authors == (
        "Ada Example",
        "Bo Sample",
    )


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        (
            "{title: 1}",
            ["f.jsonl:1: no JSON: Expecting property name enclosed in double quotes at column 2; "
             "write one whole JSON object a line"],
        ),
        (
            '{"title": "A"',
            ["f.jsonl:1: no JSON: Expecting ',' delimiter at column 14; "
             "write one whole JSON object a line"],
        ),
        ("[1]", ['f.jsonl:1: a list where an object is expected; write {"title": "...", ...}']),
        ("null", ['f.jsonl:1: nothing where an object is expected; write {"title": "...", ...}']),
        ({}, ["f.jsonl:1: title: missing; every record needs its title"]),
        ({"title": " "}, ["f.jsonl:1: title: missing; every record needs its title"]),
        (
            {"title": "?!"},
            ["f.jsonl:1: title: no letter or digit in it; every record needs its title"],
        ),
        (
            {"title": 7},
            ['f.jsonl:1: title: a number where text is expected; put it in quotes: "title": "..."'],
        ),
        (
            {"title": "A", "arxiv": 2503.01230},
            ['f.jsonl:1: arxiv: a number where text is expected; put it in quotes: "arxiv": "..."'],
        ),
        (
            {"title": "A", "arxiv": "2503.01234v2"},
            ['f.jsonl:1: arxiv: "2503.01234v2" is not a bare arXiv id; write arxiv: "2503.01234"'],
        ),
        (
            {"title": "A", "doi": "x"},
            ['f.jsonl:1: doi: "x" is no DOI; a DOI looks like "10.1000/182"'],
        ),
        (
            {"title": "A", "date": "March"},
            ['f.jsonl:1: date: "March" is no day; write it as YYYY-MM-DD'],
        ),
        (
            {"title": "A", "date": "2025-02-30"},
            ['f.jsonl:1: date: "2025-02-30" is no day; write it as YYYY-MM-DD'],
        ),
        (
            {"title": "A", "year": "2025"},
            ["f.jsonl:1: year: text where a whole number is expected; "
             'write it in digits: "year": 1000'],
        ),
        (
            {"title": "A", "year": True},
            ["f.jsonl:1: year: a yes-or-no value where a whole number is expected; "
             'write it in digits: "year": 1000'],
        ),
        (
            {"title": "A", "year": 20},
            ["f.jsonl:1: year: 20 is not between 1000 and 2999; correct it"],
        ),
        (
            {"title": "A", "authors": "Ada, Bo"},
            ['f.jsonl:1: authors: text where a list is expected; write "authors": ["...", "..."]'],
        ),
        (
            {"title": "A", "authors": ["Ada", {"name": "Bo"}]},
            ["f.jsonl:1: authors[1]: an object where a name is expected; write names"],
        ),
        (
            {"title": "A", "authors": ["Ada", "et al."]},
            ['f.jsonl:1: authors[1]: "et al." is no name; name all authors, or none'],
        ),
        (
            {"title": "A", "authors": ["Ada", "Bo"], "author_count": 1},
            ["f.jsonl:1: author_count: 1 is less than the 2 authors named; "
             "correct the number, or remove it"],
        ),
        (
            {"title": "A", "url": "javascript:alert(1)"},
            ['f.jsonl:1: url: "javascript:alert(1)" is no http or https address; '
             'write a full address such as "https://example.org/page"'],
        ),
        (
            {"title": "A", "links": [{"kind": "cod", "url": "https://a.org"}]},
            ['f.jsonl:1: links[0]: "cod" is no kind of link; did you mean "code"?'],
        ),
        (
            {"title": "A", "links": [7]},
            ["f.jsonl:1: links[0]: a number where a link is expected; "
             'write {"kind": "code", "url": "https://..."}'],
        ),
        (
            {"title": "A", "tags": [1]},
            ["f.jsonl:1: tags[0]: a number where a tag is expected; use tags.yml's ids"],
        ),
        (
            '{"title": "A", "title": "B"}',
            ["f.jsonl:1: title: the key stands here a second time; keep one of the two"],
        ),
    ],
)  # fmt: skip
def test_a_bad_line_is_told_with_what_to_do(line, problems):
    assert told(line) == problems


def test_a_nest_of_brackets_is_no_json():
    assert "no JSON" in told("[" * 100_000)[0]


def test_a_number_too_long_to_read_is_told():
    assert "no JSON" in told('{"title": "A", "year": ' + "9" * 5000 + "}")[0]


def test_half_a_character_is_replaced():
    assert read('{"title": "A\\ud800"}').records[0].title == "A\ufffd"


def test_the_other_lines_are_read_all_the_same():
    found = read("{", {"title": "B"}, {"title": 1})
    assert [record.line for record in found.records] == [2]
    assert [problem.line for problem in found.problems] == [1, 3]


def test_a_file_without_any_record_is_told():
    assert [str(problem) for problem in read("", " ").problems] == [
        "f.jsonl:1: there is no record in this file; "
        'write one JSON object a line, such as {"title": "...", "abstract": "..."}'
    ]
