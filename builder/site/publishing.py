"""The files for machines beside a site's pages: of a whole site in parts that are written side by
side, and after an edit by a process that goes on beside the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from builder import parallel
from builder.exports import write
from builder.exports.outputs import Output
from builder.exports.publish import Publication, paper_paths, publish_lists
from builder.exports.write import Part, remember_papers, stale_papers, write_lists, write_papers
from builder.history import corrections
from builder.memory import Memory, Notes
from builder.site import destination
from builder.site import sitemap as sitemaps
from builder.site.settings import Settings

# What earlier builds knew of these files.
KINDS = (*write.KINDS, *corrections.KINDS)
# So many papers' own files are made by one process at a time.
PART = 500
# The lists of so few papers are written sooner than a process is made for them.
FEW = 1000


def papers(
    site: Path, publication: Publication, settings: Settings
) -> list[Callable[[], tuple[Part, ...]]]:
    """The work of writing all papers' own files; what it gives is for `lists`."""
    slugs = tuple(publication.stamps)
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
    outputs = publish_lists(publication, memory)
    return _lists(site, publication, memory, outputs, [part for some in parts for part in some])


def _lists(
    site: Path,
    publication: Publication,
    memory: Memory,
    outputs: Mapping[str, Output],
    parts: Iterable[Part],
) -> tuple[str, ...]:
    write_lists(site, outputs, memory, parts)
    remember_papers(publication, memory)
    return tuple(outputs)


def sitemap(site: Path, settings: Settings, addresses: Mapping[str, date | None]) -> None:
    """Write the sitemap, where the site has an address. addresses: as `sitemaps.sitemap` says."""
    if settings.url:
        sitemaps.publish(site, sitemaps.sitemap(addresses, settings.url))


@dataclass(frozen=True, kw_only=True)
class Followed:
    """The files for machines after an edit. own, gone: slugs of the papers whose own files were
    written and removed; lists: the paths of all files of many papers."""

    own: tuple[str, ...]
    gone: tuple[str, ...]
    lists: tuple[str, ...]


@contextmanager
def following(
    site: Path,
    publication: Publication,
    memory: Memory,
    settings: Settings,
    addresses: Callable[[], Mapping[str, date | None]],
) -> Iterator[tuple[Callable[[], None], Callable[[], Followed]]]:
    """Bring the files for machines up to date while pages are: gives what lets it change the site,
    and what waits until it did. addresses: gives what the sitemap tells."""
    lent = memory.lent(KINDS)

    def follow(wait: Callable[[], None]) -> tuple[Followed, Notes]:
        own, gone = stale_papers(publication, lent)
        outputs = publish_lists(publication, lent)
        for output in outputs.values():
            # Most of the work is to know what they are made of.
            _ = output.stamp
        listed = addresses()
        wait()
        destination.forget(site, [path for slug in gone for path in paper_paths(slug)])
        parts = _write(site, publication, settings.work / "pieces", own)
        paths = _lists(site, publication, lent, outputs, parts)
        sitemap(site, settings, listed)
        return Followed(own=tuple(own), gone=tuple(gone), lists=paths), lent.noted()

    few = len(publication.library.papers) <= FEW
    with parallel.aside_in_two(follow, few=few) as (go, result):

        def followed() -> Followed:
            found, notes = result()
            memory.take(notes)
            return found

        yield go, followed
