"""What a person wrote into the form for suggestions, read as data."""

import json
import re

import pytest
import yaml

from builder.content import paper
from builder.importers import issue
from builder.problems import ProblemsFound
from tests.projects import ROOT

FORMS = ROOT / ".github" / "ISSUE_TEMPLATE"
TEMPLATES = ROOT / ".gitlab" / "issue_templates"


def form(**given):
    """The text of a filled-in form, as the forge makes it; labels by their first word."""
    first = {label.split()[0].strip(",").lower(): label for label in issue.LABELS}
    written = {first[key]: value for key, value in given.items()}
    return "\n\n".join(
        f"### {label}\n\n{written.get(label, '_No response_')}" for label in issue.LABELS
    )


def read(text):
    return issue.read(text, path="issue")


def problems(text):
    with pytest.raises(ProblemsFound) as found:
        read(text)
    return [str(problem) for problem in found.value.problems]


def test_every_field_of_the_form_is_read():
    found = read(
        form(
            title="Bread & Butter",
            where="arXiv:2503.09999v2\nhttps://example.org/bread\n<https://example.org/more>",
            abstract="We bake $n$ loaves.\n\nThey are good.",
            authors="- Ada Example\n- Bo Sample",
            **{"in": "Bakes."},
            topics="Theory, Baking;  theory",
            code="- code: https://example.org/code\n- https://example.org/data",
            anything="Thanks!",
        )
    )
    assert found.facts == {
        "title": "Bread & Butter",
        "arxiv": "2503.09999",
        "url": "https://example.org/bread",
        "abstract": "We bake $n$ loaves.\n\nThey are good.",
        "authors": ["Ada Example", "Bo Sample"],
        "links": [
            "https://example.org/more",
            {"kind": "code", "url": "https://example.org/code"},
            "https://example.org/data",
        ],
    }
    assert (found.summary, found.topics) == ("Bakes.", ("Theory", "Baking", "theory"))


def test_a_bibtex_entry_is_read_in_a_fence_too():
    entry = "@article{x,\n title={Bread},\n author={Example, Ada},\n journal={Loaves},\n year=2025}"
    for text in (entry, f"```bibtex\n{entry}\n```"):
        found = read(form(title="Bread and More", abstract="We bake.", where=text))
        assert found.facts["title"] == "Bread and More"
        assert found.facts["authors"] == ["Ada Example"]
        assert (found.facts["venue"], found.facts["year"]) == ("Loaves", 2025)


@pytest.mark.parametrize(
    "shape",
    [
        lambda body: body,
        lambda body: body.replace("\n", "\r\n"),
        lambda body: json.dumps({"action": "labeled", "issue": {"number": 1, "body": body}}),
        lambda body: json.dumps({"object_attributes": {"description": body}}),
        lambda body: json.dumps({"iid": 3, "description": body}),
    ],
    ids=["text", "line ends of the web", "GitHub's event", "GitLab's event", "GitLab's issue"],
)
def test_the_text_is_found_wherever_a_forge_puts_it(shape):
    found = read(shape(form(title="Bread", abstract="We bake.\n\nIt is good.")))
    assert found.facts == {"title": "Bread", "abstract": "We bake.\n\nIt is good."}


def test_other_headings_belong_to_the_text_that_they_stand_in():
    found = read(form(title="Bread", abstract="### Results\n\n## Title\n\n###Title\n\n#### Title"))
    assert found.facts["abstract"] == "### Results\n\n## Title\n\n###Title\n\n#### Title"


NO_TEXT = (
    "issue:1: there is no text of an issue in this; give the issue's text, or the file that "
    "GITHUB_EVENT_PATH names"
)
MISTAKES = {
    "Hello": "issue:1: none of the form's headings is in this text; fill in the form "
    '"Suggest a paper", and leave its headings as they are',
    form(abstract="x\n\n### title  \n\ny"): "issue:13: Title: this heading stands here a second "
    "time; the form writes it once: reword the one within the text",
    form(title="x" * 401): "issue:3: Title: 401 characters are too many; shorten it to at most 400",
    form(where="a book"): 'issue:7: Where it can be read: "a book" is no arXiv id, DOI, address or '
    "BibTeX entry; write one of these a line, or leave the field empty",
    "{": "issue:1: no JSON: Expecting property name enclosed in double quotes; give the issue's "
    "text, or the file that GITHUB_EVENT_PATH names",
    '{"issue": {"body": null}}': NO_TEXT,
    '{"issue": ["body"]}': NO_TEXT,
}


