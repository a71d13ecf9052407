"""A page that is planned: where it goes and how it is made, before anything of it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple


class Page(NamedTuple):
    """A page to be rendered.

    path: of the Markdown file, such as "papers/half-a-loaf.md" or "tags/index.md".
    template: the name of its template; make: makes what the template sees as `view`.
    source: the file below content/ that the page is made of, or "" for pages made of many.

    Planning a page costs next to nothing and looks at no text; making its view may cost a lot.
    Thus a build can know every page, and make only those that it needs.
    """

    path: str
    template: str
    make: Callable[[], Any]
    source: str = ""

    @property
    def view(self) -> Any:
        """What the template sees, made anew each time: thousands would fill the memory."""
        return self.make()


def around(keys: Iterable[str], key: str) -> tuple[str | None, str | None]:
    """What stands before and behind a key in a row of keys."""
    row = list(keys)
    at = row.index(key)
    return row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None
