import json
from dataclasses import replace

import pytest

from builder.library import Library
from builder.pages import health
from builder.pages.health import health_view
from builder.pages.shape import Shaper
from builder.pages.views import Gap, HealthView
from tests.pages.conftest import (
    CRANE,
    LANTERN,
    LOAF,
    MARKUP,
    QUARTER,
    ROBOTS,
    SIEVE,
    STORMS,
    blank,
)

OVERTAKING = "uberholen-ohne-einzuholen-overtaking-in-curriculum-learning"
GARDENS = "a-survey-of-small-gardens-compact-models-on-devices"
ELL = "ell-0-is-enough-counting-weights-instead-of-norms"


@pytest.fixture
def view(shaper: Shaper) -> HealthView:
    return health_view(shaper)


def gap(view: HealthView, key: str) -> Gap:
    (found,) = (gap for group in view.groups for gap in group.gaps if gap.id == key)
    return found


def notes(gap: Gap) -> dict[str, str]:
    """Slug -> what is known instead."""
    return {item.path.removeprefix("papers/").removesuffix(".md"): item.note for item in gap.items}


def test_a_missing_day_says_whether_the_year_is_known(view: HealthView) -> None:
    assert notes(gap(view, "date")) == {
        QUARTER: "year known: 2022",
        ELL: "year known: 2003",
        ROBOTS: "",
    }


def test_authors_are_missing_where_none_or_not_all_are_named(small: Library) -> None:
    some = replace(small.papers[LOAF], author_count=7)
    library = replace(small, papers={**small.papers, LOAF: some})
    view = health_view(Shaper(library, blank(library)))
    assert notes(gap(view, "authors")) == {
        LOAF: "2 of 7 named",
        STORMS: "4 authors, none named",
        ROBOTS: "",
    }


def test_a_paper_without_an_arxiv_id_says_its_doi(small: Library) -> None:
    other = replace(small.papers[LOAF], arxiv=None)
    library = replace(small, papers={**small.papers, LOAF: other})
    found = notes(gap(health_view(Shaper(library, blank(library))), "arxiv"))
    assert found == {
        LOAF: "DOI 10.0000/half-a-loaf",
        STORMS: "",
        GARDENS: "",
        QUARTER: "",
        ROBOTS: "",
    }


def test_topics_are_missing_or_only_suggested_but_never_both(view: HealthView) -> None:
    assert notes(gap(view, "suggested")) == {STORMS: "Translation"}
    assert set(notes(gap(view, "untagged"))) == {MARKUP, OVERTAKING, ROBOTS}


def test_venues_summaries_and_editions_are_counted(view: HealthView, small: Library) -> None:
    assert set(notes(gap(view, "venue"))) == {
        slug for slug, paper in small.papers.items() if not paper.venue
    }
    assert set(notes(gap(view, "summary"))) == set(small.papers) - {LOAF, LANTERN}
    assert set(notes(gap(view, "unlisted"))) == {GARDENS}


def test_a_gap_counts_what_is_missing_and_the_share_that_is_there(view: HealthView) -> None:
    date = gap(view, "date")
    assert (date.missing, date.total, date.share) == (3, 12, 0.75)
    assert date.line == "date: 2025-03-06"


def test_items_lead_to_the_page_and_name_the_file_newest_first(view: HealthView) -> None:
    first = gap(view, "venue").items[0]
    assert (first.title, first.url, first.path) == (
        "PaperCrane: Folding Policies from One Demonstration",
        f"papers/{CRANE}/",
        f"papers/{CRANE}.md",
    )
    assert gap(view, "venue").items[1].url == f"papers/{SIEVE}/"


def test_long_lists_are_cut_and_say_how_many_more_there_are(
    shaper: Shaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "MOST_LISTED", 2)
    cut = gap(health_view(shaper), "summary")
    assert (cut.missing, len(cut.items), cut.more) == (10, 2, 8)


def test_editions_lack_a_date_or_a_year_that_was_printed(view: HealthView) -> None:
    assert [item.path for item in gap(view, "undated").items] == [
        "editions/daily-papers-undated.yml"
    ]
    assert [item.title for item in gap(view, "inferred").items] == ["Daily Papers, March 17, 2025"]
    # Of the three the undated one has no year that could be inferred.
    assert gap(view, "inferred").total == 2


def test_topics_without_a_paper_are_named(view: HealthView, shaper: Shaper) -> None:
    unused = [row.name for row in shaper.tag_rows.values() if not row.papers]
    assert [item.title for item in gap(view, "unused").items] == unused


def test_a_paper_is_complete_with_all_that_every_paper_can_have(
    view: HealthView, small: Library
) -> None:
    # Of an arXiv id and a DOI one is enough, and no venue is asked for.
    assert (view.complete, view.papers) == (2, 12)
    crane = replace(small.papers[CRANE], summary="Folds a crane from one demonstration.")
    library = replace(small, papers={**small.papers, CRANE: crane})
    assert health_view(Shaper(library, blank(library))).complete == 3


def test_what_is_complete_is_named_alone(small: Library) -> None:
    library = replace(small, papers={LOAF: small.papers[LOAF]}, editions={}, collections={})
    (papers, vocabulary) = health_view(Shaper(library, blank(library))).groups
    assert [gap.missing for gap in papers.gaps if gap.id != "unlisted"] == [0] * 7
    assert papers.complete == tuple(gap.name for gap in papers.gaps if gap.id != "unlisted")
    assert vocabulary.id == "vocabulary"


def test_the_page_says_how_to_help_where_such_a_page_is_written(
    small: Library, view: HealthView, tmp_path
) -> None:
    assert view.contribute
    library = replace(small, root=tmp_path)
    assert not health_view(Shaper(library, blank(library))).contribute


def test_the_examples_of_lines_are_read_as_they_are_meant(view: HealthView) -> None:
    from builder.content import paper

    lines = [gap.line for gap in view.groups[0].gaps if gap.line]
    text = "---\ntitle: A\n" + "\n".join(sorted(set(lines))) + "\n---\nAn abstract.\n"
    read = paper.parse(text, path="papers/a.md")
    assert json.dumps(read.arxiv) == '"2503.01230"'
    assert read.summary and read.venue and read.date and len(read.authors) == 2
