"""What is known of a feed before anything is in it: what it is about, and where it lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["all", "corrections", "series", "collection", "tag"]
ATOM = "application/atom+xml"
JSON = "application/feed+json"


@dataclass(frozen=True, kw_only=True)
class FeedInfo:
    """A feed. id: its path without ending, below feeds/, such as "tags/peft"; it stays.

    name: what it is about, such as "Fine-tuning"; key: the tag's, series' or collection's id.
    page: the page of what it is about, below the site's root; entries: how many things (papers,
    editions) it could tell of.
    """

    id: str
    kind: Kind
    key: str
    name: str
    page: str
    entries: int

    @property
    def atom(self) -> str:
        """The Atom file's path below the site's root."""
        return f"feeds/{self.id}.atom"

    @property
    def json(self) -> str:
        """The JSON Feed file's path below the site's root."""
        return f"feeds/{self.id}.json"
