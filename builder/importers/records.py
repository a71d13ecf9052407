"""JSON Lines about papers: one object a line, read strictly.

Keys: title, abstract, authors, author_count, organization, date (YYYY-MM-DD), arxiv, doi, venue,
year, url, links (addresses, or objects of kind and url), tags. All but title may be absent, null
or empty. Other keys are not used, and named once.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from builder.content import identifiers
from builder.content.paper import LINK_KINDS, Link
from builder.importers import clean, urls
from builder.importers.same import title_key
from builder.problems import Problem, did_you_mean

KEYS = (
    "title", "abstract", "authors", "author_count", "organization", "date", "arxiv", "doi",
    "venue", "year", "url", "links", "tags",
)  # fmt: skip
_ARXIV_PAGE = re.compile(
    r"https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/(?P<id>[^?#]+?)(?:v\d+)?(?:\.pdf)?/?(?:[?#].*)?",
    re.IGNORECASE,
)
_DOI_PAGE = re.compile(r"https?://(?:dx\.)?doi\.org/(?P<id>10\.[^?#]+)", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NO_NAME = re.compile(r"et\.? al\.?|others|and others|\W*", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Record:
    """What one line tells of a paper; text is clean, abstract is as the line has it."""

    line: int
    title: str
    abstract: str | None = None
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    date: datetime.date | None = None
    arxiv: str | None = None
    doi: str | None = None
    venue: str | None = None
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Records:
    """A file's records, what is wrong with it, and which of its keys are not used (sorted)."""

    records: tuple[Record, ...]
    problems: tuple[Problem, ...]
    unused: tuple[str, ...]


def read(text: str, *, path: str) -> Records:
    """Read every line; a line with a problem is no record, and the others are read all the same."""
    found: list[Record] = []
    problems: list[Problem] = []
    unused: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        reader = _Line(path, number)
        record = reader.read(line)
        problems += reader.problems
        unused |= reader.unused
        if record is not None and not reader.problems:
            found.append(record)
    if not found and not problems:
        message = "there is no record in this file"
        hint = 'write one JSON object a line, such as {"title": "...", "abstract": "..."}'
        problems.append(Problem(path=path, line=1, message=message, hint=hint))
    return Records(records=tuple(found), problems=tuple(problems), unused=tuple(sorted(unused)))


