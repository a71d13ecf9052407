"""Little libraries of one paper or one reading path, for checks to look at."""

from pathlib import Path
from types import MappingProxyType

from builder.content import collection, paper
from builder.library import Library

# No folder, so that nothing is read but what a test says.
NOWHERE = Path("no-such-folder")


def of_paper(header: str, body: str) -> Library:
    """A library of one paper: its front matter without the dashes, and its body."""
    item = paper.parse(f"---\n{header}\n---\n{body}\n", path="content/papers/a-paper.md")
    return Library(root=NOWHERE, papers=MappingProxyType({item.slug: item}))


def of_path(header: str, body: str) -> Library:
    """A library of one reading path, likewise."""
    item = collection.parse(f"---\n{header}\n---\n{body}\n", path="content/collections/a-path.md")
    return Library(root=NOWHERE, papers={}, collections={item.id: item})


def told(problems) -> list[str]:
    """What is printed of problems, errors and warnings told apart."""
    return [f"{item.severity}: {item}" for item in sorted(problems)]
