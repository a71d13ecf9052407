import csv
import io

from builder.exports.tables import COLUMNS, table

LOAF = "half-a-loaf-sparse-updates-for-large-models"
MARKUP = "what-b-not-b-to-escape-markup-quotes-in-prompts"
ROBOTS = "do-robots-fold-paper"


def rows(small, analysis, *slugs):
    return list(csv.DictReader(io.StringIO(table(small, analysis, slugs))))


def test_a_row_says_what_the_file_says(small, analysis):
    row = rows(small, analysis, LOAF)[0]
    assert tuple(row) == COLUMNS
    assert row["title"] == "Half a Loaf: Sparse Updates for Large Models"
    assert row["authors"] == "Ada Example; Bo Sample"
    assert (row["date"], row["year"], row["pick"]) == ("2025-03-06", "2025", "yes")
    assert row["pdf"] == "https://arxiv.org/pdf/2503.99901"
    assert row["code"] == "https://github.com/example/half-a-loaf"
    assert row["tags"].split("; ")[:2] == ["sparsity", "theory"]


def test_quotes_commas_and_signs_survive(small, analysis):
    row = rows(small, analysis, MARKUP)[0]
    assert row["title"] == 'What <b>Not</b> to Escape: Markup & "Quotes" in Prompts'
    assert row["authors"] == "O'Neil & Daughters: Collective; [Anonymous]"


def test_what_is_not_known_is_empty(small, analysis):
    row = rows(small, analysis, ROBOTS)[0]
    for name in ("authors", "author_count", "date", "year", "venue", "arxiv", "pdf", "pick"):
        assert row[name] == "", name


def test_rows_come_in_the_order_given(small, analysis):
    assert [row["slug"] for row in rows(small, analysis, ROBOTS, LOAF)] == [ROBOTS, LOAF]
    assert table(small, analysis, []).splitlines() == [",".join(COLUMNS)]