class _Line:
    """One line on its way to a record; a getter returns None for an absent or wrong value."""

    def __init__(self, path: str, number: int) -> None:
        self.path = path
        self.number = number
        self.problems: list[Problem] = []
        self.unused: set[str] = set()
        self.values: dict[str, Any] = {}

    def problem(self, field: str, message: str, hint: str) -> None:
        self.problems.append(
            Problem(path=self.path, line=self.number, field=field, message=message, hint=hint)
        )

    def read(self, line: str) -> Record | None:
        try:
            values = json.loads(line, object_pairs_hook=self._object)
        except (ValueError, RecursionError) as error:
            what = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            at = f" at column {error.colno}" if isinstance(error, json.JSONDecodeError) else ""
            self.problem("", f"no JSON: {what}{at}", "write one whole JSON object a line")
            return None
        if not isinstance(values, dict):
            hint = 'write {"title": "...", ...}'
            self.problem("", f"{_kind(values)} where an object is expected", hint)
            return None
        self.values = values
        self.unused = values.keys() - set(KEYS)
        title = clean.line(self.text("title") or "")
        if not self.problems and not title_key(title):
            hint = "every record needs its title"
            self.problem("title", "no letter or digit in it" if title else "missing", hint)
        venue, date = self.name("venue"), self.date()
        year = self.number_of("year", 1000, 2999)
        if venue and year and not _YEAR.search(venue):
            # Whoever asks a paper for its year finds it there.
            venue = f"{venue} {year}"
        arxiv = self.matching("arxiv", identifiers.check_arxiv)
        doi = self.matching("doi", identifiers.check_doi)
        links = list(self.links())
        url = self.matching("url", identifiers.check_url)
        if url:
            page, publication = _ARXIV_PAGE.fullmatch(url), _DOI_PAGE.fullmatch(url)
            if page and identifiers.check_arxiv(page["id"]) is None:
                arxiv = arxiv or page["id"]
            elif publication and identifiers.check_doi(publication["id"]) is None:
                doi = doi or publication["id"]
            else:
                links.insert(0, Link(kind=urls.kind(url), url=url))
        authors = self.authors()
        count = self.number_of("author_count", 1, 999_999)
        if count is not None and count < len(authors):
            message = f"{count} is less than the {len(authors)} authors named"
            self.problem("author_count", message, "correct the number, or remove it")
        return Record(
            line=self.number,
            title=title,
            abstract=self.text("abstract"),
            authors=authors,
            author_count=count,
            organization=self.name("organization"),
            date=date,
            arxiv=arxiv,
            doi=doi,
            venue=venue,
            links=tuple(dict.fromkeys(links)),
            tags=self.tags(),
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in pairs:
            if key in found:
                self.problem(key, "the key stands here a second time", "keep one of the two")
            found[key] = value
        return found

    # ---------------------------------------------------------------- getters

    def text(self, key: str) -> str | None:
        value = self.values.get(key)
        if value is None:
            return None
        if not isinstance(value, str):
            hint = f'put it in quotes: "{key}": "..."'
            self.problem(key, f"{_kind(value)} where text is expected", hint)
            return None
        return value if value.strip() else None

    def name(self, key: str) -> str | None:
        value = self.text(key)
        return clean.line(value) or None if value else None

    def matching(self, key: str, check: Callable[[str], tuple[str, str] | None]) -> str | None:
        value = self.text(key)
        if value is None:
            return None
        wrong = check(value.strip())
        if wrong:
            self.problem(key, *wrong)
            return None
        return value.strip()

    def number_of(self, key: str, least: int, most: int) -> int | None:
        value = self.values.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int):
            hint = f'write it in digits: "{key}": {least}'
            self.problem(key, f"{_kind(value)} where a whole number is expected", hint)
            return None
        if not least <= value <= most:
            self.problem(key, f"{value} is not between {least} and {most}", "correct it")
            return None
        return value

    def date(self) -> datetime.date | None:
        value = self.text("date")
        if value is None:
            return None
        try:
            if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
                return datetime.date.fromisoformat(value)
        except ValueError:
            pass
        self.problem("date", f'"{value}" is no day', "write it as YYYY-MM-DD")
        return None

    def items(self, key: str) -> Iterator[tuple[str, Any]]:
        value = self.values.get(key)
        if value is None:
            return
        if not isinstance(value, list):
            hint = f'write "{key}": ["...", "..."]'
            self.problem(key, f"{_kind(value)} where a list is expected", hint)
            return
        for index, item in enumerate(value):
            yield f"{key}[{index}]", item

    def authors(self) -> tuple[str, ...]:
        """The names, each once: two authors of one name are more rarely meant than a slip."""
        found: dict[str, None] = {}
        for where, item in self.items("authors"):
            if not isinstance(item, str):
                self.problem(where, f"{_kind(item)} where a name is expected", "write names")
                continue
            name = clean.line(item)
            if _NO_NAME.fullmatch(name):
                self.problem(where, f'"{item}" is no name', "name all authors, or none")
                continue
            found.setdefault(name)
        return tuple(found)

    def links(self) -> Iterator[Link]:
        for where, item in self.items("links"):
            kind, url = None, item
            if isinstance(item, dict):
                kind, url = item.get("kind"), item.get("url")
            if not isinstance(url, str):
                hint = 'write {"kind": "code", "url": "https://..."}'
                self.problem(where, f"{_kind(item)} where a link is expected", hint)
                continue
            wrong = identifiers.check_url(url)
            if wrong:
                self.problem(where, *wrong)
            elif kind is not None and kind not in LINK_KINDS:
                hint = did_you_mean(str(kind), LINK_KINDS) or f"known: {', '.join(LINK_KINDS)}"
                self.problem(where, f'"{kind}" is no kind of link', hint)
            else:
                yield Link(kind=kind or urls.kind(url), url=url)

    def tags(self) -> tuple[str, ...] | None:
        if self.values.get("tags") is None:
            return None
        found: dict[str, None] = {}
        for where, item in self.items("tags"):
            if isinstance(item, str):
                found.setdefault(item)
            else:
                self.problem(where, f"{_kind(item)} where a tag is expected", "use tags.yml's ids")
        return tuple(found)


def _kind(value: object) -> str:
    """What a JSON value is, in a contributor's words."""
    if isinstance(value, bool):
        return "a yes-or-no value"
    kinds = {str: "text", int: "a number", float: "a number", list: "a list", dict: "an object"}
    return kinds.get(type(value), "nothing")
