"""Which pages there are, and what each shows: Library, Analysis -> pages to render."""

from __future__ import annotations

import datetime
import itertools
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from builder import citation, markup
from builder.analysis import Analysis
from builder.citation import Reference
from builder.content.paper import Paper
from builder.feedlist import FeedInfo, series_of
from builder.library import Library
from builder.pages import views
from builder.pages.cite import cite_view
from builder.pages.health import health_view
from builder.pages.shape import AUTHOR_PAGE_FROM, Shaper, family_name, fold
from builder.wording import shorten

HOME_CARDS = 6


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page to be rendered.

    path: of the Markdown file, such as "papers/half-a-loaf.md" or "tags/index.md".
    template: the name of its template; view: what the template sees as `view`.
    source: the file below content/ that the page is made of, or "" for pages made of many.
    """

    path: str
    template: str
    view: Any
    source: str = ""


def site_view(library: Library, *, name: str, description: str, edit_base: str) -> views.SiteView:
    """What every template knows of the site."""
    days = [item.date for item in library.editions.values() if item.date]
    days = days or [item.date for item in library.papers.values() if item.date]
    return views.SiteView(
        name=name,
        description=description,
        papers=len(library.papers),
        editions=len(library.editions),
        authors=len({key for keys in library.authorship.values() for key in keys}),
        tags=len(library.vocabulary.tags),
        updated=max(days, default=None),
        edit_base=edit_base,
    )


def plan(
    library: Library,
    analysis: Analysis,
    *,
    feeds: tuple[FeedInfo, ...] = (),
    newsletter: views.Newsletter | None = None,
    references: Mapping[str, Reference] | None = None,
    site_name: str = "",
    address: str = "",
) -> Iterator[Page]:
    """Every generated page, in a fixed order.

    references: how each paper is cited, where the caller made them already. site_name, address:
    of the site, as the heads of pages name them; the address with a slash at its end, or "".
    """
    shaper = Shaper(library, analysis, feeds)
    references = references or citation.references(library.papers.values())
    yield Page(path="index.md", template="home.md.j2", view=_home(shaper))
    yield Page(path="browse/index.md", template="browse.md.j2", view=_browse(shaper))
    yield Page(path="saved/index.md", template="saved.md.j2", view=None)
    for paper in library.papers.values():
        source = f"papers/{paper.slug}.md"
        description = shorten(shaper.card(paper.slug).teaser, 30)
        cite = cite_view(
            references[paper.slug],
            shaper.card(paper.slug),
            description=description,
            address=address,
            site_name=site_name,
        )
        view = _paper(shaper, paper, description, cite)
        yield Page(path=source, template="paper.md.j2", view=view, source=source)
    yield from _editions(shaper)
    yield from _tags(shaper)
    yield from _authors(shaper)
    yield from _years(shaper)
    yield from _collections(shaper)
    if library.papers:
        # Not at the top: importing numpy takes a tenth of a second, which a build that finds
        # nothing changed need not wait for.
        from builder.pages.map_page import map_view

        yield Page(path="map/index.md", template="map.md.j2", view=map_view(shaper))
        yield Page(path="health/index.md", template="health.md.j2", view=health_view(shaper))
    if feeds or newsletter:
        view = _subscribe(shaper, feeds, newsletter)
        yield Page(path="subscribe/index.md", template="subscribe.md.j2", view=view)


def _home(shaper: Shaper) -> views.HomeView:
    library, trends = shaper.library, shaper.analysis.trends
    by_date = shaper.newest_first(library.papers)

    def listed(slug: str) -> tuple[int, int, datetime.date]:
        trend = trends[slug]
        return trend.listings, trend.comments, trend.last or datetime.date.min

    # Sorting is stable, so papers that are equal otherwise stay newest first.
    most = [s for s in sorted(by_date, key=listed, reverse=True) if trends[s].listings > 1]
    editions = list(_edition_views(shaper))
    return views.HomeView(
        newest=editions[0] if editions else None,
        most_listed=shaper.cards(most[:HOME_CARDS]),
        picks=shaper.cards([s for s in by_date if library.papers[s].pick][:HOME_CARDS]),
        latest=shaper.cards(by_date[:HOME_CARDS]),
        facets=shaper.facets,
        collections=shaper.collection_rows,
        editions=tuple(view.row for view in editions),
    )


def _browse(shaper: Shaper) -> views.BrowseView:
    by_year = [
        (row.name, tuple((card.url, card.plain_title) for card in cards))
        for row, cards in _by_year(shaper)
    ]
    return views.BrowseView(years=tuple(by_year), facets=shaper.facets)


def _paper(shaper: Shaper, paper: Paper, description: str, cite: views.CiteView) -> views.PaperView:
    library, analysis = shaper.library, shaper.analysis
    back = analysis.backlinks[paper.slug]
    filters = [("tag", chip.name) for chip in shaper.chips(paper.slug)]
    filters += [("year", str(paper.year))] if paper.year else []
    appearances = library.appearances.get(paper.slug, ())
    filters += [("edition", item.edition.id) for item in appearances]
    filters += [("venue", paper.venue)] if paper.venue else []
    filters += [("has", "code")] if paper.has_code else []
    filters += [("has", "editors' pick")] if paper.pick else []
    titles = {item.id: item for item in shaper.collection_rows}
    shown, folded = fold(shaper.people(paper))
    onward = {link.slug for link in analysis.related[paper.slug]}
    return views.PaperView(
        card=shaper.card(paper.slug),
        description=description,
        authors=shown,
        authors_folded=folded,
        authors_more=max((paper.author_count or 0) - len(paper.authors), 0),
        organization=paper.organization,
        arxiv=paper.arxiv,
        doi=paper.doi,
        buttons=shaper.buttons(paper),
        summary=markup.to_inline(paper.summary) if paper.summary else None,
        abstract=markup.to_html(_with_mentions(shaper, paper)),
        notes=markup.to_html(paper.notes) if paper.notes else None,
        editions=tuple(_listed_in(shaper, paper.slug)),
        related=tuple(
            views.RelatedCard(card=shaper.card(link.slug), reason=link.reason, by=link.by)
            for link in analysis.related[paper.slug]
        ),
        mentioned_by=shaper.cards(back.mentioned_by),
        related_from=shaper.cards(slug for slug in back.related_from if slug not in onward),
        collections=tuple(
            views.CollectionLink(title=titles[key].title, url=titles[key].url)
            for key in back.collections
        ),
        suggested=any(chip.by == "auto" for chip in shaper.chips(paper.slug)),
        filters=tuple(filters),
        sort_date=str(paper.date or (f"{paper.year}-00-00" if paper.year else "0000")),
        cite=cite,
        edit_path=f"papers/{paper.slug}.md",
    )


def _with_mentions(shaper: Shaper, paper: Paper) -> str:
    """The abstract with a link at the first mention of each other paper's name."""
    text = paper.abstract
    for found in sorted(shaper.analysis.mentions[paper.slug], key=lambda m: -m.start):
        link = f"[{found.name}](../{found.slug}/)"
        text = text[: found.start] + link + text[found.end :]
    return text


