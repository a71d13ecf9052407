"""The map: papers over time, topics and how they meet, and all papers by likeness."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from builder import markup, parallel
from builder.analysis import layout, regions
from builder.analysis.layout import Place
from builder.analysis.regions import Region
from builder.memory import Memory
from builder.pages import pictures, views
from builder.pages.page import Page
from builder.pages.shape import FEW, Shaper
from builder.pages.timeline import timeline
from builder.pages.tracing import KEPT
from builder.pages.write import Drawn

PATH = "map/index.md"
# The shapes that map.md.j2 draws: these for facets, which begin again beyond them, and one more
# for papers without a topic.
MARKS = 6
NO_TOPIC = "No topic yet"
# So many papers are links on the map. At 80 bytes each, packed, ten thousand would make a page of
# a megabyte, and marks that no finger could tell apart; the others are dots of three bytes.
MOST_MARKS = 800
# Of more dots than these several may fall on one place of a grid as wide as a dot: what is seen is
# the same, and the path grows with the room that is taken instead of with the papers.
MOST_DOTS = 20_000
_COARSER = 2
# What the list behind the map names of each region where it cannot name all papers.
_SOME_IN_REGION = 12
# The kinds of facts that places are made of, see `_basis`.
_KINDS = ("slugs", "subjects", "ties", "vocabulary")
_PLACED = "placed"
# What is kept of which it is made.
_KEPT = ("newest", "tagged")
_LEAST_WIDTH, _MOST_WIDTH = 1.2, 5.0


def map_view(shaper: Shaper) -> views.MapView:
    """The map of a library that has papers."""
    keys = facet_keys(shaper)
    facets = {slug: shaper.facet(slug) for slug in shaper.slugs}
    tags, *rest = _basis(shaper)
    places = layout.lay_out(tags, *rest)
    marked = _marked(shaper)
    points = [(place.x, place.y) for slug, place in places.items() if slug in marked]
    found = regions.regions(places, tags)
    limit = None if len(marked) == len(places) else _SOME_IN_REGION
    step = _COARSER if len(places) - len(marked) > MOST_DOTS else 1
    return views.MapView(
        papers=len(places),
        facets=keys,
        timeline=timeline(shaper, keys),
        meetings=_meetings(shaper),
        groups=tuple(_group(shaper, key, facets, places, marked, step) for key in keys),
        regions=tuple(_region(shaper, region, limit) for region in found),
        names_wide=_names(shaper, found, points, pictures.WIDE),
        names_narrow=_names(shaper, found, points, pictures.NARROW),
        marked=len(marked),
        dotted=len(places) - len(marked),
    )


def page(shaper: Shaper) -> Page:
    """The page of the map."""
    return Page(path=PATH, template="map.md.j2", make=partial(map_view, shaper))


@contextmanager
def drawing(
    shaper: Shaper, memory: Memory, render: Callable[[Page], str], *, aside: bool
) -> Iterator[Mapping[str, Callable[[], Drawn]]]:
    """The page of the map, while other work goes on: of all pages it takes longest. Gives what
    waits for it, by its path, or nothing where papers stand as in the last build, or few do.

    render: makes the Markdown of a page; aside: whether a process of its own may do it. Such a page
    is one that is made again, for it shows all places.
    """
    if len(shaper.library.papers) <= FEW:
        yield {}
        return
    stamp = shaper.whole_of(_KINDS)
    is_new = stamp != memory.stamp_of(_PLACED, "")
    memory.remember(_PLACED, {"": (stamp, b"")})
    if not (aside and is_new):
        yield {}
        return
    lent = memory.lent((), {KEPT: _KEPT})

    def draw() -> Drawn:
        # Where there is no copy, it is this very process that goes on with its own.
        own, shaper.memory = shaper.memory, lent
        try:
            with shaper.tracing() as notes:
                text = render(page(shaper))
        finally:
            shaper.memory = own
        return Drawn(text=text, trace=shaper.trace(notes), made_of=shaper.made_of)

    with parallel.aside(draw) as drawn:
        yield {PATH: drawn}


def _basis(
    shaper: Shaper,
) -> tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]], Sequence[str]]:
    """All that the places of papers are made of, as `layout.lay_out` takes it. Reasons and scores
    count for nothing: each edit would move some, and with them the map."""
    return (
        {slug: tuple(tag for tag, _ in shaper.subjects(slug)) for slug in shaper.slugs},
        {slug: shaper.ties(slug) for slug in shaper.slugs},
        tuple(shaper.vocabulary.tags),
    )


def facet_keys(shaper: Shaper) -> tuple[views.FacetKey, ...]:
    """The legend: facets in the vocabulary's order, those alone that papers have."""
    counts = Counter(map(shaper.facet, shaper.slugs))
    names = [(facet.id, facet.name) for facet in shaper.facets] + [("", NO_TOPIC)]
    return tuple(
        views.FacetKey(id=key, name=name, mark=index % MARKS if key else MARKS, papers=counts[key])
        for index, (key, name) in enumerate(names)
        if counts[key]
    )


