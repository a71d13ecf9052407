"""Every file of tests/data/mistakes has one mistake (or, as its name says, several at once);
expected.txt says, line by line, what a contributor is told about it."""

from collections import defaultdict

import pytest

from builder.content import (
    authors,
    collection,
    edition,
    files,
    paper,
    redirects,
    removed,
    silences,
    vocabulary,
)
from builder.problems import ProblemsFound
from tests.conftest import DATA

FOLDER = DATA / "mistakes"
READERS = {
    "papers": paper.parse,
    "editions": edition.parse,
    "collections": collection.parse,
    "vocabulary": vocabulary.parse,
    "redirects": redirects.parse,
    "authors": authors.parse,
    "removed": removed.parse,
    "silences": silences.parse,
}


def expected() -> dict[str, list[str]]:
    """File below FOLDER -> the lines that its problems print."""
    found = defaultdict(list)
    for line in (FOLDER / "expected.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            found[line.split(":")[0]].append(line)
    return found


EXPECTED = expected()


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_mistake_is_told_with_its_line_and_what_to_do(name):
    text = files.read_text(FOLDER / name)
    with pytest.raises(ProblemsFound) as caught:
        READERS[name.split("/")[0]](text, path=name)
    assert str(caught.value).splitlines() == EXPECTED[name]


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_windows_line_ends_change_nothing_about_a_mistake(name):
    text = files.read_text(FOLDER / name).replace("\n", "\r\n")
    with pytest.raises(ProblemsFound) as caught:
        READERS[name.split("/")[0]](text, path=name)
    assert str(caught.value).splitlines() == EXPECTED[name]


def test_every_file_with_a_mistake_is_expected():
    there = {path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("*/*")}
    assert there == EXPECTED.keys()


def test_every_problem_says_what_to_do():
    for lines in EXPECTED.values():
        for line in lines:
            assert "; " in line, line