def _listed_in(shaper: Shaper, slug: str) -> Iterator[views.ListedIn]:
    for item in shaper.library.appearances.get(slug, ()):
        papers, at = item.edition.papers, item.position - 1
        yield views.ListedIn(
            name=shaper.edition_names[item.edition.id],
            url=f"editions/{item.edition.id}/",
            id=item.edition.id,
            date_inferred=item.edition.date_inferred,
            position=item.position,
            size=len(papers),
            comments=item.comments,
            previous=shaper.card(papers[at - 1].paper) if at else None,
            next=shaper.card(papers[at + 1].paper) if at + 1 < len(papers) else None,
        )


def _edition_views(shaper: Shaper) -> Iterator[views.EditionView]:
    editions = list(shaper.library.editions.values())
    rows = [shaper.edition_row(item) for item in editions]
    for index, item in enumerate(editions):
        yield views.EditionView(
            row=rows[index],
            source=item.source,
            description=f"{rows[index].name}: {len(item.papers)} papers, in the listing's order.",
            entries=tuple(
                views.EditionEntry(
                    position=position,
                    card=shaper.card(listing.paper),
                    comments=listing.comments,
                    first_seen=shaper.debuts.get(listing.paper) == item.id,
                )
                for position, listing in enumerate(item.papers, start=1)
            ),
            newer=rows[index - 1] if index else None,
            older=rows[index + 1] if index + 1 < len(rows) else None,
            edit_path=f"editions/{item.id}.yml",
            feed=shaper.feed("series", series_of(item)),
        )


