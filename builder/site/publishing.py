"""The files for machines beside a site's pages, in parts that are written side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path

from builder.exports.publish import Publication
from builder.exports.write import Part, remember_papers, write_lists, write_papers
from builder.memory import Memory
from builder.site.settings import Settings

# So many papers' own files are made by one process at a time.
PART = 500


def papers(
    site: Path, publication: Publication, slugs: Iterable[str], settings: Settings
) -> list[Callable[[], tuple[Part, ...]]]:
    """The work of writing the own files of some papers; what it gives is for `lists`."""
    slugs = tuple(slugs)
    write = partial(_write, site, publication, settings.work / "pieces")
    return [partial(write, slugs[at : at + PART]) for at in range(0, len(slugs), PART)]


def beside_pages(
    site: Path, publication: Publication, settings: Settings
) -> Callable[[Iterable[str]], tuple[Part, ...]]:
    """Writes the own files of those papers whose pages some Markdown files are. A page and these
    files say much the same: in one process, one after the other, half of it is worked out once."""
    slugs = {f"papers/{slug}.md": slug for slug in publication.library.papers}
    write = partial(_write, site, publication, settings.work / "pieces")
    return lambda pages: write([slugs[path] for path in pages if path in slugs])


def _write(
    site: Path, publication: Publication, folder: Path, slugs: Sequence[str]
) -> tuple[Part, ...]:
    return write_papers(site, slugs, publication, folder) if slugs else ()


def lists(
    site: Path, publication: Publication, memory: Memory, parts: Iterable[Iterable[Part]]
) -> tuple[str, ...]:
    """Write the files of many papers, and know that all papers' own files are there; returns the
    paths of the former below the site's root."""
    written = write_lists(site, publication, memory, [part for some in parts for part in some])
    remember_papers(publication, memory)
    return written.paths
