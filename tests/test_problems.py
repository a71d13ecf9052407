"""A problem is one line that says where, what, and what to do."""

import pytest

from builder.problems import Problem, ProblemsFound, did_you_mean


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({}, "papers/x.md:3: wrong"),
        ({"field": "arxiv"}, "papers/x.md:3: arxiv: wrong"),
        ({"hint": "mend it"}, "papers/x.md:3: wrong; mend it"),
        ({"field": "arxiv", "hint": "mend it"}, "papers/x.md:3: arxiv: wrong; mend it"),
    ],
)
def test_a_problem_is_one_line(more, line):
    assert str(Problem(path="papers/x.md", line=3, message="wrong", **more)) == line


def test_problems_are_raised_sorted_and_each_once():
    later = Problem(path="b.md", line=1, message="m")
    tenth = Problem(path="a.md", line=10, message="m")
    second = Problem(path="a.md", line=2, message="m")
    error = ProblemsFound([later, tenth, second, later])
    assert error.problems == (second, tenth, later)
    assert str(error) == "a.md:2: m\na.md:10: m\nb.md:1: m"


@pytest.mark.parametrize(
    ("word", "hint"),
    [("autors", 'did you mean "authors"?'), ("Title", 'did you mean "title"?'), ("zzz", "")],
)
def test_the_nearest_known_word_is_offered(word, hint):
    assert did_you_mean(word, ["title", "authors", "venue"]) == hint
