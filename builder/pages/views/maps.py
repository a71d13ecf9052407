"""What the templates of the map and the health page may see; as in `builder.pages.views`.

Places and sizes are in percent of a picture, as `builder.pages.pictures` gives them. `mark` is the
number of the shape that stands for a facet, so that nothing is told by color alone.
"""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from builder.pages.pictures import Rect, Tick
from builder.pages.views.shared import TagRow


@dataclass(frozen=True, kw_only=True)
class FacetKey:
    """A line of a legend. id: of the facet, "" for papers without a topic; papers: those whose
    first tag is of it."""

    id: str
    name: str
    mark: int
    papers: int


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A part of a bar: the papers of one facet. rect: none of height 0 is there."""

    facet: str
    name: str
    papers: int
    rect: Rect


@dataclass(frozen=True, kw_only=True)
class Column:
    """A bar: a year, a month, or all years before the others.

    name: in full, such as "March 2025"; label: below the bar, "" where there is no room for each;
    url: of the year's page; x: the bar's middle; y: its upper edge; counts: papers by facet, in the
    order of the legend; segments: from below.
    """

    name: str
    label: str
    url: str
    papers: int
    x: float
    y: float
    counts: tuple[int, ...]
    segments: tuple[Segment, ...]


@dataclass(frozen=True, kw_only=True)
class TimelineView:
    """Papers over time. unit: "year" or "month"; undated: papers of which it is not known."""

    unit: str
    columns: tuple[Column, ...]
    ticks: tuple[Tick, ...]
    undated: int


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """Two tags that meet on `papers` papers, `lift` times as often as by chance.

    arc: the halves of the line between them, one in each tag's color; width: of the line, in
    pixels; url: of the papers with both.
    """

    one: TagRow
    other: TagRow
    papers: int
    lift: float
    arc: tuple[str, str]
    width: float
    url: str


@dataclass(frozen=True, kw_only=True)
class MeetingsView:
    """Tags and how they meet. tags: those that meet another, in the vocabulary's order, a row of
    the diagram each; meetings: the most telling first; width, height: of the diagram's paths."""

    tags: tuple[TagRow, ...]
    meetings: tuple[Meeting, ...]
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A paper on the map that can be opened. title, note: text, such as "2025 · Pruning"."""

    url: str
    title: str
    note: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class MarkGroup:
    """The papers of a facet on the map. dots: a path of those that cannot be opened, or ""."""

    facet: str
    mark: int
    marks: tuple[Mark, ...]
    dots: str


@dataclass(frozen=True, kw_only=True)
class PaperLink:
    """A paper in a list of names alone. title: inline HTML."""

    title: Markup
    url: str


@dataclass(frozen=True, kw_only=True)
class RegionView:
    """A part of the map, named by a tag. papers: how many stand around it; first: the nearest."""

    tag: TagRow
    papers: int
    first: tuple[PaperLink, ...]


@dataclass(frozen=True, kw_only=True)
class Name:
    """The name of a region, as it stands on the map; x, y: its middle."""

    facet: str
    text: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True)
class MapView:
    """The page of pictures. names: on a wide screen, and on a narrow one, which has room for
    fewer; marked: papers that can be opened on the map; dotted: the others; papers: of them all."""

    papers: int
    facets: tuple[FacetKey, ...]
    timeline: TimelineView
    meetings: MeetingsView
    groups: tuple[MarkGroup, ...]
    regions: tuple[RegionView, ...]
    names_wide: tuple[Name, ...]
    names_narrow: tuple[Name, ...]
    marked: int
    dotted: int


@dataclass(frozen=True, kw_only=True)
class GapItem:
    """A file with a gap. title: text; url: of its page; path: below content/; note: or ""."""

    title: str
    url: str
    path: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that the data may lack.

    id: a name for links; name: what may be missing; advice: how it can be filled in; line: an
    example of the line in the file, or ""; missing, total: in numbers; share: of what is there,
    0 to 1; items: the first of those that lack it; more: how many are not listed.
    """

    id: str
    name: str
    advice: str
    line: str
    missing: int
    total: int
    share: float
    items: tuple[GapItem, ...]
    more: int


@dataclass(frozen=True, kw_only=True)
class GapGroup:
    """Gaps of the same kind of file. id: "papers", "editions" or "vocabulary"; complete: the names
    of those that are closed."""

    id: str
    name: str
    gaps: tuple[Gap, ...]
    complete: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class HealthView:
    """What is missing. complete: papers that lack nothing of what is asked of each paper;
    contribute: whether there is a page that says how to help."""

    groups: tuple[GapGroup, ...]
    papers: int
    complete: int
    complete_share: float
    contribute: bool
