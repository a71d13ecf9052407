"""`fill` completes what is absent, keeps what is there, and leaves every other byte alone."""

import datetime
import json
from pathlib import Path

import pytest

from builder import library
from builder.content import files, paper
from builder.content.paper import Link
from builder.importers import records
from builder.importers.facts import Filling, fill

BARE = "do-robots-fold-paper"
FULL = "half-a-loaf-sparse-updates-for-large-models"


def filled(content: Path, *facts: dict) -> Filling:
    text = "".join(json.dumps(fact) + "\n" for fact in facts)
    found = records.read(text, path="facts.jsonl")
    assert found.problems == ()
    made = fill(found.records, library.load(content), path="facts.jsonl")
    files.write_texts(made.files, removed=made.removed)
    assert library.inspect(content)[1] == []
    return made


def notes(made: Filling) -> list[str]:
    return [str(note).split("content/")[-1] for note in made.notes]


ALL = {
    "title": "DO ROBOTS FOLD PAPER",
    "authors": ["Ada Example", "Käthe Müßig"],
    "organization": "Robot: Lab",
    "date": "2024-01-02",
    "arxiv": "2401.01230",
    "doi": "10.1000/182",
    "venue": "ICRA 2024",
    "links": [{"kind": "code", "url": "https://github.com/a/b"}],
}


def test_every_absent_fact_is_filled_in(content):
    made = filled(content, ALL)
    assert (content / f"papers/{BARE}.md").read_text(encoding="utf-8") == (
        '---\ntitle: "Do Robots Fold Paper?"\nauthors: [Ada Example, Käthe Müßig]\n'
        'organization: "Robot: Lab"\ndate: 2024-01-02\narxiv: "2401.01230"\ndoi: 10.1000/182\n'
        'venue: ICRA 2024\nlinks:\n  - {kind: code, url: "https://github.com/a/b"}\n---\nNo.\n'
    )
    assert (made.papers, made.conflicts, made.unknown) == (1, 0, 0)
    assert made.filled == {
        key: 1 for key in ("authors", "organization", "date", "arxiv", "doi", "venue", "links")
    }


def test_nothing_else_in_the_folder_changes(content):
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    filled(content, ALL)
    after = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert {path.name for path in after if after[path] != before.get(path)} == {f"{BARE}.md"}


def test_filling_again_changes_nothing(content):
    filled(content, ALL)
    again = filled(content, ALL)
    assert (again.files, again.papers, again.notes) == ({}, 0, ())


ODD = """---
# A comment of the curators.
title:   'Do Robots   Fold Paper?'   # odd spaces

summary: |
  Two
  lines.
venue: ""
---

  No.\u2028

\t## Notes
"""


def test_comments_spaces_and_windows_line_ends_stay(content):
    path = content / f"papers/{BARE}.md"
    text = ODD.replace('venue: ""\n', "").replace("\n", "\r\n")
    path.write_bytes(text.encode())
    filled(content, {"title": "Do robots fold paper", "date": "2024-01-02", "venue": "ICRA 2024"})
    title = "title:   'Do Robots   Fold Paper?'   # odd spaces\r\n"
    assert path.read_bytes().decode() == text.replace(
        title, title + "date: 2024-01-02\r\nvenue: ICRA 2024\r\n"
    )


def test_a_value_that_is_there_stays_and_the_difference_is_told(content):
    before = (content / f"papers/{FULL}.md").read_bytes()
    made = filled(
        content,
        {"title": "Something new"},
        {
            "title": "Half a Loaf: Sparse Updates for Large Models",
            "authors": ["Ada Example"],
            "date": "2025-03-07",
            "arxiv": "2503.99901",
            "venue": "iclr  2025",
            "doi": "10.0000/HALF-A-LOAF",
        },
    )
    assert (content / f"papers/{FULL}.md").read_bytes() == before
    assert notes(made) == [
        'facts.jsonl:1: title: there is no paper "Something new"; '
        "nothing is filled in from this line",
        f"papers/{FULL}.md:3: authors: Ada Example, Bo Sample stands there, "
        "facts.jsonl:2 says Ada Example; the file's value is kept",
        f"papers/{FULL}.md:6: date: 2025-03-06 stands there, "
        "facts.jsonl:2 says 2025-03-07; the file's value is kept",
    ]
    assert (made.conflicts, made.unknown) == (2, 1)
    assert all(note.severity == "warning" for note in made.notes)


def test_as_many_authors_as_are_counted_are_named(content):
    title = "Storms in a Teacup: Translation with Ten Sentences"
    made = filled(content, {"title": title, "authors": ["A Aa", "B Bb", "C Cc", "D Dd"]})
    assert made.filled == {"authors": 1}
    path = content / "papers/storms-in-a-teacup-translation-with-ten-sentences.md"
    assert "authors: [A Aa, B Bb, C Cc, D Dd]\nauthor_count: 4\n" in path.read_text()


@pytest.mark.parametrize("names", [["A Aa"], ["A Aa", "B Bb", "C Cc", "D Dd", "E Ee"]])
def test_more_or_fewer_authors_than_are_counted_are_told(content, names):
    title = "Storms in a Teacup: Translation with Ten Sentences"
    made = filled(content, {"title": title, "authors": names})
    assert made.files == {}
    assert notes(made) == [
        "papers/storms-in-a-teacup-translation-with-ten-sentences.md:1: authors: "
        f"author_count: 4 stands there, facts.jsonl:1 says {', '.join(names)}; "
        "the file's value is kept"
    ]


