"""A list in a repository, for tests of its dates."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from builder import library
from builder.history import Timeline, read, timeline
from tests.repositories import Repository, paper


@dataclass
class Shelf:
    """A repository whose content/ is a list."""

    repository: Repository
    content: Path = field(init=False)

    def __post_init__(self) -> None:
        self.content = self.repository.folder / "content"

    def put(self, slug: str, text: str | None = None, **facts: str) -> None:
        """Write a paper; without a text one whose title is its slug."""
        self.repository.write(f"content/papers/{slug}.md", text or paper(slug, **facts))

    def write(self, path: str, text: str) -> None:
        self.repository.write(f"content/{path}", text)

    def rename(self, old: str, new: str) -> None:
        folder = self.content / "papers"
        (folder / f"{old}.md").rename(folder / f"{new}.md")

    def commit(self, day: str) -> str:
        return self.repository.commit(day)

    def timeline(self) -> Timeline:
        return timeline(library.load(self.content), read(self.content))


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(Repository(tmp_path / "list"))
