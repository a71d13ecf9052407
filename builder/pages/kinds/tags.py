"""The vocabulary, and a page for each tag, or one for each of its years besides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from builder.pages import parts, views
from builder.pages.kinds import spread
from builder.pages.page import Page
from builder.pages.shape import Shaper


def pages(shaper: Shaper) -> Iterator[Page]:
    """The list, and the tags in the vocabulary's order."""
    yield Page(
        path="tags/index.md",
        template="tags.md.j2",
        source="tags.yml",
        make=partial(_list, shaper),
    )
    for key in shaper.vocabulary.tags:
        yield Page(
            path=f"tags/{key}.md",
            template="tag.md.j2",
            source="tags.yml",
            make=partial(_view, shaper, key),
        )
        head = partial(_head, shaper, key)
        yield from spread.pages(shaper, f"tags/{key}", head, source="tags.yml")


def _list(shaper: Shaper) -> views.TagsView:
    untagged = sum(1 for slug in shaper.slugs if not shaper.subjects(slug))
    return views.TagsView(facets=shaper.facets, untagged=untagged)


def _head(shaper: Shaper, key: str) -> spread.Head:
    row = shaper.vocabulary.tags[key]
    return spread.Head(
        name=row.name,
        facet=row.facet,
        above=(
            views.PageLink(name="Topics", url="tags/"),
            views.PageLink(name=row.name, url=f"tags/{key}/"),
        ),
    )


def _view(shaper: Shaper, key: str) -> views.TagView:
    tag, rows, slugs = shaper.vocabulary.tags[key], shaper.tag_rows, shaper.tagged[key]
    return views.TagView(
        tag=rows[key],
        facet_name=shaper.vocabulary.facets[tag.facet].name,
        description=tag.definition,
        synonyms=tag.synonyms,
        see_also=tuple(rows[other] for other in tag.see_also),
        neighbours=tuple(
            views.NeighbourRow(tag=rows[item.tag], papers=item.papers, lift=item.lift)
            for item in shaper.neighbours(key)
        ),
        years=_year_bars(shaper, slugs),
        papers=shaper.cards(slugs[: parts.PART] if parts.long(slugs) else slugs),
        pages=spread.years_pager(shaper, f"tags/{key}"),
        edit_path="tags.yml",
        feed=shaper.feed("tag", key),
    )


def _year_bars(shaper: Shaper, slugs: Sequence[str]) -> tuple[views.Bar, ...]:
    """Papers a year, over the years of the whole library, so that charts can be compared."""
    every = [int(year) for year in shaper.by_year if year != "unknown"]
    if not every:
        return ()
    counts = Counter(map(shaper.year, slugs))
    most = max((counts[year] for year in counts if year), default=0)
    return tuple(
        views.Bar(
            label=str(year), value=counts[year], share=round(counts[year] / most, 3) if most else 0
        )
        for year in range(min(every), max(every) + 1)
    )
