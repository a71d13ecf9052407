"""What a template may see: one documented, immutable view for each kind of page.

Every `url` is relative to the site's root, without a leading slash, such as "papers/half-a-loaf/";
a template writes href="{{ base }}{{ item.url }}", where `base` leads from the page to the root.
Text is plain and escaped by the template; what is HTML already is of the type Markup. Lists are
in display order: a template neither sorts nor looks up.

A view is loaded when it is first asked for: an edit makes pages of few kinds.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from builder.pages.views.lists import *  # noqa: F403
    from builder.pages.views.maps import *  # noqa: F403
    from builder.pages.views.paper import *  # noqa: F403
    from builder.pages.views.shared import *  # noqa: F403
    from builder.pages.views.ways import *  # noqa: F403

_PARTS = {
    "lists": (
        "AuthorLetterView",
        "AuthorRow",
        "AuthorsView",
        "AuthorView",
        "CollectionRow",
        "CollectionsView",
        "CollectionView",
        "EditionEntry",
        "EditionRow",
        "EditionsView",
        "EditionView",
        "LetterView",
        "MonthView",
        "NeighbourRow",
        "PartView",
        "StepView",
        "TagsView",
        "TagView",
        "YearBar",
        "YearRow",
        "YearsView",
        "YearView",
    ),
    "maps": (
        "Column",
        "FacetKey",
        "Gap",
        "GapGroup",
        "GapItem",
        "HealthView",
        "MapView",
        "Mark",
        "MarkGroup",
        "Meeting",
        "MeetingsView",
        "Name",
        "PaperLink",
        "RegionView",
        "Segment",
        "TimelineView",
    ),
    "paper": (
        "Button",
        "CiteView",
        "CollectionLink",
        "ListedIn",
        "PaperView",
        "Pointing",
        "RelatedCard",
    ),
    "shared": (
        "Bar",
        "Card",
        "Chip",
        "Count",
        "Face",
        "FacetView",
        "PageLink",
        "Pager",
        "Person",
        "SiteView",
        "TagBar",
        "TagRow",
        "Topic",
    ),
    "ways": (
        "BrowseView",
        "FeedRow",
        "HomeView",
        "Newsletter",
        "SubscribeView",
        "Totals",
    ),
}
_PART = {name: part for part, names in _PARTS.items() for name in names}
__all__ = [*_PART]


def __getattr__(name: str) -> Any:
    if name not in _PART:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_PART[name]}"), name)
    globals()[name] = found
    return found
