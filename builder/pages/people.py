"""The authors: what they are called, where they stand in lists, and who has a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from builder.content.authors import NAMELESS, best_spelling, name_slug
from builder.content.paper import Paper
from builder.pages import views
from builder.pages.lists import Lists
from builder.pages.tracing import kept, shared

# More authors than this are folded, and never fewer than three: a fold takes a line itself.
AUTHORS_SHOWN = 12
# An author with one paper here is found on that paper; a page of its own would only repeat it.
AUTHOR_PAGE_FROM = 2
# Of the authors with the most papers so many are named first.
FREQUENT = 24
# Of more authors than these each letter has a page of its own; of as many under one letter, each
# pair of letters. At 30 bytes a name, packed, a page of them has 60 kB.
MOST_AUTHORS = 2000
# Where authors stand whose family name begins with no letter.
OTHER = "other"
# What is worked out of all papers, and needs nothing but papers.
OF_PAPERS = (
    "newest",
    "by_year",
    "by_author",
    "long_by_author",
    "author_names",
    "author_urls",
    "author_rows",
    "authors_with_pages",
    "ids_with_pages",
    "authors_divided",
    "letters",
)


class People(Lists):
    """The authors of the papers, each of them by an id.

    There are more of them than papers, so a page asks for what it shows of one, name or address:
    how many papers somebody else has makes it no other page.
    """

    def prepare_lists(self) -> None:
        """Work out `OF_PAPERS`, and keep it."""
        for name in OF_PAPERS:
            getattr(self, name)

    @property
    def has_lists(self) -> bool:
        """Whether what `prepare_lists` works out is kept of the same papers."""
        return all(self.is_kept(name) for name in OF_PAPERS)

    @kept
    def author_names(self) -> Mapping[str, str]:
        """Author id -> the name as most papers print it."""
        counts = Counter(
            pair
            for slug in self.slugs
            for pair in zip(self.author_ids(slug), self.names(slug), strict=True)
        )
        spellings: dict[str, dict[str, int]] = {}
        for (key, name), papers in counts.items():
            spellings.setdefault(key, {})[name] = papers
        return {
            key: best_spelling(found) if len(found) > 1 else next(iter(found))
            for key, found in spellings.items()
        }

    @kept
    def author_urls(self) -> Mapping[str, str]:
        """Author id -> the author's page; "" where there is none."""
        return {
            key: f"authors/{key}/" if len(slugs) >= AUTHOR_PAGE_FROM else ""
            for key, slugs in self.by_author.items()
        }

    def author_row(self, key: str) -> views.AuthorRow:
        """An author in a list."""
        namesake, slugs = self.namesake(key), self.by_author[key]
        return views.AuthorRow(
            id=key,
            name=self.author_names[key],
            note=namesake.note if namesake else "",
            url=self.author_urls[key],
            papers=len(slugs),
            paper_url=f"papers/{slugs[0]}/",
        )

    @kept
    def author_rows(self) -> tuple[views.AuthorRow, ...]:
        """All authors, sorted by family name, then the whole name."""
        rows = map(self.author_row, self.by_author)
        return tuple(sorted(rows, key=lambda row: (family_name(row.name), row.name, row.id)))

    @kept
    def authors_with_pages(self) -> tuple[views.AuthorRow, ...]:
        """Those of several papers, who have pages of their own, in the order of `author_rows`."""
        return tuple(row for row in self.author_rows if row.url)

    @kept
    def ids_with_pages(self) -> tuple[str, ...]:
        """The ids of the same, in alphabetical order."""
        return tuple(sorted(key for key, url in self.author_urls.items() if url))

    @shared
    def frequent_authors(self) -> tuple[views.AuthorRow, ...]:
        """Who has the most papers here, of those with several."""
        return tuple(sorted(self.authors_with_pages, key=lambda row: -row.papers)[:FREQUENT])

    @shared
    def unnamed(self) -> int:
        """Of how many papers no author is known."""
        return sum(1 for slug in self.slugs if not self.names(slug))

    def people(self, paper: Paper) -> tuple[views.Person, ...]:
        """The authors of a paper, in printed order."""
        return tuple(
            views.Person(name=name, url=self.author_urls[key])
            for name, key in zip(paper.authors, self.author_ids(paper.slug), strict=True)
        )

    # ---------------------------------------------------------------- by letter

    @kept
    def authors_divided(self) -> bool:
        """Whether the letters have pages of their own."""
        return len(self.by_author) > MOST_AUTHORS

    def family(self, key: str) -> str:
        """What an author is sorted by; "" for a name without a letter or digit."""
        if key == NAMELESS:
            return ""
        namesake = self.namesake(key)
        return family_name(namesake.name) if namesake else key.rpartition("-")[2]

    @shared
    def by_letter(self) -> Mapping[str, tuple[str, ...]]:
        """First letter of the family name, or "other" -> ids of authors; letters in order."""
        found: dict[str, list[str]] = {}
        for key in self.by_author:
            found.setdefault(_letter(self.family(key)), []).append(key)
        letters = sorted(found, key=lambda letter: (letter != OTHER, letter))
        return {letter: tuple(found[letter]) for letter in letters}

    @kept
    def letters(self) -> Mapping[str, tuple[str, ...]]:
        """Letter of the alphabet, or "other" -> the pairs of letters by which it is divided, for
        too many authors; else nothing."""
        return {
            letter: ()
            if len(keys) <= MOST_AUTHORS or letter == OTHER
            else tuple(sorted({pair for key in keys if len(pair := self.family(key)[:2]) == 2}))
            for letter, keys in self.by_letter.items()
        }

    @shared
    def authors_under(self) -> Mapping[str, tuple[views.AuthorRow, ...]]:
        """Letter or pair of letters -> its authors. Of a letter that is divided, those whose family
        name is that letter alone stand under it."""
        letters = dict(self.letters)
        found: dict[str, list[views.AuthorRow]] = {letter: [] for letter in letters}
        for row in self.author_rows:
            family = self.family(row.id)
            letter = _letter(family)
            pair = family[:2] if letters[letter] and len(family) > 1 else letter
            found.setdefault(pair, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}


def _letter(family: str) -> str:
    return family[0] if family[:1].isalpha() else OTHER


def family_name(name: str) -> str:
    """What a name is sorted by: its last word, without accents and capitals."""
    return name_slug(name).rpartition("-")[2]


def fold(
    people: tuple[views.Person, ...],
) -> tuple[tuple[views.Person, ...], tuple[views.Person, ...]]:
    """A list of authors in two: those to show, and the rest of a long list."""
    if len(people) < AUTHORS_SHOWN + 3:
        return people, ()
    return people[:AUTHORS_SHOWN], people[AUTHORS_SHOWN:]
