"""Which papers stand in which list, in their order, and on which page of it: no texts yet."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from builder.pages import parts
from builder.pages.facts import Facts
from builder.pages.tracing import kept, shared


class Lists(Facts):
    """The lists of papers, each worked out once."""

    def newest_first(self, slugs: Iterable[str]) -> list[str]:
        """Slugs by date, newest first; papers with a year only behind the year's dated ones."""
        # Sorting is stable: by slug, then by day within the year, then by year.
        found = sorted(slugs)
        found.sort(key=lambda slug: self.date(slug) or datetime.date.min, reverse=True)
        found.sort(key=lambda slug: -(self.year(slug) or 0))
        return found

    @kept
    def newest(self) -> tuple[str, ...]:
        """Every paper, newest first."""
        return tuple(self.newest_first(self.slugs))

    @kept
    def tagged(self) -> Mapping[str, list[str]]:
        """Tag id -> slugs of its papers, newest first."""
        found: dict[str, list[str]] = {tag: [] for tag in self.vocabulary.tags}
        for slug in self.newest:
            for tag, _ in self.subjects(slug):
                found[tag].append(slug)
        return found

    @kept
    def by_author(self) -> Mapping[str, list[str]]:
        """Author id -> slugs of the papers, newest first."""
        found: dict[str, list[str]] = {}
        for slug in self.newest:
            for key in dict.fromkeys(self.author_ids(slug)):
                found.setdefault(key, []).append(slug)
        return found

    @kept
    def long_by_author(self) -> Mapping[str, list[str]]:
        """As `by_author`, of those lists alone that are divided: there are few."""
        return {key: slugs for key, slugs in self.by_author.items() if parts.long(slugs)}

    @kept
    def by_year(self) -> Mapping[str, tuple[str, ...]]:
        """Year, "2025" or "unknown" -> slugs of its papers, newest first."""
        return parts.by_year(self.newest, self.year)

    @shared
    def months(self) -> Mapping[str, int]:
        """Year and month, such as "2025 March" -> number of papers; "2025 " for those of which the
        day is not known."""
        return {
            f"{year} {month}": papers
            for year, slugs in self.by_year.items()
            for month, papers in Counter(map(self.month_name, slugs)).items()
        }

    @kept
    def years_of_tags(self) -> Mapping[str, Mapping[int, int]]:
        """Tag id -> year -> number of the tag's papers of that year, as far as it is known."""
        return {
            tag: Counter(year for year in map(self.year, slugs) if year)
            for tag, slugs in self.tagged.items()
        }

    def month_name(self, slug: str) -> str:
        """The month of a paper, such as "March"; "" where the day is not known."""
        day = self.date(slug)
        return f"{day:%B}" if day else ""

    # ---------------------------------------------------------------- over several pages

    @kept
    def spreads(self) -> Mapping[str, tuple[tuple[str, int], ...]]:
        """Address of a list that is divided, such as "tags/peft" -> (year, number of papers),
        newest first."""
        return {
            base: tuple((year, len(slugs)) for year, slugs in years.items())
            for base, years in self.divided.items()
        }

    @kept
    def pages_of(self) -> Mapping[str, tuple[str, ...]]:
        """Address of a list that is divided -> its pages, as in `builder.pages.parts`, oldest
        first. They change seldom: the pages of a list name one another by them."""
        return {base: tuple(parts.spread(years)) for base, years in self.divided.items()}

    @kept
    def papers_on(self) -> Mapping[str, tuple[str, ...]]:
        """Address of a page of such a list, such as "tags/peft/2022/3" -> slugs, newest first."""
        return {
            f"{base}/{page}": slugs
            for base, years in self.divided.items()
            for page, slugs in parts.spread(years).items()
        }

    @shared
    def divided(self) -> Mapping[str, Mapping[str, Sequence[str]]]:
        """Address of a list that is divided -> year -> slugs, newest first."""
        found: dict[str, Mapping[str, Sequence[str]]] = {"years": dict(self.by_year)}
        for folder, lists in (("tags", self.tagged), ("authors", self.long_by_author)):
            for key, slugs in lists.items():
                if parts.long(slugs):
                    found[f"{folder}/{key}"] = parts.by_year(slugs, self.year)
        return found
