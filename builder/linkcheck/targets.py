"""Which addresses a list leads to, and where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urldefrag

from builder.checks.texts import Text, pages, texts
from builder.content import identifiers
from builder.content.paper import Paper
from builder.importers import urls
from builder.library import Library
from builder.linkcheck.model import Place, Target

ARXIV = "https://arxiv.org/abs/"
DOI = "https://doi.org/"


def targets(library: Library) -> tuple[Target, ...]:
    """Every address that pages of a library lead to, each once, sorted.

    Links of papers, the pages of their arXiv ids and DOIs, addresses in abstracts, notes, reading
    paths and hand-written pages.
    """
    found: dict[str, list[Place]] = {}
    shallow: set[str] = set()
    for paper in library.papers.values():
        for field, url in _of_paper(paper):
            line = paper.source.problem(field, "").line
            place = Place(path=paper.source.path, line=line, field=field)
            found.setdefault(url, []).append(place)
            if field in ("arxiv", "doi"):
                shallow.add(url)
    linked = {
        paper.source.path: {identifiers.tidy_url(url) for _, url in _of_paper(paper)}
        for paper in library.papers.values()
    }
    for text in (*texts(library), *pages(library)):
        for at, url in _in_text(text):
            # An abstract stands as its authors wrote it: what is a link of the paper, too, is
            # corrected there.
            if identifiers.tidy_url(url) in linked.get(text.source.path, ()):
                continue
            line = text.problem(at, "", "", "warning").line
            place = Place(path=text.source.path, line=line, field=text.field)
            found.setdefault(url, []).append(place)
    return tuple(
        Target(url=url, places=tuple(dict.fromkeys(found[url])), shallow=url in shallow)
        for url in sorted(found)
    )


def _of_paper(paper: Paper) -> Iterator[tuple[str, str]]:
    if paper.arxiv:
        yield "arxiv", f"{ARXIV}{paper.arxiv}"
    if paper.doi:
        yield "doi", f"{DOI}{paper.doi}"
    for index, link in enumerate(paper.links):
        yield f"links[{index}].url", urldefrag(link.url).url


def _in_text(text: Text) -> Iterator[tuple[int, str]]:
    """(offset, address without fragment) of the addresses in a text, code apart."""
    for match in urls.ADDRESS.finditer(text.without_code()):
        address = urls.trim(match[0])
        # Without a scheme it is no link on the page.
        if "://" not in address:
            continue
        url = urldefrag(urls.absolute(address)).url
        if identifiers.check_url(url) is None:
            yield match.start(), url
