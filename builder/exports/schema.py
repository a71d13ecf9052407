"""JSON Schemas: of the catalogue (/api/papers.schema.json), and of the content files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from builder.content import schemas
from builder.content.paper import LINK_KINDS
from builder.content.vocabulary import Vocabulary
from builder.exports.catalogue import VERSION
from builder.exports.site import Site

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SLUG = "^[a-z0-9]+(-[a-z0-9]+)*$"


def schema(site: Site) -> str:
    """The schema as JSON text.

    It names what is always there and leaves room for more: a reader that checks by it will not
    break when a field is added.
    """
    whole = {
        "$schema": _DIALECT,
        **({"$id": site.address("api/papers.schema.json")} if site.url else {}),
        "title": "Papershelf catalogue",
        "description": f"The papers of a list, version {VERSION} of the form.",
        **_object(
            generated_by=_text("the program and its version"),
            version=_text("of this form: MAJOR.MINOR", pattern=r"^\d+\.\d+$"),
            count={"type": "integer", "minimum": 0},
            papers={"type": "array", "items": {"$ref": "#/$defs/paper"}},
        ),
        "$defs": {
            "paper": _object(
                slug=_slug("the paper's id; it stays"),
                url=_text("the page's path below the site's root", pattern="^/papers/[a-z0-9-]+/$"),
                title=_text("plain, TeX mathematics between dollar signs", minLength=1),
                authors=_list(_text(minLength=1), "in printed order, where known"),
                author_count=_or_null(
                    {"type": "integer", "minimum": 1}, "also where names are not known"
                ),
                organization=_or_null(_text()),
                date=_or_null(_day(), "of first publication"),
                arxiv=_or_null(_text(), "the id without version"),
                doi=_or_null(_text(pattern="^10\\.")),
                venue=_or_null(_text()),
                links=_list(_object(kind={"enum": list(LINK_KINDS)}, url=_address())),
                summary=_or_null(_text(), "in the list's own words"),
                abstract=_text("Markdown, TeX mathematics between dollar signs", minLength=1),
                tags=_list(
                    _object(
                        id=_slug(),
                        by={"enum": ["auto", "curator"]},
                        why=_text("the reason of an automatic tag"),
                    ),
                    "most central first",
                ),
                related=_list(
                    _object(
                        slug=_slug(),
                        reason=_text(),
                        score={"type": "number", "minimum": 0, "maximum": 1},
                    ),
                    "nearest first",
                ),
                editions=_list(
                    _object(
                        id=_slug(),
                        date=_or_null(_day()),
                        comments=_or_null({"type": "integer", "minimum": 0}),
                    ),
                    "listings that held the paper, newest first",
                ),
            )
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def content_schemas(words: Vocabulary, site: Site) -> dict[str, str]:
    """Path below the site's root -> schema of a kind of content file, for editors."""
    found = {}
    for name, made in schemas.schemas(words).items():
        path = f"api/{name}.schema.json"
        dialect = {"$schema": made["$schema"], **({"$id": site.address(path)} if site.url else {})}
        found[path] = content_schema({**dialect, **made})
    return found


def content_schema(made: Mapping[str, Any]) -> str:
    """A schema as JSON text."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def _object(**properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: dict[str, Any], description: str = "") -> dict[str, Any]:
    return _described({"type": "array", "items": items}, description)


def _text(description: str = "", **more: Any) -> dict[str, Any]:
    return _described({"type": "string", **more}, description)


def _slug(description: str = "") -> dict[str, Any]:
    return _text(description, pattern=_SLUG)


def _day() -> dict[str, Any]:
    return {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}


def _address() -> dict[str, Any]:
    return {"type": "string", "format": "uri", "pattern": "^https?://"}


def _or_null(what: dict[str, Any], description: str = "") -> dict[str, Any]:
    return _described({**what, "type": [what["type"], "null"]}, description)


def _described(what: dict[str, Any], description: str) -> dict[str, Any]:
    return {**what, "description": description} if description else what
