"""`fill`: facts about known papers, put into their files where these have none.

A value that is there stays, whatever the facts say; a difference is reported. All else in a file
stays byte for byte as it was. Then the years of listings that were inferred are inferred again,
since the papers' dates are what they are inferred from.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from builder.content import edition, files, frontmatter, paper, redirects
from builder.content.edition import Edition
from builder.content.paper import Paper
from builder.importers import dates, same
from builder.importers.records import Record
from builder.library import Library
from builder.problems import Problem, ProblemsFound

KEYS = ("authors", "author_count", "organization", "date", "arxiv", "doi", "venue", "links")


@dataclass(frozen=True, kw_only=True)
class Filling:
    """What `fill` would do.

    files: path -> new text; removed: files whose content moved. filled: key -> papers that get
    it. moved: (old id, new id) of editions whose year is another one now. notes: conflicts and
    unknown titles, as warnings.
    """

    files: Mapping[Path, str]
    removed: tuple[Path, ...]
    papers: int
    filled: Mapping[str, int]
    conflicts: int
    unknown: int
    moved: tuple[tuple[str, str], ...]
    notes: tuple[Problem, ...]


def fill(records: tuple[Record, ...], library: Library, *, path: str) -> Filling:
    """The changed files that `records`, read from the file `path`, make of `library`'s.

    Raises ProblemsFound where a file cannot be read or changed.
    """
    filler = _Filler(library, path)
    for record in records:
        filler.take(record)
    return filler.finish()


class _Filler:
    def __init__(self, library: Library, path: str) -> None:
        self.library = library
        self.path = path
        self.known = same.Known(library.papers.values(), library.redirects)
        self.papers: dict[str, Paper] = dict(library.papers)
        self.changed: dict[str, dict[str, Any]] = {}
        self.notes: list[Problem] = []
        self.conflicts = 0
        self.unknown = 0

    def take(self, record: Record) -> None:
        """Set what the paper of this title lacks, and note what it says otherwise."""
        titled = self.known.titled(record.title)
        if len(titled) != 1:
            if titled:
                names = " and ".join(item.slug for item in titled)
                message = f'"{record.title}" is the title of {names}'
            else:
                message = f'there is no paper "{record.title}"'
            self.unknown += 1
            self._note(record.line, "title", message, "nothing is filled in from this line")
            return
        slug = titled[0].slug
        for key in KEYS:
            told, has = getattr(record, key), getattr(self.papers[slug], key)
            if not told or (key == "author_count" and self.papers[slug].authors):
                continue
            if has:
                if _differ(has, told):
                    self._conflict(record, slug, key, f"{_shown(has)} stands there")
                continue
            count = self.papers[slug].author_count
            if key == "authors" and count not in (None, len(told)):
                self._conflict(record, slug, key, f"author_count: {count} stands there")
                continue
            self.papers[slug] = replace(self.papers[slug], **{key: told})
            self.changed.setdefault(slug, {})[key] = told

    def _conflict(self, record: Record, slug: str, key: str, why: str) -> None:
        self.conflicts += 1
        source = self.library.papers[slug].source
        told = _shown(getattr(record, key))
        self.notes.append(
            source.problem(
                key,
                f"{why}, {self.path}:{record.line} says {told}",
                "the file's value is kept",
                severity="warning",
            )
        )

    def finish(self) -> Filling:
        root = self.library.root
        texts: dict[Path, str] = {}
        problems: list[Problem] = []
        for slug, changes in sorted(self.changed.items()):
            path = root / "papers" / f"{slug}.md"
            shown = self.library.papers[slug].source.path
            try:
                texts[path] = _set(files.read_text(path, shown), self.papers[slug], changes, shown)
            except ProblemsFound as error:
                problems += error.problems
        removed: list[Path] = []
        moved: list[tuple[str, str]] = []
        for item in self.library.editions.values():
            date = self._later(item)
            if date is None:
                continue
            name = self._renamed(item, date)
            path = root / "editions" / f"{item.id}.yml"
            try:
                text = _dated(files.read_text(path, item.file.path), item, date)
            except ProblemsFound as error:
                problems += error.problems
                continue
            texts[root / "editions" / f"{name}.yml"] = text
            if name != item.id:
                removed.append(path)
                moved.append((item.id, name))
        if moved:
            path = root / "redirects.yml"
            try:
                texts[path] = _redirected(self.library, moved)
            except ProblemsFound as error:
                problems += error.problems
        if problems:
            raise ProblemsFound(problems)
        return Filling(
            files=MappingProxyType(texts),
            removed=tuple(removed),
            papers=len(self.changed),
            filled=MappingProxyType(
                dict(Counter(key for keys in self.changed.values() for key in keys))
            ),
            conflicts=self.conflicts,
            unknown=self.unknown,
            moved=tuple(moved),
            notes=tuple(self.notes),
        )

    def _later(self, item: Edition) -> datetime.date | None:
        """The listing's date if its year, once inferred, is contradicted now; None if not.

        The year only ever goes up: facts that are added cannot make an earlier one possible.
        """
        if not item.date_inferred or item.date is None:
            return None
        papers = (self.papers[listing.paper] for listing in item.papers)
        bounds = (dates.not_before(each.date, each.arxiv) for each in papers)
        date = dates.first_possible((item.date.month, item.date.day), bounds)
        return date if date and date > item.date else None

    def _renamed(self, item: Edition, date: datetime.date) -> str:
        """The id with the new date in it; the old one where it holds no date."""
        name = item.id.replace(str(item.date), str(date))
        if name == item.id:
            return name
        return same.free(name, lambda name: name in self.library.editions)

    def _note(self, line: int, field: str, message: str, hint: str) -> None:
        self.notes.append(
            Problem(
                path=self.path,
                line=line,
                field=field,
                message=message,
                hint=hint,
                severity="warning",
            )
        )


def _differ(one: object, other: object) -> bool:
    if isinstance(one, str) and isinstance(other, str):
        return one.casefold().split() != other.casefold().split()
    return one != other


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(getattr(item, "url", item) for item in value)
    return str(value)


def _set(text: str, changed: Paper, changes: Mapping[str, Any], shown: str) -> str:
    """The file's text with `changes` set; reads back as `changed`."""
    lines = paper.header_lines(changed)
    made = frontmatter.set_fields(text, {key: lines[key] for key in changes}, order=paper.KEYS)
    if paper.parse(made, path=shown) != changed:
        message = f"cannot be filled in: {', '.join(changes)}"
        raise ProblemsFound([Problem(path=shown, line=1, message=message, hint="do it by hand")])
    return made


def _dated(text: str, item: Edition, date: datetime.date) -> str:
    """The edition's text with another date, and every other byte as it was."""
    lines = text.splitlines(keepends=True)
    at = item.file.lines["date"] - 1
    lines[at] = re.sub(r"\d{4}-\d\d-\d\d", str(date), lines[at], count=1)
    made = "".join(lines)
    if edition.parse(made, path=item.file.path).date != date:
        hint = f"write date: {date} by hand, and rename the file"
        raise ProblemsFound([item.file.problem("date", "cannot be changed", hint)])
    return made


def _redirected(library: Library, moved: list[tuple[str, str]]) -> str:
    """redirects.yml with a line more for each edition that moved; lines that led to where it was
    lead to where it is."""
    path = library.root / "redirects.yml"
    shown = library.redirects.source.path or path.as_posix()
    text = files.read_text(path, shown) if path.exists() else ""
    moves = [(f"/editions/{old}/", f"/editions/{new}/") for old, new in moved]
    return redirects.moved(text, moves, path=shown)
