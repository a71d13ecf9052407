"""Problems are printed for people, for GitHub and for programs."""

import json

import pytest

from builder import reporting
from builder.problems import Problem

ERROR = Problem(path="papers/x.md", line=3, field="arxiv", message="wrong", hint="mend it")
WARNING = Problem(path="a,b:c.md", line=1, message="100% odd", severity="warning")


def test_text_has_a_line_for_each_and_marks_warnings():
    assert reporting.render([ERROR, WARNING], "text") == (
        "papers/x.md:3: arxiv: wrong; mend it\na,b:c.md:1: 100% odd [warning]"
    )


def test_github_shows_each_at_its_line():
    assert reporting.render([ERROR, WARNING], "github") == (
        "::error file=papers/x.md,line=3::arxiv: wrong; mend it\n"
        "::warning file=a%2Cb%3Ac.md,line=1::100%25 odd"
    )


def test_a_message_of_two_lines_stays_one_annotation():
    problem = Problem(path="x.md", line=1, message="one\ntwo", hint="do\r\nit")
    assert reporting.render([problem], "github") == (
        "::error file=x.md,line=1::one%0Atwo; do%0D%0Ait"
    )


def test_json_is_one_array_with_every_part():
    assert json.loads(reporting.render([ERROR, WARNING], "json")) == [
        {
            "path": "papers/x.md",
            "line": 3,
            "field": "arxiv",
            "message": "wrong",
            "hint": "mend it",
            "severity": "error",
        },
        {
            "path": "a,b:c.md",
            "line": 1,
            "field": "",
            "message": "100% odd",
            "hint": "",
            "severity": "warning",
        },
    ]


@pytest.mark.parametrize(("form", "nothing"), [("text", ""), ("github", ""), ("json", "[]")])
def test_no_problem_prints_as_nothing(form, nothing):
    assert reporting.render([], form) == nothing


def test_control_characters_are_spelt_out_and_steer_no_terminal():
    problem = Problem(path="x.md", line=1, message='"\x1b[2J" is no slug')
    assert reporting.render([problem], "text") == 'x.md:1: "\\x1b[2J" is no slug'


@pytest.mark.parametrize(
    ("problems", "words"),
    [
        ([], "no problem"),
        ([ERROR], "1 error"),
        ([WARNING, WARNING], "2 warnings"),
        ([ERROR, ERROR, WARNING], "2 errors, 1 warning"),
    ],
)
def test_the_summary_counts_in_words(problems, words):
    assert reporting.summary(problems) == words
