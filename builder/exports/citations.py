"""Citations as files: of each paper, topic, listing and reading path, and of the whole list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from builder.analysis import Analysis
from builder.citation import Reference, bibtex, csl, ris
from builder.exports.outputs import Form, Joined
from builder.exports.selection import by_tag, select
from builder.library import Library

# Ending of the file -> writer.
FORMATS: Mapping[str, Callable[[Iterable[Reference]], str]] = {
    "bib": bibtex,
    "ris": ris,
    "csl.json": csl,
}
# Ending of the file -> what stands around and between the entries.
_AROUND = {
    "bib": ("", "\n", "", ""),
    "ris": ("", "\n", "", ""),
    "csl.json": ("[\n", ",\n", "\n]\n", "[\n]\n"),
}


def forms(references: Mapping[str, Reference], stamps: Mapping[str, str]) -> dict[str, Form]:
    """Ending of the file -> its entries, one a paper.

    stamps: slug -> stamp of all that the paper's reference is made of.
    """

    def entry(ending: str) -> Callable[[str], str]:
        head, _, tail, _ = _AROUND[ending]
        write = FORMATS[ending]
        return lambda slug: write([references[slug]])[len(head) :].removesuffix(tail)

    return {
        ending: Form(name=ending, between=_AROUND[ending][1], stamps=stamps, make=entry(ending))
        for ending in FORMATS
    }


def joined(form: Form, slugs: Iterable[str]) -> Joined:
    """A file of citations of these papers, in this order."""
    head, _, tail, empty = _AROUND[form.name]
    return Joined(form=form, slugs=tuple(slugs), head=head, tail=tail, empty=empty)


def paper_files(entries: Mapping[str, Form], slug: str) -> dict[str, str]:
    """Path below the site's root -> text: a paper's citation in all formats."""
    return files_of(slug, {ending: entries[ending].make(slug) for ending in FORMATS})


def files_of(slug: str, pieces: Mapping[str, str]) -> dict[str, str]:
    """`paper_files` of entries that are made: ending -> entry."""
    return {
        f"papers/{slug}/cite.{ending}": f"{head}{pieces[ending]}{tail}"
        for ending, (head, _, tail, _) in _AROUND.items()
    }


def list_files(
    library: Library, analysis: Analysis, entries: Mapping[str, Form]
) -> dict[str, Joined]:
    """Path below the site's root -> file.

    The whole list (library.bib, ...) in all formats; each topic, listing and reading path
    (tags/ID/cite.bib, ...) that holds papers as BibTeX alone: with their abstracts the others would
    hold the whole list several times.
    """
    files = {f"library.{ending}": joined(entries[ending], library.papers) for ending in FORMATS}
    for path, slugs in _groups(library, analysis):
        if slugs:
            files[f"{path}/cite.bib"] = joined(entries["bib"], slugs)
    return files


def citation_files(
    library: Library, analysis: Analysis, references: Mapping[str, Reference]
) -> dict[str, str]:
    """Path below the site's root -> text, of every paper and of all lists."""
    entries = forms(references, stamps={})
    files: dict[str, str] = {}
    for slug in library.papers:
        files |= paper_files(entries, slug)
    lists = list_files(library, analysis, entries)
    return files | {path: file.text() for path, file in lists.items()}


def _groups(library: Library, analysis: Analysis) -> Iterator[tuple[str, tuple[str, ...]]]:
    for tag, slugs in by_tag(library, analysis).items():
        yield f"tags/{tag}", slugs
    for edition in library.editions:
        yield f"editions/{edition}", select(library, analysis, edition=edition)
    for collection in library.collections:
        yield f"collections/{collection}", select(library, analysis, collection=collection)
