"""The files for machines beside a site's pages: of a whole site in parts that are written side by
side, and after an edit by a process that goes on beside the pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path

from builder import parallel
from builder.analysis.stamps import stamps_of
from builder.exports import own, write
from builder.exports.own import OwnFiles
from builder.exports.publish import Publication, paper_paths, publish_lists, publish_papers
from builder.exports.write import Part, made_lists, write_lists, write_papers, write_texts
from builder.history import corrections
from builder.memory import Memory, Notes, stamp
from builder.site import dates, destination
from builder.site import sitemap as sitemaps
from builder.site.settings import Settings

_SITEMAP = "sitemap"
# What earlier builds knew of these files.
KINDS = (*own.KINDS, *write.KINDS, *corrections.KINDS)
# So many papers' own files are made by one process at a time.
PART = 500
# So few papers' pieces of lists are made a second time sooner than they are waited for.
FEW_PAPERS = 50
# The lists of so few papers are written sooner than a process is made for them.
FEW = 1000


def papers(
    site: Path, publication: Publication, settings: Settings
) -> list[Callable[[], tuple[Part, ...]]]:
    """The work of writing all papers' own files; what it gives is for `lists`."""
    slugs = tuple(publication.library.papers)
    write = partial(_write, site, publication, _pieces(settings))
    return [partial(write, slugs[at : at + PART]) for at in range(0, len(slugs), PART)]


def beside_pages(
    site: Path, publication: Publication, settings: Settings
) -> Callable[[Iterable[str]], tuple[Part, ...]]:
    """Writes the own files of those papers whose pages some Markdown files are. A page and these
    files say much the same: in one process, one after the other, half of it is worked out once."""
    slugs = {f"papers/{slug}.md": slug for slug in publication.library.papers}
    write = partial(_write, site, publication, _pieces(settings))
    return lambda pages: write([slugs[path] for path in pages if path in slugs])


def _write(
    site: Path, publication: Publication, folder: Path, slugs: Sequence[str]
) -> tuple[Part, ...]:
    return write_papers(site, slugs, publication, folder) if slugs else ()


def lists(
    site: Path,
    publication: Publication,
    memory: Memory,
    settings: Settings,
    parts: Iterable[Iterable[Part]],
) -> tuple[str, ...]:
    """Write the files of many papers, and know that all papers' own files are there; returns the
    paths of the former below the site's root."""
    outputs = publish_lists(publication, memory)
    told = [part for some in parts for part in some]
    write_lists(site, outputs, memory, _pieces(settings), told)
    OwnFiles(publication, memory).remember()
    return tuple(outputs)


def _pieces(settings: Settings) -> Path:
    """A folder of ours, in which files are made that are not in their place yet."""
    return settings.work / "pieces"


@dataclass(frozen=True, kw_only=True)
class Sitemap:
    """What the sitemap is made of. sources: as `Shown` says; by_hand: the hand-written Markdown
    files."""

    publication: Publication
    sources: Mapping[str, str]
    by_hand: Sequence[str]

    @cached_property
    def stamp(self) -> str:
        """A digest of all of it."""
        rows = [self.publication.site.url, *self.sources, *self.sources.values(), *self.by_hand]
        # The days are Git's; that of a topic is its papers'.
        history = self.publication.timeline.history
        if history.changes:
            tags = stamps_of(self.publication.analysis)["tags"]
            rows += [history.stamp, *tags, *tags.values()]
        return stamp("\0".join(rows))

    def stands(self, site: Path, memory: Memory) -> bool:
        """Whether it is as it was when it was written."""
        known = memory.stamp_of(_SITEMAP, "") == self.stamp
        return known and (site / "sitemap.xml").is_file()

    def write(self, site: Path, memory: Memory) -> None:
        """Write it, where the site has an address."""
        url, publication = self.publication.site.url, self.publication
        if url:
            days = dates.modified(self.sources, publication.timeline, publication.analysis)
            paths = {*self.sources, *self.by_hand}
            found = {destination.address(path): days.get(path) for path in paths}
            sitemaps.publish(site, sitemaps.sitemap(found, url))
            memory.remember(_SITEMAP, {"": (self.stamp, b"")})


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
    by_hand: Sequence[str],
) -> Iterator[tuple[Callable[[Mapping[str, str] | None], None], Callable[[], Followed]]]:
    """Bring the files for machines up to date while pages are: gives what lets it change the site,
    and what waits until it did. The former is told the sources of all pages, if the sitemap is
    to be written."""
    lent, folder = memory.lent(KINDS), _pieces(settings)

    def follow(wait: Callable[[], Mapping[str, str] | None]) -> tuple[Followed, Notes]:
        files = OwnFiles(publication, lent)
        outputs = publish_lists(publication, lent)
        for output in outputs.values():
            # Most of the work is to know what they are made of.
            _ = output.stamp
        # Lists with few new pieces are made before; of many these are at hand when the papers' own
        # files are written.
        few = len(files.stale) <= FEW_PAPERS
        shutil.rmtree(folder, ignore_errors=True)
        put = made_lists(site, outputs, lent, folder) if few else None
        texts = publish_papers(files.stale, publication) if few else {}
        sources = wait()
        destination.forget(site, [path for slug in files.gone for path in paper_paths(slug)])
        if put:
            write_texts(site, texts)
            put()
        else:
            parts = _write(site, publication, folder, files.stale)
            write_lists(site, outputs, lent, folder, parts)
        files.remember()
        if sources is not None:
            Sitemap(publication=publication, sources=sources, by_hand=by_hand).write(site, lent)
        told = Followed(own=tuple(files.stale), gone=tuple(files.gone), lists=tuple(outputs))
        return told, lent.noted()

    few = len(publication.library.papers) <= FEW
    with parallel.aside_in_two(follow, few=few) as (go, result):

        def followed() -> Followed:
            found, notes = result()
            memory.take(notes)
            return found

        yield go, followed
