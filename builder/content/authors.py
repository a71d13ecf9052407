"""Authors who share a name: content/authors.yml. Reader and writer.

Authors are known by their names alone, and most names belong to one person. Only those that do not
stand in this file: which papers are whose.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from slugify import slugify

from builder.content import emit, identifiers
from builder.content.fields import Fields, load_mapping
from builder.content.paper import Source
from builder.problems import ProblemsFound

KEYS = ("namesakes",)
NAMESAKE_KEYS = ("id", "name", "note", "papers")


# Most names: Latin letters, with and without accents, and what stands between them. slugify takes
# twenty times as long to say the same of them.
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff .-]*")
_PLAIN = re.compile(r"[A-Za-z .-]*")
_ACCENTS = re.compile(r"[\u0300-\u036f]")

# The id of a name in which no letter or digit is known.
NAMELESS = "unknown"


@functools.cache
def name_slug(name: str) -> str:
    """The words of a name in small letters without accents, joined by hyphens; "" for a name in
    which no letter or digit is known."""
    plain = name
    if not name.isascii() and _LATIN.fullmatch(name):
        plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", name))
    if _PLAIN.fullmatch(plain):
        return "-".join(plain.lower().replace(".", " ").replace("-", " ").split())
    return slugify(name)


def author_id(name: str) -> str:
    """The id of an author: the slug of the name, so that accents and dots make no difference."""
    return name_slug(name) or NAMELESS


def best_spelling(counts: Mapping[str, int]) -> str:
    """Of the spellings of a name the commonest, of equals one with accents, then the first.

    counts: spelling -> in how many papers it stands; not empty.
    """
    return min(counts, key=lambda name: (-counts[name], name.isascii(), name))


@dataclass(frozen=True, kw_only=True)
class Namesake:
    """One of several people of the same name.

    id: the name's slug with something behind it. note: what tells this one from the others, in a
    word or two, such as an institution. papers: slugs.
    """

    id: str
    name: str
    note: str
    papers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Authors:
    """The people who share a name with another, by id, in the order of the file."""

    namesakes: Mapping[str, Namesake] = field(default_factory=lambda: MappingProxyType({}))
    source: Source = field(default=Source(path=""), compare=False, repr=False)

    def id_of(self, name: str, paper: str) -> str:
        """The id of the author whom the paper with the slug `paper` names so."""
        plain = author_id(name)
        return self._claims.get((plain, paper), plain)

    @functools.cached_property
    def _claims(self) -> Mapping[tuple[str, str], str]:
        return {
            (author_id(item.name), slug): item.id
            for item in self.namesakes.values()
            for slug in item.papers
        }


def parse(text: str, *, path: str) -> Authors:
    """Read the namesakes from the text of their file.

    Raises ProblemsFound with everything that is wrong with the file by itself. What needs the rest
    of the library (whether the papers name these authors) is checked by `builder.library`.
    """
    fields = load_mapping(text, path=path)
    fields.only(KEYS)
    found: dict[str, Namesake] = {}
    claimed: dict[tuple[str, str], str] = {}
    for item in fields.mappings("namesakes"):
        item.only(NAMESAKE_KEYS)
        before = len(fields.problems)
        made = Namesake(
            id=item.matching("id", identifiers.check_slug, required=True) or "",
            name=item.text("name", required=True) or "",
            note=item.text("note", required=True) or "",
            papers=item.texts("papers"),
        )
        if not made.papers and len(fields.problems) == before:
            item.problem("papers", "no paper is named", 'add a line "papers: [SLUG]"')
        _check(item, made, found, claimed)
        if made.id:
            found.setdefault(made.id, made)
    if fields.problems:
        raise ProblemsFound(fields.problems)
    source = Source(path=path, lines=fields.lines)
    return Authors(namesakes=MappingProxyType(found), source=source)


def _check(
    item: Fields,
    made: Namesake,
    known: Mapping[str, Namesake],
    claimed: dict[tuple[str, str], str],
) -> None:
    plain = author_id(made.name)
    if made.id in known:
        item.problem("id", f'there are two people "{made.id}"', "give one of them another id")
    elif made.id and made.name and not made.id.startswith(f"{plain}-"):
        hint = f'write the name and what tells the person apart, such as "{plain}-mit"'
        item.problem("id", f'"{made.id}" does not begin with "{plain}-"', hint)
    for slug in made.papers:
        owner = claimed.setdefault((plain, slug), made.id)
        if made.name and made.id and owner != made.id:
            hint = "leave it with the one who wrote it"
            item.problem("papers", f'"{slug}" belongs to "{owner}" already', hint)


def dump(authors: Authors) -> str:
    """The canonical text of the file; `parse` reads equal authors back from it."""
    return "".join(f"{line}\n" for line in _dump(authors))


def _dump(authors: Authors) -> Iterator[str]:
    if authors.namesakes:
        yield "namesakes:"
    for item in authors.namesakes.values():
        yield f"  - id: {emit.scalar(item.id)}"
        yield f"    name: {emit.scalar(item.name)}"
        yield f"    note: {emit.scalar(item.note)}"
        yield "    " + emit.text_list("papers", item.papers).replace("\n", "\n    ")
