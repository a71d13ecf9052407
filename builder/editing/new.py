"""One new paper's file, from what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.content import identifiers, paper
from builder.content.paper import Paper
from builder.content.vocabulary import normal_phrase
from builder.editing.edit import refused
from builder.importers import clean, jsonl, records, same
from builder.library import Library
from builder.problems import Problem, ProblemsFound, did_you_mean

# In the place of a title that is not known while the other facts are read.
_UNTITLED = "untitled"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A new file. gaps: what is still needed, each a sentence that says what to paste where.

    unused: what was given and has no place in a file, sorted.
    """

    path: Path
    text: str
    gaps: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def draft(
    library: Library, facts: Mapping[str, Any], *, summary: str = "", where: str = "input"
) -> Draft:
    """The file of a new paper.

    facts: by the keys of `builder.importers.records`, checked there; text is plain, with TeX
    mathematics. where: what problems name as the source of the facts. Nothing is looked up: what
    is not known is a gap.
    Raises ProblemsFound where a fact is wrong, and where the paper is there already.
    """
    has_title = bool(str(facts.get("title") or "").strip())
    # Escaped, the line ends of a text end no line.
    line = json.dumps({**facts, "title": facts["title"] if has_title else _UNTITLED})
    found = records.read(line, path=where)
    if found.problems:
        raise ProblemsFound(found.problems)
    entry = jsonl.entry(found.records[0])
    if not has_title and not (entry.arxiv or entry.doi):
        hint = "give --title, or an arXiv id or DOI"
        raise ProblemsFound([Problem(path=where, line=1, message="no title", hint=hint)])
    tags = library.vocabulary.tags
    unknown = [
        Problem(
            path=where, line=1, field="tags", message=f'there is no tag "{tag}"',
            hint=did_you_mean(tag, tags) or "use the ids of tags.yml",
        )
        for tag in entry.tags or ()
        if tag not in tags
    ]  # fmt: skip
    if unknown:
        raise ProblemsFound(unknown)
    title = entry.title if has_title else ""
    _refuse_known(library, title, entry.arxiv, entry.doi)
    slug = _slug(library, title, entry.arxiv, entry.doi)
    made = Paper(
        slug=slug,
        title=title,
        abstract=entry.abstract,
        authors=entry.authors,
        author_count=entry.author_count,
        organization=entry.organization,
        date=entry.date,
        arxiv=entry.arxiv,
        doi=entry.doi,
        venue=entry.venue,
        links=entry.links,
        summary=clean.line(summary) or None,
        tags=entry.tags,
    )
    path = library.root / "papers" / f"{slug}.md"
    text = paper.dump(made)
    gaps = tuple(_gaps(made))
    if not gaps and paper.parse(text, path=path.as_posix()) != made:
        raise refused(library, "no file can be made of this", "write the file by hand")
    return Draft(path=path, text=text, gaps=gaps, unused=found.unused)


def topics(library: Library, words: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Ids of the tags that words mean, by id, name or synonym; and the words that mean none."""
    meant: dict[str, str] = {}
    for tag in library.vocabulary.tags.values():
        for name in (tag.id, tag.name, *tag.synonyms):
            meant.setdefault(normal_phrase(name), tag.id)
    words = list(words)
    found = [meant.get(normal_phrase(word)) for word in words]
    known = tuple(dict.fromkeys(tag for tag in found if tag))
    strange = tuple(word for word, tag in zip(words, found, strict=True) if tag is None)
    return known, strange


def _refuse_known(library: Library, title: str, arxiv: str | None, doi: str | None) -> None:
    """Raises ProblemsFound, naming the file, where the paper is in the list, or was."""
    titled = same.Known(library.papers.values(), library.redirects).titled(title) if title else []
    for item in library.papers.values():
        for what, is_same in (
            ("this title", item in titled),
            ("this arXiv id", arxiv is not None and item.arxiv == arxiv),
            ("this DOI", bool(doi and item.doi and item.doi.lower() == doi.lower())),
        ):
            if is_same:
                message = f"the paper with {what} is here already"
                raise refused(library, message, "change this file instead", item.source.path)
    for index, stone in enumerate(library.removed.tombstones.values()):
        if title and same.title_key(stone.title) == same.title_key(title):
            where = f"removed[{index}].slug"
            message = f"this paper was removed: {stone.reason}"
            hint = "remove its tombstone first, if that no longer holds"
            raise ProblemsFound([library.removed.source.problem(where, message, hint)])


def _slug(library: Library, title: str, arxiv: str | None, doi: str | None) -> str:
    if not title:
        return identifiers.make_slug(f"arxiv {arxiv}" if arxiv else f"doi {doi}")
    taken = library.removed.tombstones
    moved = {item.old for item in library.redirects.entries}
    return same.free(
        identifiers.make_slug(title) or "paper",
        lambda slug: slug in library.papers or slug in taken or f"/papers/{slug}/" in moved,
    )


def _gaps(made: Paper) -> Iterator[str]:
    page = "the paper's page"
    if made.arxiv:
        page = f"https://arxiv.org/abs/{made.arxiv}"
    elif made.doi:
        page = f"https://doi.org/{made.doi}"
    elif made.links:
        page = made.links[0].url
    if not made.title:
        yield (
            f"the title: paste it from {page} between the quotes in line 2, and name the file "
            "after it (or remove the file and run this again with --title)"
        )
    if not made.abstract:
        yield f'the abstract: paste it from {page} below the second line "---"'
