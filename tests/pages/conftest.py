"""An analysis of the invented library, written by hand: what pages show of it is then certain."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from builder.analysis import (
    Analysis,
    Backlinks,
    Neighbour,
    Related,
    TagUse,
    Trend,
)
from builder.content.authors import Authors, Namesake
from builder.library import Library
from builder.pages import parts, people
from builder.pages.kinds import editions, home
from builder.pages.shape import Shaper

LOAF = "half-a-loaf-sparse-updates-for-large-models"
SIEVE = "sieve-7-learning-what-to-forget"
CRANE = "papercrane-folding-policies-from-one-demonstration"
ROBOTS = "do-robots-fold-paper"
LANTERN = "lanternbench-captions-for-night-driving"
QUARTER = "quarter-bits-quantizing-below-one-bit"
MARKUP = "what-b-not-b-to-escape-markup-quotes-in-prompts"
GARDENS = "a-survey-of-small-gardens-compact-models-on-devices"
STORMS = "storms-in-a-teacup-translation-with-ten-sentences"


def blank(library: Library) -> Analysis:
    """An analysis that found nothing, but for what the curators wrote."""
    papers = library.papers
    return Analysis(
        tags=MappingProxyType(
            {
                slug: tuple(TagUse(id=tag, by="curator") for tag in paper.tags or ())
                for slug, paper in papers.items()
            }
        ),
        related=MappingProxyType({slug: () for slug in papers}),
        mentions=MappingProxyType({slug: () for slug in papers}),
        backlinks=MappingProxyType({slug: Backlinks() for slug in papers}),
        trends=MappingProxyType({slug: Trend() for slug in papers}),
        neighbours=MappingProxyType({tag: () for tag in library.vocabulary.tags}),
    )


def two_bo_samples() -> Authors:
    """The one author of two papers of the invented library as two people of that name."""
    made = (
        Namesake(id="bo-sample-folds", name="Bo Sample", note="folds paper", papers=(CRANE,)),
        Namesake(id="bo-sample-prunes", name="Bo Sample", note="prunes trees", papers=(LOAF,)),
    )
    return Authors(namesakes=MappingProxyType({item.id: item for item in made}))


def divide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every list be a long one, of which a page shows little."""
    monkeypatch.setattr(parts, "PART", 1)
    monkeypatch.setattr(people, "MOST_AUTHORS", 1)
    monkeypatch.setattr(editions, "MOST_EDITIONS", 1)
    monkeypatch.setattr(editions, "EDITIONS_SHOWN", 1)
    monkeypatch.setattr(home, "HOME_EDITIONS", 2)


@pytest.fixture
def analysis(small: Library) -> Analysis:
    """Something of everything: a suggestion, links with reasons, backlinks, a trend, neighbors."""
    found = blank(small)
    why = "“translation” in the title"
    twice = Trend(listings=2, comments=3, words="listed twice, once in March 2025")
    return replace(
        found,
        tags=MappingProxyType(
            {**found.tags, STORMS: (TagUse(id="translation", by="auto", why=why),)}
        ),
        related=MappingProxyType(
            {
                **found.related,
                LOAF: (Related(slug=SIEVE, reason="an editor's link", score=1.0, by="curator"),),
            }
        ),
        backlinks=MappingProxyType(
            {
                **found.backlinks,
                SIEVE: Backlinks(
                    mentioned_by=(CRANE,), related_from=(LOAF,), collections=("less-is-more",)
                ),
            }
        ),
        trends=MappingProxyType({**found.trends, LOAF: twice}),
        neighbours=MappingProxyType(
            {**found.neighbours, "sparsity": (Neighbour(tag="theory", papers=2, lift=1.5),)}
        ),
    )


@pytest.fixture
def shaper(small: Library, analysis: Analysis) -> Shaper:
    """The maker of views over the invented library."""
    return Shaper(small, analysis)
