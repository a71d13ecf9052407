"""Files that are made only where something in them changed.

Large files (the catalogue, the citations of the whole list) are pieces in a row, one a paper. Each
piece has a stamp of all that it is made of, so that a new file is put together of pieces of the
last one and the few that are new.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from builder.memory import stamp


@dataclass(frozen=True, kw_only=True)
class Made:
    """A text that is made when it is asked for.

    stamp: a digest of all that it is made of: equal stamps, equal texts.
    """

    stamp: str
    make: Callable[[], str]

    def text(self) -> str:
        """The whole text."""
        return self.make()


def ready(text: str) -> Made:
    """A text that is there already."""
    return Made(stamp=stamp(text), make=lambda: text)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A kind of pieces, such as entries of BibTeX.

    name: of the kind. between: what stands between two pieces in every file. stamps: slug -> stamp
    of all that the paper's piece is made of; make: slug -> the piece.
    """

    name: str
    between: str
    stamps: Mapping[str, str]
    make: Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class Joined:
    """A file of pieces, between a head and a tail; without any piece it is `empty`."""

    form: Form
    slugs: Sequence[str]
    head: str = ""
    tail: str = ""
    empty: str = ""

    @cached_property
    def stamp(self) -> str:
        """A digest of all that the text is made of."""
        parts = [self.head, self.form.between, self.tail, self.empty]
        for slug in self.slugs:
            parts += slug, self.form.stamps[slug]
        return stamp("\0".join(parts))

    def text(self) -> str:
        """The whole text."""
        if not self.slugs:
            return self.empty
        return f"{self.head}{self.form.between.join(map(self.form.make, self.slugs))}{self.tail}"


Output = Made | Joined
