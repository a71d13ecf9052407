"""Catalogues as JSON Lines: whoever has a list of papers of their own brings it in this form.

`builder.importers.records` names the keys. A catalogue makes papers and no edition.
"""

from __future__ import annotations

from builder.content import identifiers
from builder.content.paper import Link
from builder.importers import clean, records, urls
from builder.importers.entries import Capture, Entry, Leftover
from builder.importers.records import Record
from builder.problems import Problem, ProblemsFound

MAX_BYTES = 256 * 1024 * 1024


def read(text: str, *, path: str) -> Capture:
    """Read a catalogue. path: the file, as problems name it.

    Raises ProblemsFound with the problems of all lines: nothing is left out silently.
    """
    found = records.read(text, path=path)
    problems = list(found.problems)
    for record in found.records:
        if record.abstract is None:
            hint = "every paper's file needs its abstract"
            problems.append(
                Problem(path=path, line=record.line, field="abstract", message="missing", hint=hint)
            )
    if problems:
        raise ProblemsFound(problems)
    unused = ", ".join(found.unused)
    leftovers = (Leftover(line=1, text=unused, why="keys that are not used"),) if unused else ()
    return Capture(
        path=path,
        entries=tuple(entry(record) for record in found.records),
        leftovers=leftovers,
    )


def entry(record: Record) -> Entry:
    """The entry of a record: its abstract as Markdown, its links with those in the abstract."""
    body = clean.abstract(record.abstract or "")
    links: dict[str, Link] = {}
    for link in (*record.links, *urls.links(body.addresses)):
        # What the record says of a link is more than its host tells.
        links.setdefault(identifiers.tidy_url(link.url), link)
    return Entry(
        line=record.line,
        title=record.title,
        abstract=body.markdown,
        authors=record.authors,
        author_count=record.author_count,
        organization=record.organization,
        date=record.date,
        arxiv=record.arxiv,
        doi=record.doi,
        venue=record.venue,
        links=tuple(links.values()),
        tags=record.tags,
    )
