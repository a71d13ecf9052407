"""A paper's file says what it says, and is written as it is read."""

import datetime

import pytest
from hypothesis import given

from builder.content import paper
from builder.content.paper import Link, Paper
from tests.content.strategies import PAPERS

FULL = "half-a-loaf-sparse-updates-for-large-models"


def test_every_field_of_a_file_is_read(small):
    assert small.papers[FULL] == Paper(
        slug=FULL,
        title="Half a Loaf: Sparse Updates for Large Models",
        authors=("Ada Example", "Bo Sample"),
        author_count=2,
        organization="Example Lab",
        date=datetime.date(2025, 3, 6),
        arxiv="2503.99901",
        doi="10.0000/half-a-loaf",
        venue="ICLR 2025",
        links=(
            Link(kind="code", url="https://github.com/example/half-a-loaf"),
            Link(kind="project", url="https://half-a-loaf.example.org/"),
        ),
        summary="Updates one weight in a thousand and loses almost nothing; "
        "for anyone who fine-tunes on one machine.",
        tags=("sparsity", "theory"),
        related=("sieve-7-learning-what-to-forget",),
        pick=True,
        abstract=small.papers[FULL].abstract,
        notes="Read this **before** Sieve-7: the proof is the same, and shorter here.",
    )
    assert small.papers[FULL].abstract.startswith("Large models change little")
    assert small.papers[FULL].abstract.endswith("- it works with *any* optimizer.")


def test_what_a_file_does_not_say_is_absent(small):
    assert small.papers["do-robots-fold-paper"] == Paper(
        slug="do-robots-fold-paper", title="Do Robots Fold Paper?", abstract="No."
    )


def test_no_tags_is_another_word_than_no_word_on_tags(small):
    assert small.papers["do-robots-fold-paper"].tags is None
    silent = "uberholen-ohne-einzuholen-overtaking-in-curriculum-learning"
    assert small.papers[silent].tags == ()


@given(PAPERS)
def test_what_is_written_is_read_back(item):
    assert paper.parse(paper.dump(item), path="papers/a-paper.md") == item


@given(PAPERS)
def test_windows_line_ends_read_the_same(item):
    text = paper.dump(item).replace("\n", "\r\n")
    assert paper.parse(text, path="papers/a-paper.md") == item


def parsed(header: str, body: str = "An abstract.\n") -> Paper:
    return paper.parse(f'---\ntitle: "T"\n{header}---\n{body}', path="papers/a-paper.md")


@pytest.mark.parametrize(
    ("header", "year"),
    [
        ('date: 2024-12-31\narxiv: "2501.01234"\nvenue: ICLR 2026\n', 2024),
        ('arxiv: "2501.01234"\nvenue: ICLR 2026\n', 2025),
        ('arxiv: "math/9901001"\n', 1999),
        ("venue: ICLR 2026\n", 2026),
        ('venue: "Proceedings of 2019, 24(2), 2021"\n', 2021),
        ("venue: Workshop 12345\n", None),
        ("venue: TACL\n", None),
        ("", None),
    ],
)
def test_the_year_is_told_by_the_first_fact_that_knows_it(header, year):
    assert parsed(header).year == year


def test_code_is_a_link_of_its_kind():
    assert parsed('links: [{kind: code, url: "https://example.org"}]\n').has_code
    assert not parsed('links: [{kind: data, url: "https://example.org"}]\n').has_code


@pytest.mark.parametrize("heading", ["## Notes", "##  Notes ##", "## Notes  "])
def test_notes_begin_at_their_heading(heading):
    item = parsed("", f"Above.\n\n{heading}\n\nBelow.\n\n### More\n")
    assert (item.abstract, item.notes) == ("Above.", "Below.\n\n### More")


@pytest.mark.parametrize(
    "line", ["### Notes", "## Notes on it", "\\## Notes", " ## Notes", "Notes"]
)
def test_other_lines_are_a_part_of_the_abstract(line):
    assert parsed("", f"Above.\n\n{line}\n\nBelow.").notes is None


def test_an_empty_heading_for_notes_is_no_note():
    assert parsed("", "Above.\n\n## Notes\n").notes is None


def test_the_lines_of_everything_are_known():
    item = parsed('tags:\n  - one\n  - two\nlinks:\n  - kind: code\n    url: "https://a.org"\n',
                  "\n\nAbove.\n\n## Notes\nBelow.\n")  # fmt: skip
    lines = item.source.lines
    assert (lines["title"], lines["tags"], lines["tags[1]"]) == (2, 3, 5)
    assert (lines["links[0].kind"], lines["links[0].url"]) == (7, 8)
    assert (lines["abstract"], lines["notes"]) == (12, 15)


def test_a_problem_stands_at_the_line_of_its_part():
    source = parsed("tags: [one, two]\n").source
    assert (
        str(source.problem("tags[1]", "wrong", "do")) == "papers/a-paper.md:3: tags[1]: wrong; do"
    )
    assert source.problem("nowhere", "wrong").line == 1


def test_the_name_of_the_file_is_the_slug():
    assert parsed("").slug == "a-paper"
