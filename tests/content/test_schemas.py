"""The schemas for editors accept what the readers accept, and refuse what they refuse, wherever a
schema can know; where it cannot, this says why."""

import json
import re

import jsonschema
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from builder.content import (
    authors,
    collection,
    edition,
    files,
    frontmatter,
    paper,
    redirects,
    removed,
    silences,
    vocabulary,
)
from builder.content.paper import LINK_KINDS
from builder.content.schemas import NAMES, schemas
from builder.problems import ProblemsFound
from tests.conftest import DATA
from tests.content.strategies import COLLECTIONS, EDITIONS, PAPERS

ROOT = DATA.parents[1]
MISTAKES = DATA / "mistakes"
# Folder of tests/data/mistakes -> (name of the schema, reader, whether it is front matter).
KINDS = {
    "papers": ("front-matter", paper, True),
    "editions": ("edition", edition, False),
    "collections": ("collection", collection, True),
    "vocabulary": ("tags", vocabulary, False),
    "redirects": ("redirects", redirects, False),
    "authors": ("authors", authors, False),
    "removed": ("removed", removed, False),
    "silences": ("check", silences, False),
}
VALIDATORS = {name: jsonschema.Draft7Validator(made) for name, made in schemas().items()}

# What a reader refuses and a schema accepts, by reason: every fixture of this kind is named.
UNKNOWABLE = {
    "the name of the file, which a schema does not see": (
        "papers/Not_A_Slug.md", "papers/related-to-itself.md", "editions/Bad Name.yml",
        "collections/Bad_Name.md",
    ),
    "what stands below the front matter": (
        "papers/abstract-that-is-only-notes.md", "papers/empty-abstract.md",
        "collections/no-introduction.md",
    ),
    "there is no front matter that an editor could look at": (
        "papers/empty-file.md", "papers/no-front-matter.md", "papers/unclosed-front-matter.md",
    ),
    "two values are compared": (
        "papers/author-count-too-small.md", "editions/paper-twice.yml",
        "collections/paper-twice.md", "vocabulary/duplicate-facet.yml",
        "vocabulary/duplicate-tag.yml", "vocabulary/phrase-claimed-twice.yml",
        "vocabulary/see-also-near.yml", "vocabulary/see-also-nothing.yml",
        "vocabulary/unknown-facet.yml", "redirects/to-itself.yml",
        "authors/id-not-from-the-name.yml", "authors/paper-claimed-twice.yml",
        "authors/same-id-twice.yml", "removed/twice.yml",
    ),
    "JSON knows one kind of number: 2.0 is 2": ("papers/author-count-with-a-fraction.md",),
    "a word of YAML 1.1, which editors read by YAML 1.2 as text": (
        "papers/title-that-is-no.md",
    ),
    "editors' expressions know no letters but those of ASCII": (
        "papers/title-without-a-letter.md",
    ),
}  # fmt: skip


class _Core(yaml.SafeLoader):
    """YAML as editors read it: the core schema of YAML 1.2, in which dates and "yes" are text."""

    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len({str(key) for key in keys}) < len(keys):
            raise yaml.constructor.ConstructorError(problem="a key twice")
        return super().construct_mapping(node, deep=deep)


_Core.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    _Core.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), _first)
_Core.add_constructor(
    "tag:yaml.org,2002:int",
    lambda loader, node: int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10),
)
_Core.add_constructor("tag:yaml.org,2002:float", lambda loader, node: float(node.value))


def refusals(kind, text):
    """What an editor tells of a file: of its YAML, or by its schema; [] for nothing."""
    name, _, front = KINDS[kind]
    try:
        if front:
            text = frontmatter.split(text, path="x.md").header
        value = yaml.load(text, Loader=_Core)
    except (yaml.YAMLError, ValueError) as error:
        return [str(error)]
    except ProblemsFound:
        return []
    # An empty file is an empty mapping to the readers.
    value = {} if value is None else value
    return [error.message for error in VALIDATORS[name].iter_errors(value)]


def accepted(kind, text):
    """Whether the reader accepts a file."""
    _, reader, _ = KINDS[kind]
    try:
        reader.parse(text, path=f"content/{kind}/x.md")
    except ProblemsFound:
        return False
    return True


FIXTURES = sorted(
    path.relative_to(MISTAKES).as_posix() for path in MISTAKES.glob("*/*") if path.is_file()
)
KNOWN = {name: reason for reason, names in UNKNOWABLE.items() for name in names}


@pytest.mark.parametrize("name", FIXTURES)
def test_a_mistake_is_refused_by_the_schema_too_unless_it_cannot_know(name):
    text = files.read_text(MISTAKES / name)
    found = refusals(name.split("/")[0], text)
    assert bool(found) != (name in KNOWN), KNOWN.get(name, "not refused")


def test_every_exception_is_still_one():
    assert sorted(KNOWN) == sorted(set(KNOWN) & set(FIXTURES))


@pytest.mark.parametrize("root", [ROOT / "content", DATA / "library"], ids=["list", "invented"])
def test_every_file_that_the_readers_accept_is_accepted(root):
    if not root.is_dir():
        pytest.skip("the list is not here")
    single = {"vocabulary": "tags.yml", "silences": "check.yml"}
    seen = 0
    for kind in KINDS:
        paths = [root / single.get(kind, f"{kind}.yml")]
        paths += [path for path in (root / kind).glob("*.*") if path.suffix in (".md", ".yml")]
        for path in paths:
            if path.is_file():
                assert refusals(kind, files.read_text(path)) == [], path
                seen += 1
    assert seen > 15


