"""The controlled vocabulary: content/tags.yml. Reader and writer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from builder.content import emit, identifiers
from builder.content.fields import Fields, load_mapping
from builder.content.paper import Source
from builder.problems import ProblemsFound, did_you_mean

KEYS = ("facets", "tags")
FACET_KEYS = ("id", "name", "definition")
TAG_KEYS = ("id", "name", "facet", "definition", "phrases", "synonyms", "see_also")


@dataclass(frozen=True, kw_only=True)
class Facet:
    """A group of tags."""

    id: str
    name: str
    definition: str


@dataclass(frozen=True, kw_only=True)
class Tag:
    """A term of the vocabulary.

    phrases: words in a title or abstract that hint at the tag, weighed by the tagger.
    synonyms: what a reader may type who means the tag; known to the search.
    see_also: ids of tags that are often confused with it.
    """

    id: str
    name: str
    facet: str
    definition: str
    phrases: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()
    see_also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    """Facets and tags by id, both in the order of the file, which is the order of display."""

    facets: Mapping[str, Facet] = field(default_factory=lambda: MappingProxyType({}))
    tags: Mapping[str, Tag] = field(default_factory=lambda: MappingProxyType({}))
    source: Source = field(default=Source(path=""), compare=False, repr=False)

    def __reduce__(self) -> tuple[Any, ...]:
        # It is remembered between builds, and what keeps a mapping from change cannot be.
        return _restored, (dict(self.facets), dict(self.tags), self.source)


def _restored(facets: dict[str, Facet], tags: dict[str, Tag], source: Source) -> Vocabulary:
    return Vocabulary(facets=MappingProxyType(facets), tags=MappingProxyType(tags), source=source)


def normal_phrase(phrase: str) -> str:
    """A phrase as it is compared: lower case, every run of other signs a space."""
    return " ".join(re.findall(r"\w+", phrase.lower()))


def parse(text: str, *, path: str) -> Vocabulary:
    """Read the vocabulary from the text of its file.

    Raises ProblemsFound with everything that is wrong: a duplicate id, an unknown facet, a phrase
    that two tags claim, a reference to no tag, ...
    """
    fields = load_mapping(text, path=path)
    fields.only(KEYS)
    facets: dict[str, Facet] = {}
    for item in fields.mappings("facets"):
        item.only(FACET_KEYS)
        facet_id, name, definition = _names(item, facets, "facet")
        if facet_id:
            facets[facet_id] = Facet(id=facet_id, name=name, definition=definition)
    tags: dict[str, Tag] = {}
    items: list[tuple[Fields, Tag]] = []
    for item in fields.mappings("tags"):
        item.only(TAG_KEYS)
        tag_id, name, definition = _names(item, tags, "tag")
        facet_id = item.text("facet", required=True) or ""
        if facet_id and facet_id not in facets:
            hint = did_you_mean(facet_id, facets) or f"known facets: {', '.join(facets)}"
            item.problem("facet", f'there is no facet "{facet_id}"', hint)
        tag = Tag(
            id=tag_id,
            name=name,
            facet=facet_id,
            definition=definition,
            phrases=item.texts("phrases"),
            synonyms=item.texts("synonyms"),
            see_also=item.texts("see_also"),
        )
        if tag_id:
            tags[tag_id] = tag
            items.append((item, tag))
    _check_references(items, tags)
    if fields.problems:
        raise ProblemsFound(fields.problems)
    return Vocabulary(
        facets=MappingProxyType(facets),
        tags=MappingProxyType(tags),
        source=Source(path=path, lines=fields.lines),
    )


def _names(item: Fields, known: Mapping[str, object], what: str) -> tuple[str, str, str]:
    """(id, name, definition); id is "" where it is missing, bad or taken."""
    found = item.matching("id", identifiers.check_slug, required=True) or ""
    if found in known:
        item.problem("id", f'there are two {what}s "{found}"', "give one of them another id")
        found = ""
    name = item.text("name", required=True) or ""
    return found, name, item.text("definition", required=True) or ""


def _check_references(items: list[tuple[Fields, Tag]], tags: Mapping[str, Tag]) -> None:
    claimed: dict[str, str] = {}
    for item, tag in items:
        for phrase in tag.phrases:
            normal = normal_phrase(phrase)
            owner = claimed.setdefault(normal, tag.id)
            if owner != tag.id:
                item.problem(
                    "phrases",
                    f'"{phrase}" is claimed by "{owner}" already',
                    "leave it with the tag that it points to more surely",
                )
        for other in tag.see_also:
            if other == tag.id or other not in tags:
                hint = did_you_mean(other, tags.keys() - {tag.id}) or "remove it"
                item.problem("see_also", f'"{other}" is no other tag', hint)


def dump(vocabulary: Vocabulary) -> str:
    """The canonical text of the vocabulary; `parse` reads an equal one back from it."""
    return "\n".join([*_dump(vocabulary), ""])


def _dump(vocabulary: Vocabulary) -> Iterator[str]:
    yield "facets:"
    for facet in vocabulary.facets.values():
        yield f"  - id: {emit.scalar(facet.id)}"
        yield f"    name: {emit.scalar(facet.name)}"
        yield f"    definition: {emit.scalar(facet.definition)}"
    yield "tags:"
    for tag in vocabulary.tags.values():
        yield f"  - id: {emit.scalar(tag.id)}"
        yield f"    name: {emit.scalar(tag.name)}"
        yield f"    facet: {emit.scalar(tag.facet)}"
        yield f"    definition: {emit.scalar(tag.definition)}"
        for key in ("phrases", "synonyms", "see_also"):
            values = getattr(tag, key)
            if values:
                yield "    " + emit.text_list(key, values).replace("\n", "\n    ")
