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
    """Path below the site's root -> text: papers/SLUG/cite.bib, tags/ID/cite.bib, library.bib, ...

    What holds no paper has no file.
    """
    return {
        f"{path}.{ending}": write([references[slug] for slug in slugs])
        for path, slugs in _groups(library, analysis)
        for ending, write in FORMATS.items()
        if slugs
    }


def _groups(library: Library, analysis: Analysis) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield "library", tuple(library.papers)
    for slug in library.papers:
        yield f"papers/{slug}/cite", (slug,)
    for tag in library.vocabulary.tags:
        yield f"tags/{tag}/cite", select(library, analysis, tag=tag)
    for edition in library.editions:
        yield f"editions/{edition}/cite", select(library, analysis, edition=edition)
    for collection in library.collections:
        yield f"collections/{collection}/cite", select(library, analysis, collection=collection)