def _editions(shaper: Shaper) -> Iterator[Page]:
    found = list(_edition_views(shaper))
    rows = tuple(view.row for view in found)
    yield Page(
        path="editions/index.md", template="editions.md.j2", view=views.EditionsView(rows=rows)
    )
    for view in found:
        path = f"editions/{view.row.id}.md"
        yield Page(path=path, template="edition.md.j2", view=view, source=view.edit_path)


def _tags(shaper: Shaper) -> Iterator[Page]:
    library, rows = shaper.library, shaper.tag_rows
    untagged = sum(1 for slug in library.papers if not shaper.analysis.tags[slug])
    view = views.TagsView(facets=shaper.facets, untagged=untagged)
    yield Page(path="tags/index.md", template="tags.md.j2", view=view, source="tags.yml")
    for tag in library.vocabulary.tags.values():
        yield Page(
            path=f"tags/{tag.id}.md",
            template="tag.md.j2",
            source="tags.yml",
            view=views.TagView(
                tag=rows[tag.id],
                facet_name=library.vocabulary.facets[tag.facet].name,
                description=tag.definition,
                synonyms=tag.synonyms,
                see_also=tuple(rows[other] for other in tag.see_also),
                neighbours=tuple(
                    views.NeighbourRow(tag=rows[item.tag], papers=item.papers, lift=item.lift)
                    for item in shaper.analysis.neighbours[tag.id]
                ),
                years=_year_bars(shaper, shaper.tagged[tag.id]),
                papers=shaper.cards(shaper.tagged[tag.id]),
                edit_path="tags.yml",
                feed=shaper.feed("tag", tag.id),
            ),
        )


def _year_bars(shaper: Shaper, slugs: list[str]) -> tuple[views.Bar, ...]:
    """Papers a year, over the years of the whole library, so that charts can be compared."""
    every = [paper.year for paper in shaper.library.papers.values() if paper.year]
    if not every:
        return ()
    counts = Counter(shaper.library.papers[slug].year for slug in slugs)
    most = max((counts[year] for year in counts if year), default=0)
    return tuple(
        views.Bar(
            label=str(year), value=counts[year], share=round(counts[year] / most, 3) if most else 0
        )
        for year in range(min(every), max(every) + 1)
    )


def _authors(shaper: Shaper) -> Iterator[Page]:
    rows = shaper.author_rows
    ranked = sorted(rows.values(), key=lambda row: -len(row.papers))
    frequent = [row for row in ranked if len(row.papers) >= AUTHOR_PAGE_FROM]
    letters = itertools.groupby(rows.values(), key=lambda row: _letter(row.name))
    unnamed = sum(1 for paper in shaper.library.papers.values() if not paper.authors)
    view = views.AuthorsView(
        frequent=tuple(frequent[:24]),
        letters=tuple(
            views.LetterView(letter=letter, authors=tuple(group)) for letter, group in letters
        ),
        unnamed=unnamed,
    )
    yield Page(path="authors/index.md", template="authors.md.j2", view=view)
    for row in frequent:
        slugs = shaper.by_author[row.id]
        together = Counter(
            key for slug in slugs for key in set(shaper.library.authorship[slug]) if key != row.id
        )
        coauthors = sorted(together, key=lambda key: (-together[key], rows[key].name, key))
        who = f"{row.name} ({row.note})" if row.note else row.name
        yield Page(
            path=f"authors/{row.id}.md",
            template="author.md.j2",
            view=views.AuthorView(
                author=row,
                description=f"{len(slugs)} papers by {who} in this list.",
                coauthors=tuple(
                    views.Count(name=rows[key].name, url=rows[key].url, papers=together[key])
                    for key in coauthors[:30]
                ),
                tags=shaper.tag_counts(slugs, limit=8),
            ),
        )


