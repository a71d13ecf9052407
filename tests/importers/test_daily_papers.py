"""Daily Papers captures are understood in both forms; what is not is told, and never dropped."""

import datetime
from pathlib import Path

import pytest

from builder.content.paper import Link
from builder.importers import daily_papers
from builder.importers.entries import Capture
from builder.problems import ProblemsFound
from tests.conftest import DATA

HEAD = "new\n\nGet trending papers in your email inbox!\n\nSubscribe\n\nDaily Papers\n\n"
ABSTRACT = "We fold paper until it flies, and measure how far. It flies far."


def capture(name: str) -> Capture:
    path = DATA / "captures" / name
    return daily_papers.read(path.read_text(encoding="utf-8"), path=name)


def read(*paragraphs: str, head: str = HEAD) -> Capture:
    return daily_papers.read(head + "\n\n".join(paragraphs) + "\n", path="c.txt")


def leftovers(found: Capture) -> list[tuple[int, str, str]]:
    return [(item.line, item.text, item.why) for item in found.leftovers]


def test_titles_and_abstracts_take_turns():
    found = capture("titles-and-abstracts.txt")
    assert [(entry.line, entry.title) for entry in found.entries] == [
        (11, "PaperCrane: Folding Policies From One Demonstration"),
        (15, "A Kettle for Every Storm: Weather Models in Teacups"),
        (19, "HALF A LOAF – Sparse updates for large models"),
        (23, "How Long Is a Short Proof?"),
        (27, "a kettle for every storm: weather models in teacups"),
    ]
    assert found.leftovers == ()
    assert (found.day, found.day_line) == ((3, 17), 9)
    assert found.series == daily_papers.SERIES


def test_an_abstract_is_cleaned_and_gives_its_links():
    entry = capture("titles-and-abstracts.txt").entries[1]
    assert entry.abstract == (
        'We boil weather down to a teacup. Our "kettle" keeps 93.5% of the skill of the largest '
        "forecasts – at a millionth of their size – and was named after Schrödinger. It runs in "
        "mathcal{O}(n log n) time for kettles {bf 1}\\_n and W_V. Code is available at "
        "<https://github.com/example/kettle>."
    )
    assert entry.links == (Link(kind="code", url="https://github.com/example/kettle"),)


def test_facts_below_an_abstract_are_read():
    found = capture("with-facts.txt")
    facts = [
        (entry.author_count, entry.organization, entry.date, entry.comments)
        for entry in found.entries
    ]
    assert facts == [
        (3, None, datetime.date(2024, 10, 1), None),
        (None, "Lantern Institute for Light", datetime.date(2025, 12, 24), 12),
        (1, None, datetime.date(2024, 2, 29), 1),
    ]
    assert found.day == (1, 6)
    assert found.leftovers == ()


def test_a_listing_without_a_day_has_none():
    found = capture("undated.txt")
    assert (found.day, len(found.entries)) == (None, 2)


@pytest.mark.parametrize("name", ["titles-and-abstracts.txt", "with-facts.txt", "undated.txt"])
def test_windows_line_ends_read_the_same(name):
    text = (DATA / "captures" / name).read_text(encoding="utf-8")
    assert daily_papers.read(text.replace("\n", "\r\n"), path=name) == capture(name)


def test_facts_may_stand_in_one_line_or_apart():
    facts = ["• 2 authors · May 3, 2024 7", "• 2 authors\n\n·\n\nMay 3, 2024 7"]
    for form in facts:
        (entry,) = read("Flight", ABSTRACT, form).entries
        assert (entry.author_count, entry.comments) == (2, 7)
        assert entry.date == datetime.date(2024, 5, 3)


def test_an_organization_of_one_word_is_its_own_name():
    (entry,) = read("Flight", ABSTRACT, "Lanterns\n·\nMay 3, 2024").entries
    assert entry.organization == "Lanterns"


def test_a_paragraph_of_several_lines_is_one():
    (entry,) = read("A Title over\ntwo Lines", ABSTRACT.replace(" and", "\nand")).entries
    assert entry.title == "A Title over two Lines"
    assert entry.abstract == ABSTRACT


def test_a_short_abstract_is_one_too():
    found = read("Folding", "It folds.", "Flying?", "It flies well.")
    assert [(entry.title, entry.abstract) for entry in found.entries] == [
        ("Folding", "It folds."),
        ("Flying?", "It flies well."),
    ]


def test_a_title_that_is_a_question_and_a_statement_stays_a_title():
    title = "Is Folding Inevitable? Breaking the Crease by Accumulating Paper"
    assert [entry.title for entry in read(title, ABSTRACT, title + "!", ABSTRACT).entries] == [
        title,
        title + "!",
    ]


def test_strange_navigation_is_left_over_with_its_lines():
    found = read("Enterprise", "Pricing", "Flight", ABSTRACT + " " + ABSTRACT * 4)
    assert [entry.title for entry in found.entries] == ["Flight"]
    assert leftovers(found) == [
        (9, "Enterprise", "not understood"),
        (11, "Pricing", "not understood"),
    ]


