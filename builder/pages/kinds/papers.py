"""A page for each paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from builder import markup
from builder.content.paper import Paper
from builder.pages import views
from builder.pages.cite import cite_view
from builder.pages.page import Page
from builder.pages.people import fold
from builder.pages.shape import Shaper
from builder.wording import shorten

# Of the papers that point to one so many are named, the newest: in a large list hundreds may, and
# the page of one paper must not grow with the number of all.
MOST_POINTING = 12


def pages(shaper: Shaper) -> Iterator[Page]:
    """The papers' pages, by slug."""
    for slug in shaper.slugs:
        yield page(shaper, slug)


def page(shaper: Shaper, slug: str) -> Page:
    """The page of a paper."""
    source = f"papers/{slug}.md"
    return Page(
        path=source, template="paper.md.j2", source=source, make=partial(_view, shaper, slug)
    )


def _view(shaper: Shaper, slug: str) -> views.PaperView:
    paper, back = shaper.paper(slug), shaper.backlinks(slug)
    card = replace(shaper.card(slug), tags=shaper.reasoned_chips(slug))
    description = shorten(card.teaser, 30)
    shown, folded = fold(shaper.people(paper))
    links = shaper.links(slug)
    return views.PaperView(
        card=card,
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
        editions=tuple(_listed_in(shaper, slug)),
        related=tuple(
            views.RelatedCard(card=shaper.card(link.slug), reason=link.reason, by=link.by)
            for link in links
        ),
        mentioned_by=_pointing(shaper, back.mentioned_by),
        related_from=_pointing(shaper, back.related_from),
        collections=tuple(
            views.CollectionLink(title=row.title, url=row.url)
            for row in map(shaper.collection_row, back.collections)
        ),
        suggested=any(chip.by == "auto" for chip in card.tags),
        filters=tuple(_filters(shaper, paper, card)),
        sort_date=str(paper.date or (f"{paper.year}-00-00" if paper.year else "0000")),
        cite=cite_view(
            shaper.reference(slug),
            card,
            description=description,
            address=shaper.address,
            site_name=shaper.site_name,
            previews=shaper.previews,
        ),
        edit_path=f"papers/{slug}.md",
    )


def _pointing(shaper: Shaper, slugs: Sequence[str]) -> views.Pointing:
    shown = slugs
    if len(slugs) > MOST_POINTING:
        newest = set(shaper.newest_first(slugs)[:MOST_POINTING])
        shown = [slug for slug in slugs if slug in newest]
    return views.Pointing(cards=shaper.cards(shown), more=len(slugs) - len(shown))


def _filters(shaper: Shaper, paper: Paper, card: views.Card) -> Iterator[tuple[str, str]]:
    for chip in card.tags:
        yield "tag", chip.name
    if paper.year:
        yield "year", str(paper.year)
    for item in shaper.appearances(paper.slug):
        yield "edition", item.edition.id
    if paper.venue:
        yield "venue", paper.venue
    if paper.has_code:
        yield "has", "code"
    if paper.pick:
        yield "has", "editors' pick"


def _with_mentions(shaper: Shaper, paper: Paper) -> str:
    """The abstract with a link at the first mention of each other paper's name."""
    text = paper.abstract
    for found in sorted(shaper.mentions(paper.slug), key=lambda m: -m.start):
        link = f"[{found.name}](../{found.slug}/)"
        text = text[: found.start] + link + text[found.end :]
    return text


def _listed_in(shaper: Shaper, slug: str) -> Iterator[views.ListedIn]:
    for item in shaper.appearances(slug):
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
