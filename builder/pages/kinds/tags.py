"""The vocabulary, and a page for each tag, or one for each of its years besides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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
    tag, slugs = shaper.vocabulary.tags[key], shaper.tagged[key]
    return views.TagView(
        tag=shaper.tag_rows[key],
        facet_name=shaper.vocabulary.facets[tag.facet].name,
        description=tag.definition,
        synonyms=tag.synonyms,
        see_also=tuple(map(shaper.topic, tag.see_also)),
        neighbours=tuple(
            views.NeighbourRow(tag=shaper.topic(other), papers=papers)
            for other, papers in shaper.met(key)
        ),
        years=_year_bars(shaper, shaper.years_of_tags[key]),
        papers=shaper.cards(slugs[: parts.PART] if parts.long(slugs) else slugs),
        pages=spread.years_pager(shaper, f"tags/{key}"),
        edit_path="tags.yml",
        feed=shaper.feed("tag", key),
    )


def _year_bars(shaper: Shaper, counts: Mapping[int, int]) -> tuple[views.Bar, ...]:
    """Papers a year, over the years of the whole library, so that charts can be compared."""
    every = [int(year) for year in shaper.by_year if year != "unknown"]
    if not every:
        return ()
    most = max(counts.values(), default=0)
    return tuple(
        views.Bar(label=str(year), value=number, share=round(number / most, 3) if most else 0)
        for year in range(min(every), max(every) + 1)
        for number in [counts.get(year, 0)]
    )
