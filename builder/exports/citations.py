"""Citations as files: of each paper, topic, listing and reading path, and of the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from builder.analysis import Analysis
from builder.citation import Reference, bibtex, csl, ris
from builder.exports.selection import select
from builder.library import Library

# Ending of the file -> writer.
FORMATS: Mapping[str, Callable[[Iterable[Reference]], str]] = {
    "bib": bibtex,
    "ris": ris,
    "csl.json": csl,
}


def citation_files(
    library: Library, analysis: Analysis, references: Mapping[str, Reference]
) -> dict[str, str]:
    """Path below the site's root -> text.

    Every paper (papers/SLUG/cite.bib, ...) and the whole list (library.bib, ...) in all formats;
    each topic, listing and reading path (tags/ID/cite.bib, ...) that holds papers as BibTeX alone:
    with their abstracts the others would hold the whole list several times.
    """
    files: dict[str, str] = {}
    for ending, write in FORMATS.items():
        files[f"library.{ending}"] = write(references.values())
        for slug, item in references.items():
            files[f"papers/{slug}/cite.{ending}"] = write([item])
    for path, slugs in _groups(library, analysis):
        if slugs:
            files[f"{path}/cite.bib"] = bibtex(references[slug] for slug in slugs)
    return files


def _groups(library: Library, analysis: Analysis) -> Iterator[tuple[str, tuple[str, ...]]]:
    for tag in library.vocabulary.tags:
        yield f"tags/{tag}", select(library, analysis, tag=tag)
    for edition in library.editions:
        yield f"editions/{edition}", select(library, analysis, edition=edition)
    for collection in library.collections:
        yield f"collections/{collection}", select(library, analysis, collection=collection)
