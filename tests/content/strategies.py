"""Anything that a valid content file may hold, for properties."""

import datetime

from hypothesis import strategies as st

from builder.content.collection import Collection, Step
from builder.content.edition import Edition, Listing
from builder.content.paper import LINK_KINDS, Link, Paper

# One line of text without space around it, as the readers give it.
_SIGNS = st.characters(exclude_categories=["Cs"])
LINES = (
    st.text(_SIGNS, min_size=1, max_size=30).map(lambda text: " ".join(text.split())).filter(bool)
)
SLUGS = st.from_regex(r"[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,2}", fullmatch=True)
TITLES = LINES.filter(lambda text: any(char.isalnum() for char in text))
DATES = st.dates(min_value=datetime.date(1000, 1, 1))
URLS = st.from_regex(
    r"https://[a-z]{1,9}\.org/[a-zA-Z0-9_.~%&=?#/:@!$()*+,;-]{0,20}", fullmatch=True
)
LINKS = st.builds(Link, kind=st.sampled_from(LINK_KINDS), url=URLS)
# "\r\n" is a line's end for the reader, a lone "\r" too for whoever else opens the file.
BODIES = (
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r"), min_size=1)
    .map(str.strip)
    .filter(lambda text: text and "## Notes" not in text)
)


def lists(items: st.SearchStrategy) -> st.SearchStrategy:
    """Tuples in which nothing stands twice."""
    return st.lists(items, unique=True, max_size=5).map(tuple)


PAPERS = st.builds(
    Paper,
    slug=st.just("a-paper"),
    title=TITLES,
    abstract=BODIES,
    authors=lists(LINES),
    author_count=st.none() | st.integers(min_value=5, max_value=999_999_999),
    organization=st.none() | LINES,
    date=st.none() | DATES,
    arxiv=st.none() | st.sampled_from(["2503.01234", "math/0309285", "2310.01230"]),
    doi=st.none() | st.sampled_from(["10.1000/182", "10.1002/(sici)1097:1#2", "10.1000/é_%"]),
    venue=st.none() | LINES,
    links=lists(LINKS),
    summary=st.none() | LINES,
    tags=st.none() | lists(SLUGS),
    related=lists(SLUGS.map(lambda slug: f"x-{slug}")),
    pick=st.booleans(),
    notes=st.none() | BODIES,
)
EDITIONS = st.builds(
    lambda date, inferred, **rest: Edition(
        date=date, date_inferred=bool(date and inferred), **rest
    ),
    id=st.just("an-edition"),
    title=LINES,
    papers=st.lists(
        st.builds(Listing, paper=SLUGS, comments=st.none() | st.integers(0, 999_999_999)),
        unique_by=lambda listing: listing.paper,
        max_size=5,
    ).map(tuple),
    source=st.none() | SLUGS,
    date=st.none() | DATES,
    inferred=st.booleans(),
)
COLLECTIONS = st.builds(
    Collection,
    id=st.just("a-path"),
    title=LINES,
    summary=st.none() | LINES,
    intro=BODIES,
    papers=st.lists(
        st.builds(Step, paper=SLUGS, note=LINES),
        unique_by=lambda step: step.paper,
        min_size=1,
        max_size=5,
    ).map(tuple),
)
