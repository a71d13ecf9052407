"""What a digest tells: the papers of an edition or a period, by topic, the most listed first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from builder.content.paper import Paper
from builder.history import Timeline
from builder.mail import MailFailed
from builder.pages.shape import Shaper
from builder.problems import did_you_mean
from builder.wording import byline, day

# Where a paper is read, the best place first.
_TEXTS = ("pdf", "arxiv", "doi", "project", "search")


@dataclass(frozen=True, kw_only=True)
class Item:
    """A paper in a digest; plain text. url: of its page, below the site's root.

    about: authors, venue, how often it was listed; in a line. links: (label, address) of the text
    and the code. rank: its place among all papers of the digest, the most listed first.
    """

    title: str
    url: str
    about: str
    teaser: str
    links: tuple[tuple[str, str], ...]
    rank: int


@dataclass(frozen=True, kw_only=True)
class Group:
    """The papers of a topic. url: of its page, below the site's root; "" for those without one."""

    name: str
    url: str
    items: tuple[Item, ...]


@dataclass(frozen=True, kw_only=True)
class Digest:
    """A digest. id: stays the same for the same edition or period, and is good for a file's name.

    subject: of the message; url: of the page that shows all, below the site's root. papers: how
    many there are. day: which day it is of, for the date of a message that is only looked at.
    """

    id: str
    subject: str
    url: str
    papers: int
    groups: tuple[Group, ...]
    day: datetime.date | None


def of_edition(shaper: Shaper, key: str | None) -> Digest:
    """The digest of an edition; without an id, of the newest.

    Raises MailFailed when there is no such edition, or none at all.
    """
    editions = shaper.library.editions
    if not editions:
        raise MailFailed("there is no edition; import one, or ask for a period with --since DATE")
    if key is not None and key not in editions:
        hint = did_you_mean(key, editions) or f"the newest is {next(iter(editions))}"
        raise MailFailed(f'there is no edition "{key}"; {hint}')
    edition = next(iter(editions.values())) if key is None else editions[key]
    slugs = [listing.paper for listing in edition.papers]
    return Digest(
        id=edition.id,
        subject=shaper.edition_names[edition.id],
        url=f"editions/{edition.id}/",
        papers=len(slugs),
        groups=_groups(shaper, slugs),
        day=edition.date,
    )


def of_period(shaper: Shaper, timeline: Timeline, since: datetime.date) -> Digest:
    """The digest of the papers that came to the list on a day or later.

    Its id holds the last day on which one came: the same papers, the same digest, whenever it is
    made. Raises MailFailed when none came.
    """
    days = {slug: moment.added.date() for slug, moment in timeline.papers.items()}
    slugs = [s for s in shaper.newest_first(shaper.library.papers) if days.get(s, since) >= since]
    slugs = [slug for slug in slugs if slug in days]
    if not slugs:
        raise MailFailed(f"no paper came to the list since {since}; choose an earlier day")
    last = max(days[slug] for slug in slugs)
    return Digest(
        id=f"since-{since}-until-{last}",
        subject=f"New papers since {day(since)}",
        url="browse/",
        papers=len(slugs),
        groups=_groups(shaper, slugs),
        day=last,
    )


def _groups(shaper: Shaper, slugs: Iterable[str]) -> tuple[Group, ...]:
    """Papers by their first, most central tag: the topic with the most papers first, papers
    without a tag last; slugs come in the order that settles what is equal otherwise."""
    trends = shaper.analysis.trends

    def listed(slug: str) -> tuple[int, int, datetime.date]:
        trend = trends[slug]
        return trend.listings, trend.comments, trend.last or datetime.date.min

    found: dict[str, list[Item]] = {}
    for rank, slug in enumerate(sorted(slugs, key=listed, reverse=True)):
        tags = shaper.analysis.tags[slug]
        found.setdefault(tags[0].id if tags else "", []).append(_item(shaper, slug, rank))
    rows = shaper.tag_rows
    order = {tag: place for place, tag in enumerate(rows)}
    keys = sorted(found, key=lambda key: (not key, -len(found[key]), order.get(key, 0)))
    return tuple(
        Group(
            name=rows[key].name if key else ("Other papers" if len(keys) > 1 else "Papers"),
            url=rows[key].url if key else "",
            items=tuple(found[key]),
        )
        for key in keys
    )


def _item(shaper: Shaper, slug: str, rank: int) -> Item:
    card, paper = shaper.card(slug), shaper.library.papers[slug]
    comments = f"{card.comments} comment{'s' if card.comments > 1 else ''}" if card.comments else ""
    about = (_byline(paper), card.venue, card.trend if card.listings > 1 else "", comments)
    # One place to read it, and its code: a reader who wants more follows the title.
    links = shaper.buttons(paper)
    text = next((link for kind in _TEXTS for link in links if link.kind == kind), None)
    code = next((link for link in links if link.kind == "code"), None)
    return Item(
        title=card.plain_title,
        url=card.url,
        about=", ".join(filter(None, about)),
        teaser=card.teaser,
        links=tuple((link.label, link.url) for link in (text, code) if link),
        rank=rank,
    )


def _byline(paper: Paper) -> str:
    """The first author and how many others there are, for a line that says more."""
    total = max(paper.author_count or 0, len(paper.authors))
    if len(paper.authors) < 3 or total < 3:
        return byline(paper)
    return f"{paper.authors[0]} and {total - 1} others"
