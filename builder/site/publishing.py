"""The files for machines beside a site's pages, in parts that are written side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable
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
    return [
        partial(write_papers, site, slugs[at : at + PART], publication, settings.work / "pieces")
        for at in range(0, len(slugs), PART)
    ]


def lists(
    site: Path, publication: Publication, memory: Memory, parts: Iterable[Iterable[Part]]
) -> tuple[str, ...]:
    """Write the files of many papers, and know that all papers' own files are there; returns the
    paths of the former below the site's root."""
    written = write_lists(site, publication, memory, [part for some in parts for part in some])
    remember_papers(publication, memory)
    return written.paths