def test_a_title_without_an_abstract_is_left_over():
    long = ABSTRACT + " " + ABSTRACT * 4
    found = read("Flight", long, "Lost", "Fold", long)
    assert [entry.title for entry in found.entries] == ["Flight", "Fold"]
    assert leftovers(found) == [(13, "Lost", "no abstract below it")]


def test_a_second_paragraph_of_an_abstract_is_left_over_and_not_taken_for_a_title():
    long = ABSTRACT + " " + ABSTRACT * 4
    found = read("Flight", long, long, "Fold", long)
    assert [entry.title for entry in found.entries] == ["Flight", "Fold"]
    assert leftovers(found) == [(13, long, "a paragraph without a title above it")]


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ("• 2 authors\n·\nFeb 30, 2024", "there is no day Feb 30, 2024"),
        ("• 2 authors\n·\nMay 3, 0000", "there is no day May 3, 0000"),
    ],
)
def test_facts_with_a_day_that_does_not_exist_are_left_over(facts, why):
    found = read("Flight", ABSTRACT, facts)
    assert [item.why for item in found.leftovers] == [why]
    assert found.entries[0].date is None


def test_the_beginning_of_facts_is_no_title():
    found = read("Flight", ABSTRACT, "• 2 authors", "Fold", ABSTRACT)
    assert [entry.title for entry in found.entries] == ["Flight", "Fold"]
    assert leftovers(found) == [(13, "• 2 authors", "facts without a date")]


def test_facts_twice_below_one_abstract_are_left_over():
    found = read("Flight", ABSTRACT, "• 2 authors\n·\nMay 3, 2024", "• 3 authors\n·\nMay 4, 2024")
    assert found.entries[0].author_count == 2
    assert leftovers(found) == [
        (17, "• 3 authors · May 4, 2024", "facts without an entry above them")
    ]


def test_a_day_of_the_listing_that_does_not_exist_is_left_over():
    found = read("Feb 31", "Flight", ABSTRACT)
    assert found.day is None
    assert leftovers(found) == [(9, "Feb 31", "no day of the year")]


def test_the_last_day_of_a_leap_february_is_one():
    assert read("Feb 29", "Flight", ABSTRACT).day == (2, 29)


def test_a_paper_called_like_a_day_is_a_paper():
    assert read("Mar 3", "Flight", ABSTRACT, "May 4", ABSTRACT).entries[1].title == "May 4"


HINT = "save the whole page of the listing as text"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "c.txt:1: the capture is empty; save the listing's page as text once more"),
        (" \n\n\t\n", "c.txt:1: the capture is empty; save the listing's page as text once more"),
        (
            "Recipes\n\nPancakes\n\nMix flour, milk and eggs, and wait. Then fry them.\n",
            'c.txt:1: this is no Daily Papers listing: its heading "Daily Papers", its call to '
            'subscribe and its line "by ... and the research community" are all missing; ' + HINT,
        ),
        (HEAD, "c.txt:1: the listing has no entry; " + HINT),
        (
            HEAD + "Flight\n\n" + ABSTRACT + "\n\nFold\n",
            'c.txt:13: the capture ends within an entry: no abstract follows "Fold"; ' + HINT,
        ),
        (
            HEAD + "Flight\n\n" + ABSTRACT + "\n\nA Fold that is rath",
            'c.txt:13: the capture ends within an entry: no abstract follows "A Fold that is '
            'rath"; ' + HINT,
        ),
        (
            HEAD + "Flight\n\n" + ABSTRACT + "\n\n  • 3 authors\n·\n",
            'c.txt:13: the capture ends within an entry: no date follows "• 3 authors ·"; ' + HINT,
        ),
        (
            HEAD + "\n\n".join([ABSTRACT * 5] * 9),
            "c.txt:1: the listing has no entry; " + HINT,
        ),
        (
            HEAD + "\n\n".join(["Flight", ABSTRACT] + [ABSTRACT * 5] * 9),
            "c.txt:13: titles and abstracts do not take turns: 9 paragraphs fit nowhere, the first "
            'is "We fold paper until it flies, and measure how far. It flies…"; '
            + HINT + ", and nothing else",
        ),
    ],
)  # fmt: skip
def test_what_is_no_whole_listing_is_refused(text, told):
    with pytest.raises(ProblemsFound) as caught:
        daily_papers.read(text, path="c.txt")
    assert str(caught.value) == told


SHARED = Path(__file__).parents[3] / "shared" / "captures"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real captures are not here")
def test_the_real_captures_are_understood_whole():
    counts = []
    for path in sorted(SHARED.glob("*.txt")):
        found = daily_papers.read(path.read_text(encoding="utf-8"), path=path.name)
        assert found.leftovers == ()
        counts.append(len(found.entries))
    assert counts == [78, 90, 84, 75, 52]
