"""papershelf export: the list, or a part of it, in another format."""

import csv
import io
import json

import pybtex.database
import pytest

from builder.exports.formats import FORMATS

NAMES = [item.name for item in FORMATS]


def test_the_formats_are_those_that_are_promised():
    assert NAMES == ["bibtex", "ris", "csl", "csv", "json", "markdown"]


@pytest.mark.parametrize("name", NAMES)
def test_every_format_is_written_to_standard_output_or_to_a_file(
    papershelf, content, tmp_path, name
):
    shown = papershelf("export", name)
    assert shown.exit_code == 0
    assert "Half a Loaf" in shown.stdout
    done = papershelf("export", name, "--out", "list.txt")
    assert (done.exit_code, done.output) == (0, "")
    assert (tmp_path / "list.txt").read_text(encoding="utf-8") == shown.stdout


@pytest.mark.parametrize("name", NAMES)
def test_every_format_can_be_of_a_part_of_the_list(papershelf, content, name):
    shown = papershelf("export", name, "--collection", "less-is-more", "--tag", "quantization")
    assert shown.exit_code == 0
    assert "Quarter Bits" in shown.stdout
    assert "Half a Loaf: Sparse Updates" not in shown.stdout.split('"related"')[0]


def test_a_part_keeps_its_order_and_the_keys_of_the_whole(papershelf, content):
    whole = pybtex.database.parse_string(papershelf("export", "bibtex").stdout, "bibtex")
    part = papershelf("export", "bibtex", "--collection", "less-is-more").stdout
    keys = list(pybtex.database.parse_string(part, "bibtex").entries)
    assert [key.rpartition("-")[0] for key in keys] == [
        "instance2003ell", "example2025half", "specimen2025sieve", "sample2022quarter",
        "pattern2023survey",
    ]  # fmt: skip
    assert set(keys) <= set(whole.entries)


def test_rows_items_and_papers_are_as_many_as_the_edition_lists(papershelf, content):
    edition = ("--edition", "daily-papers-2025-03-17")
    catalogue = json.loads(papershelf("export", "json", *edition).stdout)
    rows = list(csv.DictReader(io.StringIO(papershelf("export", "csv", *edition).stdout)))
    items = json.loads(papershelf("export", "csl", *edition).stdout)
    slugs = [paper["slug"] for paper in catalogue["papers"]]
    assert [row["slug"] for row in rows] == slugs
    assert len(items) == len(slugs) == catalogue["count"] > 1


@pytest.mark.parametrize(
    ("option", "message"),
    [
        (("--tag", "sparsty"), 'there is no tag "sparsty"; did you mean "sparsity"?'),
        (("--edition", "xyzzy"), 'there is no edition "xyzzy"'),
        (("--collection", "xyzzy"), 'there is no collection "xyzzy"'),
    ],
)
def test_an_unknown_part_is_one_clear_line(papershelf, content, option, message):
    shown = papershelf("export", "csv", *option, "--out", "list.csv")
    assert (shown.exit_code, shown.stdout) == (1, "")
    assert shown.stderr == f"papershelf: {message}\n"
    assert not (content.parent / "list.csv").exists()


def test_broken_content_is_told_and_nothing_is_written(papershelf, content, tmp_path):
    (content / "papers/do-robots-fold-paper.md").write_text("no front matter\n")
    shown = papershelf("export", "bibtex", "--out", "list.bib")
    assert shown.exit_code == 1
    assert shown.stderr.startswith("content/papers/do-robots-fold-paper.md:1: no front matter; ")
    assert not (tmp_path / "list.bib").exists()
