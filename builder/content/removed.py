"""Tombstones: content/removed.yml, the papers that were taken out and why. Reader and writer.

The address of a page that was published answers for ever: here with the reason why it is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from builder.content import emit, identifiers
from builder.content.fields import Fields, load_mapping
from builder.content.paper import Source
from builder.problems import ProblemsFound

KEYS = ("removed",)
TOMBSTONE_KEYS = ("slug", "title", "reason")


@dataclass(frozen=True, kw_only=True)
class Tombstone:
    """A paper that was taken out. title: as it was, with mathematics; reason: one plain line."""

    slug: str
    title: str
    reason: str

    @property
    def path(self) -> str:
        """The address of its page below the site's root."""
        return f"/papers/{self.slug}/"


@dataclass(frozen=True, kw_only=True)
class Removed:
    """The tombstones by slug, in the order of the file."""

    tombstones: Mapping[str, Tombstone] = field(default_factory=lambda: MappingProxyType({}))
    source: Source = field(default=Source(path=""), compare=False, repr=False)


def parse(text: str, *, path: str) -> Removed:
    """Read the tombstones from the text of their file.

    Raises ProblemsFound with everything that is wrong with the file by itself. Whether a paper is
    there all the same is checked by `builder.library`.
    """
    fields = load_mapping(text, path=path)
    fields.only(KEYS)
    found: dict[str, Tombstone] = {}
    for item in fields.mappings("removed"):
        item.only(TOMBSTONE_KEYS)
        made = _tombstone(item)
        if made.slug in found:
            first = f"first in line {fields.lines[f'removed[{list(found).index(made.slug)}].slug']}"
            message = f'"{made.slug}" was removed twice ({first})'
            item.problem("slug", message, "keep one of the two")
        elif made.slug:
            found[made.slug] = made
    if fields.problems:
        raise ProblemsFound(fields.problems)
    return Removed(tombstones=MappingProxyType(found), source=Source(path=path, lines=fields.lines))


def _tombstone(item: Fields) -> Tombstone:
    return Tombstone(
        slug=item.matching("slug", identifiers.check_slug, required=True) or "",
        title=item.text("title", required=True) or "",
        reason=item.text("reason", required=True) or "",
    )


def dump(removed: Removed) -> str:
    """The canonical text of the file; `parse` reads equal tombstones back from it."""
    return "".join(f"{line}\n" for line in _dump(removed))


def _dump(removed: Removed) -> Iterator[str]:
    if removed.tombstones:
        yield "removed:"
    for item in removed.tombstones.values():
        yield f"  - slug: {emit.scalar(item.slug)}"
        yield f"    title: {emit.quoted(item.title)}"
        yield f"    reason: {emit.scalar(item.reason)}"