@pytest.mark.parametrize(("text", "expected"), MISTAKES.items(), ids=range(len(MISTAKES)))
def test_what_cannot_be_used_is_told_with_its_line(text, expected):
    assert problems(text) == [expected]


@pytest.mark.parametrize(
    "title", ["[" * 300, "{" * 300, "\\" * 300, "$" * 300, "`" * 300, "![" * 99]
)
def test_no_title_of_signs_takes_long_or_ends_in_a_traceback(content, papershelf, tmp_path, title):
    path = tmp_path / "issue.md"
    path.write_text(form(title=f"x {title}", abstract=title), encoding="utf-8")
    result = papershelf("new", "--issue", path)
    assert result.exit_code in (0, 1)
    assert result.output


HOSTILE = {
    "a YAML tag": '!!python/object/apply:os.system ["x"]',
    "quotes": "'\"'\"' \" ' \\ \\\" \\n {{7*7}} ${{ github.token }} {% x %}",
    "an anchor": "&a *a",
    "a comment": "# x: y",
    "a mapping": "{a: b}, - c: d",
    "an option": "--upload-pack=x",
    "a number": "1e3",
    "an end": "--- ... ---",
    "a tab": "\ta\tb",
    "signs that turn text around": "a \u202ecba\u202c",
    "TeX": "\\input{/etc/passwd} \\write18{x} $\\def\\x{\\x\\x}\\x$",
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
def test_hostile_words_are_words_in_the_file_or_refused(content, papershelf, tmp_path, words):
    path = tmp_path / "issue.md"
    text = form(title=f"Bread {words}", abstract=f"We bake. {words}.", **{"in": words})
    path.write_text(text, encoding="utf-8")
    before = {file.name for file in (content / "papers").iterdir()}
    result = papershelf("new", "--issue", path)
    (name,) = {file.name for file in (content / "papers").iterdir()} - before or {""}
    if result.exit_code:
        assert name == ""
        assert re.match(r"[\w/.-]+:\d+: ", result.stderr)
        return
    assert result.stdout == f"content/papers/{name}\n"
    assert re.fullmatch(r"bread[a-z0-9-]*\.md", name)
    text = (content / "papers" / name).read_text(encoding="utf-8")
    found = paper.parse(text, path=name)
    assert found.title.startswith("Bread")
    assert (found.authors, found.tags, found.links, found.pick) == ((), None, (), False)
    assert found.notes is None


def test_topics_are_known_by_id_name_and_synonym_and_others_are_told(content, papershelf, tmp_path):
    path = tmp_path / "issue.md"
    path.write_text(form(title="Bread", abstract="We bake.", topics="THEORY, baking, no-such"))
    result = papershelf("new", "--issue", path)
    assert (result.exit_code, result.stdout) == (0, "content/papers/bread.md\n")
    assert result.stderr == 'not used: topic "baking", topic "no-such"\n'
    assert "tags: [theory]\n" in (content / "papers" / "bread.md").read_text(encoding="utf-8")


def test_one_source_at_a_time(content, papershelf, tmp_path):
    path = tmp_path / "issue.md"
    path.write_text(form(title="Bread"))
    result = papershelf("new", "A Title", "--issue", path)
    assert result.exit_code == 2
    assert "give one of TEXT, --stdin and --issue" in result.output


def test_the_forms_of_both_forges_have_the_labels_that_are_read():
    fields = yaml.safe_load((FORMS / "suggest-paper.yml").read_text(encoding="utf-8"))["body"]
    labels = [item["attributes"]["label"] for item in fields if item["type"] != "markdown"]
    assert labels == list(issue.LABELS)
    template = (TEMPLATES / "Suggest a paper.md").read_text(encoding="utf-8")
    assert re.findall(r"^### (.+)$", template, re.MULTILINE) == list(issue.LABELS)
    # A template that nobody has filled in holds no fact: its hints are none.
    empty = read(template)
    assert (empty.facts, empty.summary, empty.topics) == ({}, "", ())


def test_the_forms_give_a_label_that_does_not_start_the_workflow():
    for path in FORMS.glob("*-paper.yml"):
        labels = yaml.safe_load(path.read_text(encoding="utf-8"))["labels"]
        assert labels in (["suggestion"], ["correction"])