@given(PAPERS)
def test_every_paper_that_can_be_written_is_accepted(made):
    assert refusals("papers", paper.dump(made)) == []


@given(EDITIONS)
def test_every_edition_that_can_be_written_is_accepted(made):
    assert refusals("editions", edition.dump(made)) == []


@given(COLLECTIONS)
def test_every_reading_path_that_can_be_written_is_accepted(made):
    assert refusals("collections", collection.dump(made)) == []


# ---------------------------------------------------------------- anything in any field

# Each is the YAML of one value.
VALUES = st.sampled_from((DATA / "yaml_values.txt").read_text(encoding="utf-8").splitlines())


def headers(keys):
    """YAML with some of the keys, and one that is none, each with any value."""
    chosen = st.dictionaries(st.sampled_from((*keys, "zzz")), VALUES, max_size=4)
    return chosen.map(
        lambda given: "".join(f"{key}: {value}\n" for key, value in {"title": "T", **given}.items())
    )


def unknowable(kind, text):
    """Why a schema cannot know what is wrong with a made-up file; "" where it can."""
    value = yaml.load(text, Loader=_Core)

    def texts(key):
        items = value.get(key) if isinstance(value.get(key), list) else []
        slugs = [item.get("paper") if isinstance(item, dict) else item for item in items]
        return [item.strip() for item in slugs if isinstance(item, str)]

    count = value.get("author_count")
    if isinstance(count, int) and 0 < count < len(texts("authors")):
        return "two values are compared"
    if kind != "papers" and len(set(texts("papers"))) < len(texts("papers")):
        return "two values are compared"
    if '[x, "x "]' in text:
        return "space around a value is no part of it, so that the two are one"
    if re.search(r": (?:1e3|\+3|03)$", text, re.MULTILINE):
        return "a number in another notation is a number to an editor"
    if re.search(r"^(?!date:)\w+: \d{4}-\d", text, re.MULTILINE):
        return "a day of YAML 1.1, which editors read by YAML 1.2 as text"
    title = value.get("title")
    if isinstance(title, str) and not re.search(r"\w", title):
        return "editors' expressions know no letters but those of ASCII"
    return ""


@settings(max_examples=300)
@given(headers(paper.KEYS))
def test_any_front_matter_of_a_paper_is_judged_alike(header):
    text = f"---\n{header}---\nAn abstract.\n"
    if not unknowable("papers", header):
        assert accepted("papers", text) == (not refusals("papers", text))


@settings(max_examples=200)
@given(headers(edition.KEYS))
def test_any_edition_is_judged_alike(text):
    if not unknowable("editions", text):
        assert accepted("editions", text) == (not refusals("editions", text))


@settings(max_examples=100)
@given(headers(collection.KEYS))
def test_any_front_matter_of_a_reading_path_is_judged_alike(header):
    text = f"---\n{header}---\nAn introduction.\n"
    if not unknowable("collections", header):
        assert accepted("collections", text) == (not refusals("collections", text))


# ---------------------------------------------------------------- what an editor offers


def test_the_schemas_are_schemas():
    for name in NAMES:
        jsonschema.Draft7Validator.check_schema(VALIDATORS[name].schema)


def test_javascript_reads_the_expressions_as_python_does():
    found = re.findall(r'"pattern": ("(?:[^"\\]|\\.)*")', json.dumps(schemas()))
    patterns = {json.loads(item) for item in found}
    assert len(patterns) > 5
    for pattern in patterns:
        assert set(re.findall(r"\\(.)", pattern)) <= set("sS.[]\\"), pattern
        assert "(?P" not in pattern and pattern.isascii()


def test_an_editor_offers_the_tags_of_the_list(small):
    made = schemas(small.vocabulary)["front-matter"]
    offered = made["properties"]["tags"]["items"]["oneOf"]
    assert [item["const"] for item in offered] == list(small.vocabulary.tags)
    validator = jsonschema.Draft7Validator(made)
    assert validator.is_valid({"title": "T", "tags": ["sparsity"]})
    assert not validator.is_valid({"title": "T", "tags": ["sparcity"]})


def test_every_key_says_what_it_is_for():
    properties = schemas()["front-matter"]["properties"]
    assert list(properties) == list(paper.KEYS)
    assert all(item["description"] for item in properties.values())
    kinds = properties["links"]["items"]["properties"]["kind"]["enum"]
    assert kinds == list(LINK_KINDS)


def test_the_command_prints_them(content, papershelf, tmp_path):
    for name in NAMES:
        made = json.loads(papershelf("schema", name).stdout)
        jsonschema.Draft7Validator.check_schema(made)
    papershelf("schema", "front-matter", "--out", "x.json")
    tags = json.loads((tmp_path / "x.json").read_text())["properties"]["tags"]
    assert {"const", "title", "description"} == set(tags["items"]["oneOf"][0])
    assert papershelf("--content", "nowhere", "schema", "tags").exit_code == 0
