"""From captures and the library to new files: what is new, what is known, where it was listed.

Nothing here writes. An import creates files and never changes one that is there: where a listing
knows more of a known paper than its file, that is reported, not done.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from builder.content import edition, files, paper
from builder.content.edition import Edition, Listing
from builder.content.paper import Paper
from builder.importers import dates, same
from builder.importers.entries import Capture, Entry
from builder.library import Library
from builder.problems import Problem, ProblemsFound, did_you_mean

# What a listing can tell of a paper beside its title and abstract.
FACTS = ("authors", "author_count", "organization", "date", "arxiv", "doi", "venue", "tags")


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What one source file came to.

    entries = new + known + repeated. edition: the id of its edition, None for a catalogue;
    created: whether that edition is new; inferred: whether its year is an inference.
    """

    path: str
    entries: int
    new: int
    known: int
    repeated: int
    edition: str | None = None
    created: bool = False
    inferred: bool = False
    listed: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an import would do. files: path -> text, in the order of writing: papers first.

    notes: what a person should know, as warnings, in the order of the sources.
    """

    files: Mapping[Path, str]
    summaries: tuple[Summary, ...]
    notes: tuple[Problem, ...]


def plan(captures: list[Capture], library: Library, *, date: datetime.date | None = None) -> Plan:
    """The files that `captures` add to `library`.

    date: the day of the listing, where there is one capture only and its year cannot be inferred
    or is to be overruled.
    Raises ProblemsFound where an entry cannot become a file, and where a listing's year cannot be
    inferred.
    """
    planner = _Planner(library)
    places = [planner.add(capture) for capture in captures]
    for capture, listed in zip(captures, places, strict=True):
        planner.add_edition(capture, listed, date)
    return planner.finish(captures)


class _Planner:
    def __init__(self, library: Library) -> None:
        self.library = library
        self.known = same.Known(library.papers.values(), library.redirects)
        self.drafts: dict[str, Paper] = {}
        self.origins: dict[str, tuple[str, int]] = {}
        self.editions: dict[str, Edition] = dict(library.editions)
        self.created: dict[str, Edition] = {}
        self.counts: list[dict[str, int]] = []
        self.edition_of: list[Edition | None] = []
        self.notes: list[Problem] = []
        self.problems: list[Problem] = []

    # ---------------------------------------------------------------- papers

    def add(self, capture: Capture) -> dict[str, Entry]:
        """Take in a capture's entries. Returns slug -> entry, in the order of the listing."""
        for item in capture.leftovers:
            shown = item.text if len(item.text) <= 80 else item.text[:79] + "…"
            self._note(capture, item.line, f'left over ({item.why}): "{shown}"')
        counts = {"new": 0, "known": 0, "repeated": 0}
        places: dict[str, Entry] = {}
        for entry in capture.entries:
            if not same.title_key(entry.title):
                message = f'the title "{entry.title}" has no letter or digit'
                self._problem(capture, entry, "title", message, "correct the source")
                continue
            found = self.known.find(entry)
            if found is None:
                slug = self._draft(capture, entry)
                counts["new"] += 1
                places[slug] = entry
                continue
            if found.slug in places:
                first = places[found.slug].line
                message = f'"{entry.title}" is listed a second time (first in line {first})'
                self._note(capture, entry.line, message, "the first place is kept")
                counts["repeated"] += 1
                continue
            counts["known"] += 1
            places[found.slug] = entry
            if found.slug in self.drafts:
                self._complete(found.slug, entry)
            else:
                self._compare(capture, entry, found)
        self.counts.append(counts)
        return places

    def _draft(self, capture: Capture, entry: Entry) -> str:
        tags = self.library.vocabulary.tags
        for tag in entry.tags or ():
            if tag not in tags:
                hint = did_you_mean(tag, tags) or "use the ids of tags.yml"
                self._problem(capture, entry, "tags", f'there is no tag "{tag}"', hint)
        slug = self.known.free_slug(entry.title)
        draft = Paper(
            slug=slug,
            title=entry.title,
            abstract=entry.abstract,
            links=entry.links,
            **{key: getattr(entry, key) for key in FACTS},
        )
        self.drafts[slug] = draft
        self.origins[slug] = (capture.path, entry.line)
        self.known.add(draft)
        return slug

    def _complete(self, slug: str, entry: Entry) -> None:
        """Another listing of the same import may know more of a new paper."""
        draft = self.drafts[slug]
        more = {
            key: getattr(entry, key)
            for key in FACTS
            if not getattr(draft, key) and getattr(entry, key)
        }
        self.drafts[slug] = replace(draft, **more)

    def _compare(self, capture: Capture, entry: Entry, found: Paper) -> None:
        """Report what a known paper's file lacks and the source has."""
        for key in FACTS:
            told = getattr(entry, key)
            if not told or getattr(found, key) or (key == "author_count" and found.authors):
                continue
            shown = ", ".join(told) if isinstance(told, tuple) else told
            self._note(
                capture,
                entry.line,
                f'{found.slug} has no {key}, this listing has "{shown}"',
                f"add it to {found.source.path}",
            )

    # ---------------------------------------------------------------- editions

    def add_edition(
        self, capture: Capture, places: dict[str, Entry], date: datetime.date | None
    ) -> None:
        """Plan the capture's edition, unless the library has it."""
        series = capture.series
        if series is None:
            self.edition_of.append(None)
            return
        listed = tuple(places)
        for item in self.editions.values():
            if item.source == series.id and tuple(it.paper for it in item.papers) == listed:
                if date not in (None, item.date):
                    message = f"{item.id} is this listing, with another date than {date}"
                    self._note(capture, 1, message, f"correct {item.file.path} by hand")
                self.edition_of.append(item)
                return
        inferred = date is None
        if date is None and capture.day is not None:
            date = self._infer(capture, listed)
            if date is None:
                self.edition_of.append(None)
                return
        elif date is not None and capture.day not in (None, (date.month, date.day)):
            shown = _day(capture.day)
            self._note(capture, capture.day_line, f"the listing prints {shown}, you gave {date}")
        latest = max(filter(None, map(self._not_before, listed)), default=None)
        if date is not None and latest is not None and latest > date:
            message = f"a paper in this listing is of {latest}, later than {date}"
            self._note(capture, 1, message, "is the date right?")
        made = Edition(
            id=same.free(
                f"{series.prefix}-{date or 'undated'}",
                lambda name: (
                    name in self.editions
                    or f"/editions/{name}/" in {item.old for item in self.library.redirects.entries}
                ),
            ),
            title=series.title,
            source=series.id,
            date=date,
            date_inferred=inferred and date is not None,
            papers=tuple(
                Listing(paper=slug, comments=entry.comments) for slug, entry in places.items()
            ),
        )
        self.editions[made.id] = made
        self.created[made.id] = made
        self.edition_of.append(made)

    def _infer(self, capture: Capture, listed: tuple[str, ...]) -> datetime.date | None:
        assert capture.day is not None
        date = dates.first_possible(capture.day, map(self._not_before, listed))
        if date is None:
            self.problems.append(
                Problem(
                    path=capture.path,
                    line=capture.day_line,
                    field="date",
                    message=f"the listing prints {_day(capture.day)} without a year, and no paper "
                    "in it has a date to infer it from",
                    hint="import this file alone, with --date YYYY-MM-DD",
                )
            )
        return date

    def _not_before(self, slug: str) -> datetime.date | None:
        item = self.drafts.get(slug) or self.library.papers[slug]
        return dates.not_before(item.date, item.arxiv)

    # ---------------------------------------------------------------- the end

    def finish(self, captures: list[Capture]) -> Plan:
        root = self.library.root
        texts: dict[Path, str] = {}
        for slug, draft in sorted(self.drafts.items()):
            texts[root / "papers" / f"{slug}.md"] = self._text(draft)
        for name, item in sorted(self.created.items()):
            texts[root / "editions" / f"{name}.yml"] = edition.dump(item)
        if self.problems:
            raise ProblemsFound(self.problems)
        summaries = tuple(
            Summary(
                path=capture.path,
                entries=len(capture.entries),
                edition=item.id if item else None,
                created=bool(item and item.id in self.created),
                inferred=bool(item and item.date_inferred),
                listed=len(item.papers) if item else 0,
                **counts,
            )
            for capture, counts, item in zip(captures, self.counts, self.edition_of, strict=True)
        )
        return Plan(files=MappingProxyType(texts), summaries=summaries, notes=tuple(self.notes))

    def _text(self, draft: Paper) -> str:
        """The file of a new paper, after making sure that it reads back as the same paper."""
        path, line = self.origins[draft.slug]
        text = paper.dump(draft)
        try:
            back = paper.parse(text, path=f"papers/{draft.slug}.md")
        except ProblemsFound as error:
            self.problems += (replace(item, path=path, line=line) for item in error.problems)
            return text
        size = len(text.encode())
        if back != draft or size > files.MAX_BYTES:
            what = f"it would have {size:,} bytes" if back == draft else "it reads back otherwise"
            message = f"no file can be made of this entry: {what}"
            self.problems.append(
                Problem(path=path, line=line, message=message, hint="correct the source")
            )
        return text

    def _note(self, capture: Capture, line: int, message: str, hint: str = "") -> None:
        self.notes.append(
            Problem(path=capture.path, line=line, message=message, hint=hint, severity="warning")
        )

    def _problem(self, capture: Capture, entry: Entry, field: str, message: str, hint: str) -> None:
        self.problems.append(
            Problem(path=capture.path, line=entry.line, field=field, message=message, hint=hint)
        )


def _day(day: tuple[int, int] | None) -> str:
    month, number = day or (1, 1)
    return f"{calendar.month_abbr[month]} {number}"
