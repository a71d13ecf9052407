"""From captures to new files: what is new, what is known, and what a person should know."""

import datetime
from pathlib import Path

import pytest

from builder.content import edition, paper
from builder.content.edition import Listing
from builder.importers.daily_papers import SERIES
from builder.importers.entries import Capture, Entry, Leftover
from builder.importers.plan import Plan, plan
from builder.library import Library
from builder.problems import ProblemsFound

EMPTY = Library(root=Path("content"), papers={})
HALF = "Half a Loaf: Sparse Updates for Large Models"
TEXT = "We fold paper until it flies."


def entry(title: str, line: int = 1, abstract: str = TEXT, **facts) -> Entry:
    return Entry(line=line, title=title, abstract=abstract, **facts)


def listing(*entries: Entry, path: str = "c.txt", day=(3, 17), **more) -> Capture:
    return Capture(path=path, entries=entries, series=SERIES, day=day, day_line=9, **more)


def catalogue(*entries: Entry) -> Capture:
    return Capture(path="c.jsonl", entries=entries)


def names(made: Plan) -> list[str]:
    return [path.as_posix() for path in made.files]


def notes(made: Plan) -> list[str]:
    return [str(note) for note in made.notes]


DATED = entry("Dated", date=datetime.date(2025, 3, 1))


def test_new_papers_come_before_the_edition_that_lists_them():
    made = plan([listing(DATED, entry("Flight"))], EMPTY)
    assert names(made) == [
        "content/papers/dated.md",
        "content/papers/flight.md",
        "content/editions/daily-papers-2025-03-17.yml",
    ]
    text = made.files[Path("content/editions/daily-papers-2025-03-17.yml")]
    item = edition.parse(text, path="editions/daily-papers-2025-03-17.yml")
    assert (item.title, item.source) == ("Daily Papers", "huggingface-daily-papers")
    assert (item.date, item.date_inferred) == (datetime.date(2025, 3, 17), True)
    assert item.papers == (Listing(paper="dated"), Listing(paper="flight"))
    assert notes(made) == []


def test_a_paper_of_the_library_is_left_as_it_is(small):
    made = plan([listing(entry(HALF.upper()), entry("Flight"))], small)
    assert [path.name for path in made.files] == ["flight.md", "daily-papers-2025-03-17-2.yml"]
    (summary,) = made.summaries
    assert (summary.entries, summary.new, summary.known, summary.listed) == (2, 1, 1, 2)


def test_several_listings_know_a_paper_together():
    first = listing(entry("Flight"), DATED)
    second = listing(
        entry("FLIGHT", date=datetime.date(2025, 6, 1), organization="Lab", comments=4),
        path="d.txt",
        day=(7, 1),
    )
    made = plan([first, second], EMPTY)
    flight = paper.parse(made.files[Path("content/papers/flight.md")], path="papers/flight.md")
    assert (flight.title, flight.date) == ("Flight", datetime.date(2025, 6, 1))
    assert flight.organization == "Lab"
    assert [(item.new, item.known) for item in made.summaries] == [(2, 0), (0, 1)]
    # The later date also moves the first listing, which cannot precede its paper.
    assert made.summaries[0].edition == "daily-papers-2026-03-17"


def test_a_paper_listed_twice_keeps_its_first_place_and_is_told():
    made = plan([listing(DATED, entry("Flight", 11, comments=1), entry("flight!", 15))], EMPTY)
    assert notes(made) == [
        'c.txt:15: "flight!" is listed a second time (first in line 11); the first place is kept'
    ]
    (summary,) = made.summaries
    assert (summary.new, summary.known, summary.repeated, summary.listed) == (2, 0, 1, 2)


def test_other_titles_with_the_same_slug_get_numbers():
    stem = "A Title That Goes on and on over More than Eighty Signs to Tell Papers Apart Even So "
    made = plan(
        [catalogue(*(entry(stem + word, abstract=word) for word in ("a", "b", "c")))], EMPTY
    )
    slug = "a-title-that-goes-on-and-on-over-more-than-eighty-signs-to-tell-papers-apart"
    assert [path.stem for path in made.files] == [slug, f"{slug}-2", f"{slug}-3"]


def test_leftovers_are_told_with_their_lines():
    left = Leftover(line=4, text="x" * 100, why="not understood")
    made = plan([listing(DATED, leftovers=(left,))], EMPTY)
    assert notes(made) == [f'c.txt:4: left over (not understood): "{"x" * 79}…"']


# ---------------------------------------------------------------- editions


def test_the_same_listing_is_the_same_edition_whatever_its_date(small):
    known = [
        entry("PaperCrane: Folding Policies from One Demonstration"),
        entry(HALF),
        entry("Sieve-7: Learning What to Forget"),
        entry("Storms in a Teacup: Translation with Ten Sentences"),
        entry("Do Robots Fold Paper?"),
    ]
    made = plan([listing(*known, day=(5, 5))], small)
    assert names(made) == []
    assert made.summaries[0].edition == "daily-papers-2025-03-17"
    assert not made.summaries[0].created
    other_order = plan([listing(*reversed(known))], small)
    assert [path.stem for path in other_order.files] == ["daily-papers-2025-03-17-2"]


def test_the_same_file_twice_is_one_edition():
    made = plan([listing(DATED), listing(DATED)], EMPTY)
    assert names(made)[1:] == ["content/editions/daily-papers-2025-03-17.yml"]
    assert [item.created for item in made.summaries] == [True, True]


def test_a_listing_without_a_day_is_undated(small):
    made = plan([listing(DATED, day=None)], small)
    text = made.files[small.root / "editions" / "daily-papers-undated-2.yml"]
    assert "date" not in text.replace("dated", "")


