"""The formats of `papershelf export`."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from builder.analysis import Analysis
from builder.citation import Reference, bibtex, csl, references, ris
from builder.exports.catalogue import catalogue
from builder.exports.markdown import list_text
from builder.exports.tables import table
from builder.library import Library

Writer = Callable[[Library, Analysis, Collection[str]], str]


@dataclass(frozen=True, kw_only=True)
class Format:
    """A format. description: what it is for, in a sentence; write: slugs, in order -> text."""

    name: str
    description: str
    write: Writer


def _cited(write: Callable[[Iterable[Reference]], str]) -> Writer:
    def written(library: Library, analysis: Analysis, slugs: Collection[str]) -> str:
        # Keys are made over the whole list, so that a part of it has the same ones.
        made = references(library.papers)
        return write(made[slug] for slug in slugs)

    return written


FORMATS = (
    Format(
        name="bibtex", description="Citations for LaTeX (BibTeX, BibLaTeX).", write=_cited(bibtex)
    ),
    Format(
        name="ris",
        description="Citations for reference managers, with abstracts.",
        write=_cited(ris),
    ),
    Format(
        name="csl",
        description="Citations for citation processors (CSL JSON), with abstracts.",
        write=_cited(csl),
    ),
    Format(name="csv", description="A table, one paper a row.", write=table),
    Format(
        name="json",
        description="The catalogue: every paper with its tags, cross-links and editions.",
        write=catalogue,
    ),
    Format(
        name="markdown",
        description="A list with links and summaries, for a README or notes.",
        write=lambda library, analysis, slugs: list_text(library, slugs),
    ),
)
