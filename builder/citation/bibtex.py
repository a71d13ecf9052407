"""BibTeX, written by bibtexparser."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

from bibtexparser import Library, write_string
from bibtexparser.model import Entry, Field
from bibtexparser.writer import BibtexFormat

from builder.citation import latex
from builder.citation.names import Name
from builder.citation.reference import Reference

# Kind -> type, and the field that names the venue. These types require author and year; where one
# is not known the entry is @misc, which requires nothing, rather than made up or incomplete.
_TYPES = {"conference": ("inproceedings", "booktitle"), "journal": ("article", "journal")}
_OTHER = ("misc", "howpublished")


def bibtex(references: Iterable[Reference]) -> str:
    """A BibTeX file of these references, in this order.

    Fields are those of BibTeX's standard styles, and eprint and archiveprefix as arXiv advises
    (https://info.arxiv.org/help/hypertex/bibstyles.html), doi and url. Signs with a LaTeX
    command are written as that command, so that the file suits an engine that reads ASCII only.
    """
    return "\n".join(map(_entry, references))


# A paper's page and its files say the same entry, and are made soon after one another.
@functools.lru_cache(maxsize=1024)
def _entry(item: Reference) -> str:
    """An entry, with the end of its last line."""
    entry = Entry(_type(item)[0], item.key, list(_fields(item)))
    # The values bring their braces and are LaTeX already: nothing is left to do before writing.
    return write_string(Library([entry]), unparse_stack=[], bibtex_format=_form())


@functools.cache
def _form() -> BibtexFormat:
    form = BibtexFormat()
    form.indent = "  "
    form.block_separator = "\n"
    form.trailing_comma = True
    return form


def _type(item: Reference) -> tuple[str, str]:
    is_complete = item.authors and item.year
    return _TYPES.get(item.kind, _OTHER) if is_complete else _OTHER


def _fields(item: Reference) -> Iterator[Field]:
    def field(key: str, value: object) -> Field:
        return Field(key, f"{{{value}}}")

    if item.authors:
        people = [_name(name) for name in item.authors] + ["others"] * item.more_authors
        yield field("author", " and ".join(people))
    yield field("title", latex.title(item.title))
    if item.venue:
        yield field(_type(item)[1], latex.escape(item.venue.title))
        if item.venue.volume:
            yield field("volume", item.venue.volume)
        if item.venue.issue:
            yield field("number", item.venue.issue.replace("–", "--"))
        if item.venue.pages:
            yield field("pages", latex.pages(item.venue.pages))
    if item.year:
        yield field("year", item.year)
    if item.arxiv:
        yield field("eprint", item.arxiv)
        yield field("archiveprefix", "arXiv")
    if item.doi:
        yield field("doi", latex.identifier(item.doi))
    if item.url:
        yield field("url", latex.identifier(item.url))
    if not item.authors:
        # What styles sort by where there is no author.
        yield field("key", latex.escape(item.plain_title))


def _name(name: Name) -> str:
    """A name in the form that BibTeX cannot misunderstand: "von Last, Jr, First"."""
    if not name.family:
        return f"{{{latex.escape(name.printed)}}}"
    family = latex.escape(name.family)
    # BibTeX takes leading small words for the particle, and would do so with a family name that
    # is all small letters: braces make it one word.
    if name.family == name.family.lower() or " and " in f" {name.family} ":
        family = f"{{{family}}}"
    parts = [family, latex.escape(name.suffix), latex.escape(name.given)]
    return ", ".join(part for part in parts if part)
