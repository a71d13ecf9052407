"""YAML is read strictly and safely, and its mistakes are told in a contributor's words."""

import pytest
import yaml

from builder.content import fields
from builder.content.fields import load_mapping
from builder.problems import ProblemsFound

MISTAKES = [
    ('a: "é"\nb: "x \x07 y"\n', 'x.md:2: invalid YAML: the control character U+0007; remove it'),
    ("a: " + "é" * 50 + "\x7f", 'x.md:1: invalid YAML: the control character U+007F; remove it'),
    ("a:\n\tb: 1\n", "x.md:2: invalid YAML: a tab; indent with spaces"),
    ("a: b: c\n", "x.md:1: invalid YAML: a colon and a space within a value; "
     "put the whole value in quotes"),
    ("a: @home\n", 'x.md:1: invalid YAML: a value starts with "@"; put the whole value in quotes'),
    ("a: *star\n", 'x.md:1: invalid YAML: a value starts with "*" or "&"; '
     "put the whole value in quotes"),
    ("a: *stars*\n", 'x.md:1: invalid YAML: a value starts with "*" or "&"; '
     "put the whole value in quotes"),
    ("a: !x!y z\n", 'x.md:1: invalid YAML: a value starts with "!" or a line with "%"; '
     "put the whole value in quotes"),
    ("a: |x\n", 'x.md:1: invalid YAML: a value starts with "|" or ">"; '
     "put the whole value in quotes"),
    ("b: 1\na: 'x\nc: 1\n", "x.md:2: invalid YAML: quotes are opened here and never closed; "
     'close them, and write a quote within quotes as \\"'),
    ("b: 1\na: [x\nc: 1\n", "x.md:2: invalid YAML: brackets that are not closed, or not opened; "
     "close them, or put a value that holds a bracket in quotes"),
    ("a: ]\n", "x.md:1: invalid YAML: brackets that are not closed, or not opened; "
     "close them, or put a value that holds a bracket in quotes"),
    ("a: 'it's'\n", "x.md:1: invalid YAML: text follows a value that is complete, or the "
     "indentation changes; put the whole value in quotes, or indent the line as those around it"),
    (" a: 1\nb: 2\n", "x.md:2: invalid YAML: text follows a value that is complete, or the "
     "indentation changes; put the whole value in quotes, or indent the line as those around it"),
    ("a: 1\nb\nc: 2\n", 'x.md:2: invalid YAML: a line that is no "key: value"; '
     "complete it, or indent it where it continues the line above"),
    ("a: - b\n", 'x.md:1: invalid YAML: a list starts behind its key; begin a line with each "- "'),
    ('a: "\\q"\n', "x.md:1: invalid YAML: a backslash in double quotes; "
     "double it, or put the value in single quotes"),
    ('a: "\\xzz"\n', "x.md:1: invalid YAML: a backslash in double quotes; "
     "double it, or put the value in single quotes"),
    ("a: 1\n---\nb: 2\n", 'x.md:2: invalid YAML: a line "---" or "..." within the file; remove it'),
]  # fmt: skip


@pytest.fixture(params=["SafeLoader", "CSafeLoader"])
def parser(request, monkeypatch):
    """Each of the parsers that PyYAML may have been built with."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(fields, "_Loader", getattr(yaml, request.param))


@pytest.mark.parametrize(("text", "told"), MISTAKES)
@pytest.mark.usefixtures("parser")
def test_both_parsers_complaints_mean_the_same(text, told):
    with pytest.raises(ProblemsFound) as caught:
        load_mapping(text, path="x.md")
    assert str(caught.value) == told


def test_lines_count_from_the_first_line_of_the_file():
    with pytest.raises(ProblemsFound) as caught:
        load_mapping("a: 1\nb: @\n", path="x.md", first_line=10)
    assert caught.value.problems[0].line == 11


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 1000,
        "a: " + "{x: " * 1000,
        "- " * 1000,
        "".join("  " * depth + "-\n" for depth in range(500)),
        "".join(" " * depth + "a:\n" for depth in range(1000)),
        "? " * 1000,
    ],
    ids=["brackets", "braces", "dashes", "lists", "mappings", "questions"],
)
@pytest.mark.usefixtures("parser")
def test_deep_nesting_is_a_problem_and_no_crash(text):
    with pytest.raises(ProblemsFound) as caught:
        load_mapping(text, path="x.md")
    assert str(caught.value).endswith(": nested too deep; use the documented keys")


def test_the_brackets_of_many_links_are_not_deep():
    links = "".join(f'  - {{kind: code, url: "https://example.org/{n}"}}\n' for n in range(50))
    assert len(list(load_mapping(f"links:\n{links}", path="x.md").mappings("links"))) == 50


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: !!python/object/apply:os.getcwd []", 'with "!!python/object/apply:os.getcwd", a tag'),
        ("a: !!binary aGk=", 'with "!!binary", a tag of YAML; put the whole value in quotes'),
        ("a: [!x y]", 'with "!x", a tag'),
        ("a: &b [x]", 'with "&b", an anchor'),
        ("a: &b [*b]", 'with "&b", an anchor'),
        ("&b a: x", 'with "&b", an anchor'),
    ],
)
def test_more_of_yaml_than_these_files_use_is_refused(text, told):
    with pytest.raises(ProblemsFound) as caught:
        load_mapping(text, path="x.md")
    assert told in str(caught.value)


def test_signs_within_values_are_none_of_yamls():
    text = "a: \"&b !c *d\"\nb: [R&D, 'so !', x*y, C &]\nc: a & b !important\n"
    found = load_mapping(text, path="x.md")
    assert found.text("a") == "&b !c *d"
    assert found.texts("b") == ("R&D", "so !", "x*y", "C &")
    assert found.text("c") == "a & b !important"


def test_a_billion_laughs_are_none():
    bomb = "a: &a [x]\n" + "".join(
        f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n"
        for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    with pytest.raises(ProblemsFound) as caught:
        load_mapping(bomb, path="x.md")
    assert len(caught.value.problems) == 1


def test_a_comment_without_a_space_is_asked_about():
    found = load_mapping("a: one #1 of all\nb: [x, y #2\n  ]\nc: z # true\nd: 'w' #v", path="x.md")
    assert (found.text("a"), found.texts("b"), found.text("c")) == (None, ("x",), "z")
    assert found.text("d") == "w"
    assert [str(problem) for problem in found.problems] == [
        'x.md:1: a: the value ends before "#1 of all", which YAML takes for a comment; put the '
        'value in quotes, or write a space behind "#" where it is a comment',
        'x.md:2: b[1]: the value ends before "#2", which YAML takes for a comment; put the value '
        'in quotes, or write a space behind "#" where it is a comment',
    ]


@pytest.mark.parametrize(
    ("text", "key"), [("a: yes", "a"), ("a: 1.5", "a"), ("a: 2025-01-01", "a"), ("a: 0x1F", "a")]
)
def test_no_value_is_turned_into_text(text, key):
    found = load_mapping(text, path="x.md")
    assert found.text(key) is None
    assert found.problems


@pytest.mark.parametrize("value", ["２０２５-01-01", "2025-1-1", "20250101", "2025-13-01", "now"])
def test_only_a_real_day_in_its_one_form_is_a_date(value):
    found = load_mapping(f"date: {value}", path="x.md")
    assert found.date("date") is None
    assert len(found.problems) == 1


def test_space_in_a_text_is_made_even():
    assert load_mapping('a: "  x \\n  y  "', path="x.md").text("a") == "x y"