# ---------------------------------------------------------------- topics and how they meet


def _meetings(shaper: Shaper) -> views.MeetingsView:
    # A tag names its most telling neighbors only; a pair is here when either names the other.
    pairs = {
        frozenset((tag, item.tag)): item
        for tag in shaper.vocabulary.tags
        for item in shaper.neighbours(tag)
    }
    met = {tag for pair in pairs for tag in pair}
    tags = tuple(row for row in shaper.tag_rows.values() if row.id in met)
    place = {row.id: index for index, row in enumerate(tags)}
    found = sorted((sorted(place[tag] for tag in pair), item) for pair, item in pairs.items())
    lines = pictures.arcs(len(tags), [(one, other) for (one, other), _ in found])
    most = max((item.papers for _, item in found), default=1)
    meetings = [
        views.Meeting(
            one=tags[one],
            other=tags[other],
            papers=item.papers,
            lift=item.lift,
            arc=line,
            width=round(
                _LEAST_WIDTH + (_MOST_WIDTH - _LEAST_WIDTH) * math.sqrt(item.papers / most), 1
            ),
            url=f"browse/?tag={tags[one].id}&tag={tags[other].id}",
        )
        for ((one, other), item), line in zip(found, lines, strict=True)
    ]
    # As `analysis.neighbours` orders them; sorting is stable.
    meetings.sort(key=lambda item: -round(item.papers * math.log(item.lift), 6))
    return views.MeetingsView(
        tags=tags,
        meetings=tuple(meetings),
        width=pictures.ARC_WIDTH,
        height=pictures.ARC_ROW * len(tags),
    )


# ---------------------------------------------------------------- papers by likeness


def _marked(shaper: Shaper) -> frozenset[str]:
    """The papers that can be opened on the map: all, or of very many the editors' picks, those
    that were listed most, and the newest."""
    ranked = sorted(
        shaper.newest,
        key=lambda slug: (not shaper.pick(slug), -max(shaper.trend(slug).listings, 1)),
    )
    return frozenset(ranked[:MOST_MARKS])


def _group(
    shaper: Shaper,
    key: views.FacetKey,
    facets: Mapping[str, str],
    places: Mapping[str, Place],
    marked: frozenset[str],
    step: int,
) -> views.MarkGroup:
    slugs = [slug for slug in places if facets[slug] == key.id]
    dots = [(places[slug].x, places[slug].y) for slug in slugs if slug not in marked]
    return views.MarkGroup(
        facet=key.id,
        mark=key.mark,
        marks=tuple(_mark(shaper, slug, places[slug]) for slug in slugs if slug in marked),
        dots=pictures.dots(dots, step),
    )


def _mark(shaper: Shaper, slug: str, place: Place) -> views.Mark:
    year, known = shaper.year(slug), shaper.vocabulary.tags
    names = [known[tag].name for tag, _ in shaper.subjects(slug)[:3]]
    return views.Mark(
        url=f"papers/{slug}/",
        title=markup.to_plain(shaper.title(slug)),
        note=" · ".join([str(year)] * bool(year) + names),
        x=place.x,
        y=place.y,
    )


def _region(shaper: Shaper, region: Region, limit: int | None) -> views.RegionView:
    return views.RegionView(
        tag=shaper.tag_rows[region.tag],
        papers=len(region.papers),
        first=tuple(
            views.PaperLink(title=markup.to_inline(shaper.title(slug)), url=f"papers/{slug}/")
            for slug in region.papers[:limit]
        ),
    )


def _names(
    shaper: Shaper,
    found: Sequence[Region],
    points: Sequence[tuple[float, float]],
    screen: pictures.Screen,
) -> tuple[views.Name, ...]:
    tags = [shaper.tag_rows[region.tag] for region in found]
    labels = [
        (tag.name, region.place.x, region.place.y) for tag, region in zip(tags, found, strict=True)
    ]
    return tuple(
        views.Name(facet=tag.facet, text=tag.name, x=at[0], y=at[1])
        for tag, at in zip(tags, pictures.place_labels(labels, points, screen), strict=True)
        if at
    )
