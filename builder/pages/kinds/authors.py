"""The list of authors, and a page for each who has several papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import groupby

from builder.pages import views
from builder.pages.page import Page
from builder.pages.shape import AUTHOR_PAGE_FROM, Shaper, family_name

# Of the authors with the most papers so many are named first.
_FREQUENT = 24
_MOST_COAUTHORS = 30


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, and the authors by id."""
    yield Page(path="authors/index.md", template="authors.md.j2", make=partial(_list, shaper))
    for key in sorted(shaper.by_author):
        if len(shaper.by_author[key]) >= AUTHOR_PAGE_FROM:
            yield Page(
                path=f"authors/{key}.md",
                template="author.md.j2",
                make=partial(_view, shaper, key),
            )


def _list(shaper: Shaper) -> views.AuthorsView:
    rows = shaper.author_rows.values()
    ranked = sorted((row for row in rows if row.url), key=lambda row: -row.papers)
    letters = groupby(rows, key=lambda row: _letter(row.name))
    return views.AuthorsView(
        frequent=tuple(ranked[:_FREQUENT]),
        letters=tuple(
            views.LetterView(letter=letter, authors=tuple(group)) for letter, group in letters
        ),
        unnamed=sum(1 for slug in shaper.slugs if not shaper.author_ids(slug)),
    )


def _view(shaper: Shaper, key: str) -> views.AuthorView:
    rows, slugs = shaper.author_rows, shaper.by_author[key]
    together = Counter(
        other for slug in slugs for other in set(shaper.author_ids(slug)) if other != key
    )
    coauthors = sorted(together, key=lambda other: (-together[other], rows[other].name, other))
    row = rows[key]
    who = f"{row.name} ({row.note})" if row.note else row.name
    return views.AuthorView(
        author=row,
        description=f"{len(slugs)} papers by {who} in this list.",
        papers=shaper.cards(slugs),
        coauthors=tuple(
            views.Count(name=rows[other].name, url=rows[other].url, papers=together[other])
            for other in coauthors[:_MOST_COAUTHORS]
        ),
        tags=shaper.tag_counts(slugs, limit=8),
    )


def _letter(name: str) -> str:
    family = family_name(name)
    return family[0].upper() if family[:1].isalpha() else "#"
