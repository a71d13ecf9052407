import datetime

import pytest

from builder.citation import references
from builder.content.paper import Link, Paper

FACTS = {
    "slug": "half-a-loaf",
    "title": "Half a Loaf: Sparse Updates",
    "abstract": "We update *half* of the weights in $O(n)$.",
    "authors": ("Ada Example", "Jan van der Sample"),
    "date": datetime.date(2024, 11, 6),
    "arxiv": "2411.99901",
}


@pytest.fixture
def cite():
    """cite(title=..., ...): the reference of a paper with these facts, others as in FACTS."""

    def made(**facts):
        paper = Paper(**{**FACTS, **facts})
        return references({paper.slug: paper})[paper.slug]

    return made


@pytest.fixture
def pdf():
    return Link(kind="pdf", url="https://papers.example.org/half.pdf")