def test_the_earliest_year_that_no_dated_paper_contradicts_is_taken(small):
    made = plan([listing(entry("Sieve-7: Learning What to Forget"), day=(3, 10))], small)
    assert made.summaries[0].edition == "daily-papers-2026-03-10"
    assert made.summaries[0].inferred


def test_an_arxiv_id_tells_the_year_too(small):
    title = "$\\ell_0$ Is Enough: Counting Weights Instead of Norms"
    made = plan([listing(entry(title), day=(1, 2))], small)
    assert made.summaries[0].edition == "daily-papers-2003-01-02"


def test_a_day_without_any_dated_paper_asks_for_the_date():
    with pytest.raises(ProblemsFound) as caught:
        plan([listing(entry("Flight")), listing(entry("Fold"), path="d.txt")], EMPTY)
    assert str(caught.value).splitlines() == [
        f"{name}:9: date: the listing prints Mar 17 without a year, and no paper in it has a date "
        "to infer it from; import this file alone, with --date YYYY-MM-DD"
        for name in ("c.txt", "d.txt")
    ]


def test_a_date_that_is_given_is_no_inference():
    made = plan([listing(entry("Flight"))], EMPTY, date=datetime.date(2025, 3, 17))
    text = made.files[Path("content/editions/daily-papers-2025-03-17.yml")]
    assert "date: 2025-03-17\n" in text and "date_inferred" not in text
    assert notes(made) == []


def test_a_given_date_dates_a_listing_that_prints_none():
    made = plan([listing(entry("Flight"), day=None)], EMPTY, date=datetime.date(2025, 3, 17))
    assert made.summaries[0].edition == "daily-papers-2025-03-17"
    assert notes(made) == []


def test_a_given_date_that_fits_badly_is_taken_and_told():
    made = plan([listing(DATED)], EMPTY, date=datetime.date(2025, 2, 3))
    assert made.summaries[0].edition == "daily-papers-2025-02-03"
    assert notes(made) == [
        "c.txt:9: the listing prints Mar 17, you gave 2025-02-03",
        "c.txt:1: a paper in this listing is of 2025-03-01, later than 2025-02-03; "
        "is the date right?",
    ]


def test_a_given_date_changes_no_edition_that_is_there(small):
    made = plan(
        [listing(entry(HALF), entry('What <b>Not</b> to Escape: Markup & "Quotes" in Prompts'),
                 entry("$\\ell_0$ Is Enough: Counting Weights Instead of Norms"))],
        small,
        date=datetime.date(2025, 4, 1),
    )  # fmt: skip
    assert names(made) == []
    assert notes(made)[0].startswith(
        "c.txt:1: daily-papers-undated is this listing, with another date than 2025-04-01; correct"
    )


def test_an_id_that_has_moved_is_not_used_again(small):
    made = plan([listing(DATED)], small, date=datetime.date(2024, 3, 17))
    assert made.summaries[0].edition == "daily-papers-2024-03-17-2"


def test_a_catalogue_makes_no_edition():
    made = plan([catalogue(entry("Flight"))], EMPTY)
    assert names(made) == ["content/papers/flight.md"]
    assert made.summaries[0].edition is None


# ---------------------------------------------------------------- facts and problems


def test_what_a_known_paper_lacks_is_told_and_not_written(small):
    title = "Do Robots Fold Paper?"
    told = entry(title, 5, authors=("Ada", "Bo"), author_count=2, date=datetime.date(2025, 3, 1))
    made = plan([catalogue(told)], small)
    assert names(made) == []
    shown = small.papers["do-robots-fold-paper"].source.path
    assert notes(made) == [
        f'c.jsonl:5: do-robots-fold-paper has no authors, this listing has "Ada, Bo"; '
        f"add it to {shown}",
        f'c.jsonl:5: do-robots-fold-paper has no author_count, this listing has "2"; '
        f"add it to {shown}",
        f'c.jsonl:5: do-robots-fold-paper has no date, this listing has "2025-03-01"; '
        f"add it to {shown}",
    ]


def test_what_a_known_paper_says_itself_is_not_told(small):
    told = entry(HALF, date=datetime.date(2020, 1, 1), author_count=9, organization="Else")
    assert notes(plan([catalogue(told)], small)) == []


def test_an_unknown_tag_is_a_problem_of_its_line(small):
    with pytest.raises(ProblemsFound) as caught:
        plan([catalogue(entry("Flight", 7, tags=("sparcity",)))], small)
    assert str(caught.value) == (
        'c.jsonl:7: tags: there is no tag "sparcity"; did you mean "sparsity"?'
    )


def test_tags_are_taken_over(small):
    made = plan([catalogue(entry("Flight", tags=("theory",)))], small)
    assert "tags: [theory]\n" in made.files[small.root / "papers" / "flight.md"]


def test_an_entry_too_large_for_a_file_is_a_problem():
    with pytest.raises(ProblemsFound) as caught:
        plan([catalogue(entry("Flight", 3, abstract="x" * 1024 * 1024))], EMPTY)
    assert str(caught.value) == (
        "c.jsonl:3: no file can be made of this entry: it would have 1,048,601 bytes; "
        "correct the source"
    )


def test_nothing_is_planned_where_one_entry_is_wrong():
    with pytest.raises(ProblemsFound) as caught:
        plan([catalogue(entry("Flight"), entry("?!", 2), entry("Fold", 3, tags=("x",)))], EMPTY)
    assert [problem.line for problem in caught.value.problems] == [2, 3]


def test_the_same_captures_make_the_same_plan(small):
    captures = [listing(DATED, entry("Flight")), listing(entry("Fold"), DATED, path="d.txt")]
    assert plan(captures, small) == plan(captures, small)
