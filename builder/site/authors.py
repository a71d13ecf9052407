"""The authors whom the search finds by name, in small files.

An author stands under each part of the name: "Ada M. Lovelace" under ada, m and lovelace. The
script assets/javascripts/search/authors.js reads the files: lists of part, name, id, papers, and so
on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from builder.site import shards, spelling

if TYPE_CHECKING:
    from builder.pages.views import AuthorRow

AUTHORS_A_FILE = 200


def divided(authors: Sequence[AuthorRow]) -> tuple[dict[str, str], list[str]]:
    """The files, path below the folder of the search data -> JSON; and the first part of a name in
    each of them."""
    return shards.divided("authors/authors", _entries(authors), AUTHORS_A_FILE)


def _entries(authors: Sequence[AuthorRow]) -> Iterator[shards.Entry]:
    for author in authors:
        name = f"{author.name} ({author.note})" if author.note else author.name
        for part in sorted(set(re.findall(r"[^\W_]+", spelling.fold(author.name)))):
            yield part, name, author.id, author.papers
