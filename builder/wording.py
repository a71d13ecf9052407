"""Words that pages, feeds and mail share: days, lines of authors, names of editions."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Mapping

from builder.content.edition import Edition
from builder.content.paper import Paper

TEASER_WORDS = 40
BYLINE_NAMES = 3


def day(value: datetime.date, form: str = "long") -> str:
    """A day as people write it: "March 6, 2025", or "Mar 6, 2025" in the short form."""
    month = f"{value:%B}" if form == "long" else f"{value:%b}"
    return f"{month} {value.day}, {value.year}"


def byline(paper: Paper) -> str:
    """The authors in a line: the first names, and how many others there are."""
    total = max(paper.author_count or 0, len(paper.authors))
    if not paper.authors:
        return f"{total} author{'s' if total > 1 else ''}" if total else ""
    # "and 1 other" takes the room of the name itself.
    named = paper.authors if total <= BYLINE_NAMES + 1 else paper.authors[:BYLINE_NAMES]
    more = total - len(named)
    if more:
        return f"{', '.join(named)} and {more} other{'s' if more > 1 else ''}"
    return named[0] if total == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def shorten(text: str, words: int = TEASER_WORDS) -> str:
    """The first words of a text, with an ellipsis where something was cut."""
    parts = text.split()
    if len(parts) <= words:
        return text
    return re.sub(r"[\s,;:.–-]+$", "", " ".join(parts[:words])) + " …"


def edition_names(editions: Iterable[Edition]) -> Mapping[str, str]:
    """Edition id -> what it is called where several stand together; no two are the same."""
    editions = list(editions)
    names = {
        item.id: f"{item.title}, {day(item.date) if item.date else 'undated'}" for item in editions
    }
    taken = Counter(names.values())
    return {key: f"{name} ({key})" if taken[name] > 1 else name for key, name in names.items()}