def test_authors_that_are_named_need_no_count(content):
    title = "Sieve-7: Learning What to Forget"
    assert filled(content, {"title": title, "author_count": 3}).files == {}


def test_the_first_fact_wins_over_a_later_one(content):
    made = filled(
        content,
        {"title": "Do Robots Fold Paper?", "venue": "ICRA 2024"},
        {"title": "Do Robots Fold Paper?", "venue": "IROS 2024", "date": "2024-01-02"},
    )
    item = library.load(content).papers[BARE]
    assert (item.venue, item.date) == ("ICRA 2024", datetime.date(2024, 1, 2))
    assert notes(made) == [
        f"papers/{BARE}.md:1: venue: ICRA 2024 stands there, facts.jsonl:2 says IROS 2024; "
        "the file's value is kept"
    ]


def test_a_title_of_two_papers_is_told_and_fills_neither(content):
    text = (content / f"papers/{BARE}.md").read_text()
    (content / "papers/do-robots-fold-paper-2.md").write_text(text)
    made = filled(content, ALL)
    assert made.files == {}
    assert notes(made) == [
        'facts.jsonl:1: title: "DO ROBOTS FOLD PAPER" is the title of do-robots-fold-paper and '
        "do-robots-fold-paper-2; nothing is filled in from this line"
    ]


def test_a_header_in_one_line_is_told_to_be_done_by_hand(content):
    path = content / f"papers/{BARE}.md"
    path.write_text('---\n{title: "Do Robots Fold Paper?"}\n---\nNo.\n')
    found = records.read(json.dumps(ALL), path="facts.jsonl")
    with pytest.raises(paper.ProblemsFound):
        fill(found.records, library.load(content), path="facts.jsonl")


def test_links_that_are_there_are_complete(content):
    made = filled(content, {**ALL, "title": "PaperCrane: Folding Policies from One Demonstration"})
    links = library.load(content).papers["papercrane-folding-policies-from-one-demonstration"].links
    assert Link(kind="code", url="https://github.com/a/b") not in links
    assert any("links:" in note for note in notes(made))


# ---------------------------------------------------------------- editions


def test_a_year_that_facts_contradict_goes_up_and_the_edition_moves(content):
    old = (content / "editions/daily-papers-2025-03-17.yml").read_text()
    made = filled(content, {"title": "Do Robots Fold Paper?", "date": "2025-05-01"})
    assert made.moved == (("daily-papers-2025-03-17", "daily-papers-2026-03-17"),)
    assert not (content / "editions/daily-papers-2025-03-17.yml").exists()
    new = (content / "editions/daily-papers-2026-03-17.yml").read_text()
    assert new == old.replace("date: 2025-03-17", "date: 2026-03-17")
    assert (content / "redirects.yml").read_text().splitlines()[-1] == (
        '"/editions/daily-papers-2025-03-17/": "/editions/daily-papers-2026-03-17/"'
    )


def test_an_arxiv_id_contradicts_a_year_too(content):
    made = filled(content, {"title": "Do Robots Fold Paper?", "arxiv": "2601.01230"})
    assert made.moved == (("daily-papers-2025-03-17", "daily-papers-2026-03-17"),)


def test_the_first_move_makes_the_file_of_redirects(content):
    (content / "redirects.yml").unlink()
    filled(content, {"title": "Do Robots Fold Paper?", "date": "2025-05-01"})
    assert (content / "redirects.yml").read_text() == (
        '"/editions/daily-papers-2025-03-17/": "/editions/daily-papers-2026-03-17/"\n'
    )


def test_comments_and_line_ends_of_a_moved_edition_stay(content):
    path = content / "editions/daily-papers-2025-03-17.yml"
    text = "# ours\n" + path.read_text().replace("date: 2025-03-17", "date: 2025-03-17  # sic")
    path.write_bytes(text.replace("\n", "\r\n").encode())
    filled(content, {"title": "Do Robots Fold Paper?", "date": "2025-05-01"})
    new = (content / "editions/daily-papers-2026-03-17.yml").read_bytes().decode()
    assert new == text.replace("\n", "\r\n").replace("date: 2025-03-17", "date: 2026-03-17")


def test_an_edition_of_another_name_keeps_it(content):
    path = content / "editions/daily-papers-2025-03-17.yml"
    path.rename(content / "editions/spring.yml")
    (content / "redirects.yml").unlink()
    made = filled(content, {"title": "Do Robots Fold Paper?", "date": "2025-05-01"})
    assert (made.moved, made.removed) == ((), ())
    assert "date: 2026-03-17" in (content / "editions/spring.yml").read_text()


def test_a_date_that_was_no_inference_stays(content):
    path = content / "editions/daily-papers-2025-03-17.yml"
    path.write_text(path.read_text().replace("date_inferred: true\n", ""))
    assert filled(content, {"title": "Do Robots Fold Paper?", "date": "2025-05-01"}).moved == ()


def test_a_year_never_goes_down(content):
    path = content / "editions/daily-papers-2025-03-17.yml"
    path.write_text(path.read_text().replace("2025-03-17", "2027-03-17"))
    made = filled(content, {"title": "Do Robots Fold Paper?", "date": "2024-05-01"})
    assert (len(made.files), made.moved) == (1, ())
