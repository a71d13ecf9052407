"""What a template may see: one documented, immutable view for each kind of page.

Every `url` is relative to the site's root, without a leading slash, such as "papers/half-a-loaf/";
a template writes href="{{ base }}{{ item.url }}", where `base` leads from the page to the root.
Text is plain and escaped by the template; what is HTML already is of the type Markup. Lists are
in display order: a template neither sorts nor looks up.
"""

from builder.pages.views.lists import (
    AuthorRow,
    AuthorsView,
    AuthorView,
    CollectionRow,
    CollectionsView,
    CollectionView,
    EditionEntry,
    EditionRow,
    EditionsView,
    EditionView,
    LetterView,
    NeighbourRow,
    StepView,
    TagsView,
    TagView,
    YearRow,
    YearsView,
    YearView,
)
from builder.pages.views.paper import (
    Button,
    CiteView,
    CollectionLink,
    ListedIn,
    MetaTag,
    PaperView,
    RelatedCard,
)
from builder.pages.views.shared import Bar, Card, Chip, Count, FacetView, Person, SiteView, TagRow
from builder.pages.views.ways import (
    BrowseView,
    FeedRow,
    HomeView,
    Newsletter,
    SubscribeView,
    Totals,
)

__all__ = [
    "AuthorRow",
    "AuthorView",
    "AuthorsView",
    "Bar",
    "BrowseView",
    "Button",
    "Card",
    "Chip",
    "CiteView",
    "CollectionLink",
    "CollectionRow",
    "CollectionView",
    "CollectionsView",
    "Count",
    "EditionEntry",
    "EditionRow",
    "EditionView",
    "EditionsView",
    "FacetView",
    "FeedRow",
    "HomeView",
    "LetterView",
    "ListedIn",
    "MetaTag",
    "NeighbourRow",
    "Newsletter",
    "PaperView",
    "Person",
    "RelatedCard",
    "SiteView",
    "StepView",
    "SubscribeView",
    "TagRow",
    "TagView",
    "TagsView",
    "Totals",
    "YearRow",
    "YearView",
    "YearsView",
]
