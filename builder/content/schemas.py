"""JSON Schemas of the content files, for editors: what a file may hold, told while it is written.

Made from the constants that the readers read by, so that a key that is added there is known here.
A schema sees one file's values and no more: what it accepts may still be wrong for the list, and
tests/content/test_schemas.py names all that a reader refuses and a schema cannot know. They are
written in draft 7, which the YAML language server and its like understand.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from builder.content import (
    authors,
    collection,
    edition,
    paper,
    removed,
    silences,
    vocabulary,
)
from builder.content.vocabulary import Vocabulary

DIALECT = "http://json-schema.org/draft-07/schema#"
Schema = dict[str, Any]
NAMES = (
    "front-matter",
    "edition",
    "collection",
    "tags",
    "redirects",
    "authors",
    "removed",
    "check",
)

# Editors read these as JavaScript does, some with its flag for Unicode: no \d and \w, which mean
# more signs to Python, and no backslash in front of what needs none.
_SLUG = "[a-z0-9]+(?:-[a-z0-9]+)*"
_ARXIV = r"[0-9][0-9](?:0[1-9]|1[0-2])\.[0-9]{4,5}"
_OLD_ARXIV = r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/[0-9][0-9](?:0[1-9]|1[0-2])[0-9]{3}"
_DOI = r"""10\.[0-9]{4,9}/[^\s"<>]+"""
# What no address holds; and besides what no host does.
_NOT_IN_URL = r"""\s"'<>\\`{}|^"""
_NOT_IN_HOST = _NOT_IN_URL + r"/?#@:\[\]"
_PORT = r"(?::(?:6553[0-5]|655[0-2][0-9]|65[0-4][0-9][0-9]|6[0-4][0-9]{3}|[0-5]?[0-9]{1,4})?)?"
_URL = (
    rf"[hH][tT][tT][pP][sS]?://(?:[^{_NOT_IN_URL}/?#]*@)?"
    rf"[^{_NOT_IN_HOST}]*\.[^{_NOT_IN_HOST}]*{_PORT}(?:[/?#][^{_NOT_IN_URL}]*)?"
)
_PATH = r"/(?:[a-z0-9][a-z0-9.-]*/)+"
_DAY = (
    r"(?!0000)[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)|02-(?:0[1-9]|[12][0-9]))"
)


def schemas(words: Vocabulary | None = None) -> Mapping[str, Schema]:
    """Name, one of NAMES -> schema.

    words: of the list; with it an editor offers the tags that there are.
    """
    made = (
        _paper(words),
        _edition(),
        _collection(),
        _tags(),
        _redirects(),
        _authors(),
        _removed(),
        _check(),
    )
    return {name: {"$schema": DIALECT, **one} for name, one in zip(NAMES, made, strict=True)}


def _paper(words: Vocabulary | None) -> Schema:
    return _object(
        "The front matter of a paper: content/papers/SLUG.md",
        paper.KEYS,
        required=("title",),
        title=_text("the title as printed; mathematics between dollar signs"),
        authors=_list(_text("a name, given name first"), "names in printed order"),
        author_count=_number("how many authors there are, where not all are named", 1),
        organization=_text("the laboratory or company"),
        date=_whole("the day of first publication; left out when unknown", _DAY),
        arxiv=_whole(
            'the bare arXiv id in quotes, such as "2503.01234"', f"(?:{_ARXIV}|{_OLD_ARXIV})"
        ),
        doi=_whole("the bare DOI, such as 10.1000/182", _DOI),
        venue=_text("such as ICLR 2025"),
        links={
            "type": "array",
            "description": "links out: code, a project's page, data and the like",
            "items": _object(
                "a link out",
                ("kind", "url"),
                required=("kind", "url"),
                kind={"enum": list(paper.LINK_KINDS), "description": "what it leads to"},
                url=_whole("an http or https address", _URL),
            ),
        },
        summary=_text("one or two sentences in the list's own words, at most 45 words"),
        tags=_list(
            _tag(words),
            "ids from content/tags.yml, most central first; complete: without them automatic tags "
            "are shown as suggestions",
        ),
        related=_list(_text("the slug of a paper"), "papers to read next, shown first"),
        pick={"type": "boolean", "description": "true for an editors' pick"},
    )


def _tag(words: Vocabulary | None) -> Schema:
    if not words or not words.tags:
        return _text("the id of a tag")
    return {
        "oneOf": [
            {"const": tag.id, "title": tag.name, "description": tag.definition}
            for tag in words.tags.values()
        ]
    }


def _edition() -> Schema:
    listing = _object(
        "a paper and what the listing said of it",
        ("paper", "comments"),
        required=("paper",),
        paper=_text("the slug of a paper"),
        comments=_number("how many comments the listing showed", 0),
    )
    made = _object(
        "A listing: content/editions/ID.yml",
        edition.KEYS,
        required=("title", "papers"),
        title=_text("what the listing is called"),
        source=_whole("the series it belongs to, a slug", _SLUG),
        date=_whole("the day of the listing", _DAY),
        date_inferred={
            "type": "boolean",
            "description": "true where the listing printed no year, or no date",
        },
        papers={
            "type": "array",
            "description": "the papers in listed order",
            "items": {"anyOf": [_text("the slug of a paper"), listing]},
            "uniqueItems": True,
        },
    )
    # What infers a date has one.
    return {
        **made,
        "if": {"properties": {"date_inferred": {"const": True}}, "required": ["date_inferred"]},
        "then": {"required": ["date"]},
    }


def _collection() -> Schema:
    return _object(
        "The front matter of a reading path: content/collections/ID.md",
        collection.KEYS,
        required=("title", "papers"),
        title=_text("what the path is called"),
        summary=_text("one sentence on where it leads"),
        papers={
            "type": "array",
            "description": "the papers in reading order",
            "minItems": 1,
            "items": _object(
                "a paper on the path",
                ("paper", "note"),
                required=("paper", "note"),
                paper=_text("the slug of a paper"),
                note=_text("why it stands here, and what to look for"),
            ),
        },
    )


def _tags() -> Schema:
    return _object(
        "The vocabulary: content/tags.yml",
        vocabulary.KEYS,
        facets={
            "type": "array",
            "description": "groups of tags, in the order of display",
            "items": _object(
                "a group of tags",
                vocabulary.FACET_KEYS,
                required=vocabulary.FACET_KEYS,
                id=_whole("a slug", _SLUG),
                name=_text("as readers see it"),
                definition=_text("what the tags of this group say of a paper"),
            ),
        },
        tags={
            "type": "array",
            "description": "the tags, in the order of display",
            "items": _object(
                "a tag",
                vocabulary.TAG_KEYS,
                required=("id", "name", "facet", "definition"),
                id=_whole("a slug; it is the page's address", _SLUG),
                name=_text("as readers see it"),
                facet=_text("the id of its group"),
                definition=_text("which papers have it"),
                phrases=_list(_text(), "words in a title or abstract that hint at the tag"),
                synonyms=_list(_text(), "what a reader may type who means it"),
                see_also=_list(_text(), "ids of tags that are often confused with it"),
            ),
        },
    )


def _redirects() -> Schema:
    return {
        "title": "Pages that moved: content/redirects.yml",
        "type": "object",
        "propertyNames": {"pattern": f"^{_PATH}$"},
        "additionalProperties": _whole("the page's path now", _PATH),
    }


def _authors() -> Schema:
    return _object(
        "People who share a name: content/authors.yml",
        authors.KEYS,
        namesakes={
            "type": "array",
            "items": _object(
                "one of several people of a name",
                authors.NAMESAKE_KEYS,
                required=authors.NAMESAKE_KEYS,
                id=_whole("the slug of the name, and what tells this one apart", _SLUG),
                name=_text("the name as printed"),
                note=_text("what tells this one from the others, such as an institution"),
                papers={**_list(_text("the slug of a paper"), "the papers"), "minItems": 1},
            ),
        },
    )


def _removed() -> Schema:
    return _object(
        "Papers that were taken out: content/removed.yml",
        removed.KEYS,
        removed={
            "type": "array",
            "items": _object(
                "a paper that was taken out",
                removed.TOMBSTONE_KEYS,
                required=removed.TOMBSTONE_KEYS,
                slug=_whole("its slug", _SLUG),
                title=_text("its title"),
                reason=_text("why, in one line"),
            ),
        },
    )


def _check() -> Schema:
    item = _object(
        "findings that are right as they are",
        silences.SILENCE_KEYS,
        required=("path", "reason"),
        path=_text("the file, below content/"),
        field=_text("the field that the check names"),
        says=_text("a part of what it says"),
        check={"enum": list(silences.CHECKS), "description": "for what --links tells"},
        reason=_text("why this is no mistake"),
    )
    return _object(
        "What checks shall not tell again: content/check.yml",
        silences.KEYS,
        silence={
            "type": "array",
            "items": {**item, "anyOf": [{"required": ["field"]}, {"required": ["says"]}]},
        },
    )


def _object(
    what: str, keys: tuple[str, ...], /, *, required: tuple[str, ...] = (), **properties: Schema
) -> Schema:
    """A mapping with these keys and no other; `keys` are the reader's, in its order."""
    return {
        "title": what,
        "type": "object",
        "additionalProperties": False,
        **({"required": list(required)} if required else {}),
        "properties": {key: properties[key] for key in keys},
    }


def _text(description: str = "") -> Schema:
    return _described({"type": "string", "pattern": r"\S"}, description)


def _whole(description: str, pattern: str) -> Schema:
    # Space around a value is no part of it.
    return _described({"type": "string", "pattern": rf"^\s*(?:{pattern})\s*$"}, description)


def _number(description: str, least: int) -> Schema:
    return {
        "type": "integer",
        "minimum": least,
        "maximum": 999_999_999,
        "description": description,
    }


def _list(items: Schema, description: str) -> Schema:
    return {"type": "array", "items": items, "uniqueItems": True, "description": description}


def _described(what: Schema, description: str) -> Schema:
    return {**what, "description": description} if description else what