def _letter(name: str) -> str:
    family = family_name(name)
    return family[0].upper() if family[:1].isalpha() else "#"


def _by_year(shaper: Shaper) -> list[tuple[views.YearRow, tuple[views.Card, ...]]]:
    slugs = shaper.newest_first(shaper.library.papers)
    papers = shaper.library.papers
    groups = [
        (year, list(group)) for year, group in itertools.groupby(slugs, lambda s: papers[s].year)
    ]
    most = max((len(group) for _, group in groups), default=1)
    return [
        (
            views.YearRow(
                id=str(year or "unknown"),
                name=str(year or "Year unknown"),
                url=f"years/{year or 'unknown'}/",
                papers=len(group),
                tags=shaper.tag_counts(group, limit=12),
                share=round(len(group) / most, 3),
            ),
            shaper.cards(group),
        )
        for year, group in groups
    ]


def _years(shaper: Shaper) -> Iterator[Page]:
    groups = _by_year(shaper)
    rows = [row for row, _ in groups]
    yield Page(
        path="years/index.md", template="years.md.j2", view=views.YearsView(rows=tuple(rows))
    )
    for index, (row, cards) in enumerate(groups):
        months = itertools.groupby(cards, lambda card: f"{card.date:%B}" if card.date else "")
        yield Page(
            path=f"years/{row.id}.md",
            template="year.md.j2",
            view=views.YearView(
                row=row,
                description=f"{row.papers} papers of this list, {row.name}.",
                months=tuple((name, tuple(group)) for name, group in months),
                newer=rows[index - 1] if index else None,
                older=rows[index + 1] if index + 1 < len(rows) else None,
            ),
        )


def _collections(shaper: Shaper) -> Iterator[Page]:
    rows = shaper.collection_rows
    if not rows:
        return
    yield Page(
        path="collections/index.md",
        template="collections.md.j2",
        view=views.CollectionsView(rows=rows),
    )
    for row, item in zip(rows, shaper.library.collections.values(), strict=True):
        source = f"collections/{item.id}.md"
        yield Page(
            path=source,
            template="collection.md.j2",
            source=source,
            view=views.CollectionView(
                row=row,
                description=row.summary,
                intro=markup.to_html(item.intro),
                steps=tuple(
                    views.StepView(
                        position=at,
                        card=shaper.card(step.paper),
                        note=markup.to_inline(step.note),
                    )
                    for at, step in enumerate(item.papers, start=1)
                ),
                edit_path=source,
                feed=shaper.feed("collection", item.id),
            ),
        )


def _subscribe(
    shaper: Shaper, feeds: tuple[FeedInfo, ...], newsletter: views.Newsletter | None
) -> views.SubscribeView:
    def rows(kind: str) -> tuple[views.FeedRow, ...]:
        return tuple(
            views.FeedRow(
                name=feed.name, key=feed.key, url=feed.page, atom=feed.atom, json=feed.json,
                entries=feed.entries,
            )
            for feed in feeds
            if feed.kind == kind
        )  # fmt: skip

    tags = {row.key: row for row in rows("tag")}
    facets = [
        (facet, tuple(tags[tag.id] for tag in facet.tags if tag.id in tags))
        for facet in shaper.facets
    ]
    return views.SubscribeView(
        newsletter=newsletter,
        all_papers=rows("all"),
        corrections=rows("corrections"),
        series=rows("series"),
        collections=rows("collection"),
        facets=tuple((facet, found) for facet, found in facets if found),
    )
