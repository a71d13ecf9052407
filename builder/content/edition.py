"""Editions: content/editions/ID.yml, one dated listing a file. Reader and writer."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from builder.content import emit, identifiers
from builder.content.fields import Fields, load_mapping
from builder.content.paper import Source
from builder.problems import Problem, ProblemsFound

KEYS = ("title", "source", "date", "date_inferred", "papers")


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A place in an edition. comments: how many the listing showed; None where it said nothing."""

    paper: str
    comments: int | None = None


@dataclass(frozen=True, kw_only=True)
class Edition:
    """One listing, in its order.

    source: the series it belongs to, a slug such as "huggingface-daily-papers".
    date_inferred: the listing printed no year, or no date at all, and `date` is an inference.
    """

    id: str
    title: str
    papers: tuple[Listing, ...]
    source: str | None = None
    date: datetime.date | None = None
    date_inferred: bool = False
    file: Source = field(default=Source(path=""), compare=False, repr=False)


def parse(text: str, *, path: str) -> Edition:
    """Read an edition from the text of its file; the id is the name in `path`.

    Raises ProblemsFound with everything that is wrong with the file by itself.
    """
    fields = load_mapping(text, path=path)
    fields.only(KEYS)
    problems = fields.problems
    verdict = identifiers.check_slug(PurePath(path).stem)
    if verdict:
        problems.append(Problem(path=path, line=1, message=verdict[0], hint=verdict[1]))
    title = fields.text("title", required=True)
    date = fields.date("date")
    date_inferred = fields.flag("date_inferred")
    if date_inferred and "date" not in fields:
        fields.problem("date_inferred", "there is no date", "add a date, or remove this line")
    papers = tuple(_listings(fields))
    if "papers" not in fields:
        fields.problem("papers", "missing", 'add "papers:" and a line "  - SLUG" for each')
    edition = Edition(
        id=PurePath(path).stem,
        title=title or "",
        source=fields.matching("source", identifiers.check_slug),
        date=date,
        date_inferred=date_inferred,
        papers=papers,
        file=Source(path=path, lines=fields.lines),
    )
    if problems:
        raise ProblemsFound(problems)
    return edition


def _listings(fields: Fields) -> Iterator[Listing]:
    seen: dict[str, int] = {}
    for index, item in enumerate(fields.items("papers")):
        name = f"papers[{index}]"
        if isinstance(item, Fields):
            item.only(("paper", "comments"))
            slug = item.text("paper", required=True)
            listing = Listing(paper=slug or "", comments=item.integer("comments"))
            fields.lines[name] = item.line()
        else:
            listing = Listing(paper=item)
        if listing.paper in seen:
            fields.problem(
                name,
                f'"{listing.paper}" is listed a second time (first in line {seen[listing.paper]})',
                "remove one of the two",
            )
        elif listing.paper:
            seen[listing.paper] = fields.line(name)
            yield listing


def dump(edition: Edition) -> str:
    """The canonical text of an edition's file; `parse` reads an equal edition back from it."""
    lines = [f"title: {emit.scalar(edition.title)}"]
    if edition.source:
        lines.append(f"source: {emit.scalar(edition.source)}")
    if edition.date:
        lines.append(f"date: {edition.date}")
    if edition.date_inferred:
        lines.append("date_inferred: true")
    if not edition.papers:
        return "\n".join([*lines, "papers: []", ""])
    lines.append("papers:")
    for listing in edition.papers:
        if listing.comments is None:
            lines.append(f"  - {emit.scalar(listing.paper)}")
        else:
            item = emit.flow_map({"paper": listing.paper, "comments": listing.comments})
            lines.append(f"  - {item}")
    return "\n".join(lines) + "\n"
