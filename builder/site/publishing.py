"""The files for machines in the site: written where what they are made of has changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from builder.content.files import write_texts
from builder.exports.outputs import Output
from builder.exports.publish import Publication, paper_paths, publish_lists, publish_papers
from builder.memory import Memory, packed, unpacked

KIND = "published"
# So many papers' own files are made by one process at a time.
PART = 500


@dataclass(frozen=True, kw_only=True)
class Plan:
    """Which files to write, and which to remove.

    own: papers whose own files are to be written; lists: files of many papers that are; removed:
    paths of files that are no longer published.
    """

    publication: Publication
    own: tuple[str, ...]
    lists: Mapping[str, Output]
    removed: tuple[str, ...]

    def tasks(self, site: Path) -> list[Callable[[], None]]:
        """The writing, in parts that may be done side by side: the longest ones first."""
        parts = [self.own[at : at + PART] for at in range(0, len(self.own), PART)]
        found: list[Callable[[], None]] = []
        if self.lists:
            found.append(partial(_write_lists, self.lists, site))
        return [*found, *(partial(_write_own, part, self.publication, site) for part in parts)]


def plan(publication: Publication, memory: Memory, *, everything: bool) -> Plan:
    """What has changed since the last build; everything: there is nothing to build on."""
    lists = publish_lists(publication, memory)
    now = (dict(publication.stamps), {path: item.stamp for path, item in lists.items()})
    value = memory.recall(KIND).get("")
    known = unpacked(value[1]) if value and not everything else None
    papers, files = known or ({}, {})
    if (papers, files) != now:
        memory.remember(KIND, {"": ("", packed(now))})
    gone = [path for slug in papers if slug not in now[0] for path in paper_paths(slug)]
    return Plan(
        publication=publication,
        own=tuple(slug for slug, stamp in now[0].items() if papers.get(slug) != stamp),
        lists={path: item for path, item in lists.items() if files.get(path) != item.stamp},
        removed=(*gone, *sorted(files.keys() - now[1].keys())),
    )


def _write_own(slugs: Iterable[str], publication: Publication, site: Path) -> None:
    texts = publish_papers(slugs, publication)
    write_texts({site / path: text for path, text in texts.items()})


def _write_lists(lists: Mapping[str, Output], site: Path) -> None:
    # One at a time: together they are as large as the list is.
    for path, item in lists.items():
        write_texts({site / path: item.text()})
