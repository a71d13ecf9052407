"""What an importer understood of a source: entries, the listing they stood in, and the rest."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from builder.content.paper import Link


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One paper as a source tells of it; text is clean and abstract is Markdown.

    line: 1-based, where the entry starts in its source. comments: None where the source shows
    none. tags: None where the source has no word on them.
    """

    line: int
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    date: datetime.date | None = None
    arxiv: str | None = None
    doi: str | None = None
    venue: str | None = None
    links: tuple[Link, ...] = ()
    tags: tuple[str, ...] | None = None
    comments: int | None = None


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """A piece of a source that became no part of an entry. why: in plain words."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Series:
    """The listings that a source publishes. id: a slug; title: each edition's title.

    prefix: what the ids of its editions start with.
    """

    id: str
    title: str
    prefix: str


@dataclass(frozen=True, kw_only=True)
class Capture:
    """One source file, understood.

    series: the listings it belongs to; None for a catalogue, which makes no edition.
    day: (month, day) where the listing prints a date without its year. day_line: its line.
    """

    path: str
    entries: tuple[Entry, ...]
    leftovers: tuple[Leftover, ...] = ()
    series: Series | None = None
    day: tuple[int, int] | None = None
    day_line: int = 1
