"""The list of authors, by letter where they are many, and a page for each of several papers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial

from builder.pages import parts, views
from builder.pages.kinds import spread
from builder.pages.page import Page
from builder.pages.people import OTHER
from builder.pages.shape import Shaper

_MOST_COAUTHORS = 30


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, its letters, and the authors by id."""
    yield Page(path="authors/index.md", template="authors.md.j2", make=partial(_list, shaper))
    if shaper.authors_divided:
        for letter, pairs in shaper.letters.items():
            for part in (letter, *pairs):
                yield Page(
                    path=f"authors/letters/{part}.md",
                    template="letter.md.j2",
                    make=partial(_letter, shaper, letter, part),
                )
    for key in shaper.ids_with_pages:
        yield Page(
            path=f"authors/{key}.md", template="author.md.j2", make=partial(_view, shaper, key)
        )
        yield from spread.pages(shaper, f"authors/{key}", partial(_head, shaper, key))


# ---------------------------------------------------------------- the list and its letters


def _list(shaper: Shaper) -> views.AuthorsView:
    divided = shaper.authors_divided
    return views.AuthorsView(
        frequent=shaper.frequent_authors,
        letters=()
        if divided
        else tuple(
            views.LetterView(
                id=letter,
                name=_name(letter),
                authors=tuple(
                    row for part in (letter, *pairs) for row in shaper.authors_under[part]
                ),
            )
            for letter, pairs in shaper.letters.items()
        ),
        pages=_pager("Letters", shaper.letters) if divided else None,
        unnamed=shaper.unnamed,
    )


def _letter(shaper: Shaper, letter: str, part: str) -> views.AuthorLetterView:
    pairs = shaper.letters[letter]
    return views.AuthorLetterView(
        name=_name(part),
        authors=shaper.authors_under[part],
        pages=_pager("Letters", shaper.letters, letter),
        parts=_pager(f"Names with {_name(letter)}", pairs, part) if pairs else None,
    )


def _pager(label: str, keys: Iterable[str], current: str = "") -> views.Pager:
    return views.Pager(
        label=label,
        pages=tuple(
            views.PageLink(name=_name(key), url=f"authors/letters/{key}/", current=key == current)
            for key in keys
        ),
    )


def _name(letter: str) -> str:
    return "#" if letter == OTHER else letter.capitalize()


# ---------------------------------------------------------------- an author


def _head(shaper: Shaper, key: str) -> spread.Head:
    name = shaper.author_names[key]
    return spread.Head(
        name=name,
        above=(
            views.PageLink(name="Authors", url="authors/"),
            views.PageLink(name=name, url=f"authors/{key}/"),
        ),
    )


def _view(shaper: Shaper, key: str) -> views.AuthorView:
    row, slugs, names = shaper.author_row(key), shaper.by_author[key], shaper.author_names
    together = Counter(
        other for slug in slugs for other in set(shaper.author_ids(slug)) if other != key
    )
    coauthors = sorted(together, key=lambda other: (-together[other], names[other], other))
    who = f"{row.name} ({row.note})" if row.note else row.name
    return views.AuthorView(
        author=row,
        description=f"{len(slugs)} papers by {who} in this list.",
        papers=shaper.cards(slugs[: parts.PART] if parts.long(slugs) else slugs),
        pages=spread.years_pager(shaper, f"authors/{key}"),
        coauthors=tuple(
            views.Count(name=names[other], url=shaper.author_urls[other], papers=together[other])
            for other in coauthors[:_MOST_COAUTHORS]
        ),
        tags=shaper.tag_counts(slugs, limit=8),
    )
