import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest

from builder import library
from builder.analysis import analyse
from builder.exports import catalogue as module
from builder.exports.catalogue import catalogue, shards
from builder.exports.schema import schema
from builder.library import Library
from tests.exports.conftest import SITE
from tests.projects import ROOT

LOAF = "half-a-loaf-sparse-updates-for-large-models"


@pytest.fixture(scope="module")
def validator():
    return validator_for(schema(SITE))


def validator_for(text):
    made = json.loads(text)
    jsonschema.Draft202012Validator.check_schema(made)
    return jsonschema.Draft202012Validator(
        made, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )


def test_the_catalogue_holds_every_paper_and_says_its_version(small, analysis):
    made = json.loads(catalogue(small, analysis))
    assert list(made) == ["generated_by", "version", "count", "papers"]
    assert made["version"] == "1.0"
    assert made["count"] == len(small.papers)
    assert [paper["slug"] for paper in made["papers"]] == sorted(small.papers)


def test_facts_stand_as_the_file_has_them_and_absent_ones_are_null(small, analysis):
    papers = {p["slug"]: p for p in json.loads(catalogue(small, analysis))["papers"]}
    loaf = papers[LOAF]
    assert loaf["url"] == f"/papers/{LOAF}/"
    assert loaf["authors"] == ["Ada Example", "Bo Sample"]
    assert (loaf["date"], loaf["arxiv"], loaf["venue"]) == ("2025-03-06", "2503.99901", "ICLR 2025")
    assert loaf["links"][0] == {"kind": "code", "url": "https://github.com/example/half-a-loaf"}
    assert loaf["tags"][0] == {"id": "sparsity", "by": "curator", "why": ""}
    robots = papers["do-robots-fold-paper"]
    for name in ("author_count", "organization", "date", "arxiv", "doi", "venue", "summary"):
        assert robots[name] is None, name
    assert robots["authors"] == robots["links"] == []


def test_a_part_of_the_list_keeps_its_order(small, analysis):
    slugs = (LOAF, "do-robots-fold-paper")
    made = json.loads(catalogue(small, analysis, slugs))
    assert [paper["slug"] for paper in made["papers"]] == list(slugs)
    assert made["count"] == 2


def test_the_catalogue_is_as_its_schema_says(small, analysis, validator):
    validator.validate(json.loads(catalogue(small, analysis)))


def test_the_real_catalogue_is_as_its_schema_says(validator):
    loaded = library.load(ROOT / "content")
    made = json.loads(catalogue(loaded, analyse(loaded)))
    validator.validate(made)
    assert made["count"] == len(loaded.papers)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("slug", "Not A Slug"),
        ("url", "https://example.org/papers/x/"),
        ("title", ""),
        ("authors", "Ada Example"),
        ("author_count", 0),
        ("date", "2025-3-6"),
        ("date", "2025-02-30"),
        ("arxiv", 2503.01234),
        ("links", [{"kind": "paper", "url": "https://example.org/"}]),
        ("tags", [{"id": "sparsity", "by": "me", "why": ""}]),
        ("related", [{"slug": "a-b", "reason": "", "score": 2}]),
        ("editions", [{"id": "a-b", "date": None, "comments": -1}]),
    ],
)
def test_the_schema_refuses_what_is_wrong(small, analysis, validator, field, value):
    made = json.loads(catalogue(small, analysis, [LOAF]))
    made["papers"][0][field] = value
    assert not validator.is_valid(made)


def test_the_schema_asks_for_every_field_and_lets_new_ones_in(small, analysis, validator):
    made = json.loads(catalogue(small, analysis, [LOAF]))
    made["papers"][0]["mood"] = "calm"
    made["mood"] = "calm"
    assert validator.is_valid(made)
    for name in list(made["papers"][0]):
        less = json.loads(catalogue(small, analysis, [LOAF]))
        if name in less["papers"][0]:
            del less["papers"][0][name]
            assert not validator.is_valid(less), name


def test_the_schema_names_itself_where_the_site_has_an_address():
    assert json.loads(schema(SITE))["$id"] == "https://example.org/list/api/papers.schema.json"
    assert "$id" not in json.loads(schema(dataclasses.replace(SITE, url="")))


def test_a_short_list_has_no_shards(small, analysis):
    assert shards(small, analysis) == {}


def test_a_long_list_is_there_by_year_as_well(small, analysis, monkeypatch, validator):
    monkeypatch.setattr(module, "SHARDS_FROM", len(small.papers))
    files = shards(small, analysis)
    index = json.loads(files["api/papers/index.json"])
    assert index["version"] == "1.0"
    assert index["count"] == sum(shard["count"] for shard in index["shards"]) == len(small.papers)
    found = []
    for shard in index["shards"]:
        made = json.loads(files[shard["url"].lstrip("/")])
        validator.validate(made)
        assert made["count"] == shard["count"]
        assert {small.papers[p["slug"]].year for p in made["papers"]} == {shard["year"]}
        found += [paper["slug"] for paper in made["papers"]]
    assert sorted(found) == sorted(small.papers)
    assert len(files) == len(index["shards"]) + 1
    years = [shard["year"] for shard in index["shards"]]
    assert years[0] is None and years[1:] == sorted(years[1:], reverse=True)


def test_an_empty_list_is_a_catalogue_too(validator):
    empty = Library(root=Path("content"), papers={})
    made = json.loads(catalogue(empty, analyse(empty)))
    validator.validate(made)
    assert (made["count"], made["papers"]) == (0, [])
