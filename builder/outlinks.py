"""The links out of a paper: where it can be read, and what belongs to it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import quote_plus, urlsplit

from builder import markup
from builder.content.paper import Paper

_LABELS = {
    "code": "Code",
    "project": "Project",
    "data": "Data",
    "model": "Model",
    "demo": "Demo",
    "video": "Video",
    "slides": "Slides",
    "blog": "Blog",
    "pdf": "PDF",
}


@dataclass(frozen=True, kw_only=True)
class Outlink:
    """A link out. kind: "pdf", "arxiv", "doi", "search", or a kind of content link."""

    kind: str
    label: str
    url: str


def outlinks(paper: Paper) -> tuple[Outlink, ...]:
    """The links out of a paper; where no id is known, a search for its title."""
    found: list[Outlink] = []
    if paper.arxiv:
        found.append(Outlink(kind="pdf", label="PDF", url=f"https://arxiv.org/pdf/{paper.arxiv}"))
        found.append(
            Outlink(kind="arxiv", label="arXiv", url=f"https://arxiv.org/abs/{paper.arxiv}")
        )
    if paper.doi:
        found.append(Outlink(kind="doi", label="DOI", url=f"https://doi.org/{paper.doi}"))
    kinds = Counter(link.kind for link in paper.links)
    for link in paper.links:
        label = _LABELS[link.kind]
        # Two buttons that read alike would be a guess: "Code: aiflows", "Code: cc-flows".
        if kinds[link.kind] > 1:
            parts = urlsplit(link.url)
            label += f": {PurePosixPath(parts.path).name or parts.hostname}"
        found.append(Outlink(kind=link.kind, label=label, url=link.url))
    if not (paper.arxiv or paper.doi):
        query = quote_plus(markup.to_plain(paper.title))
        found.append(
            Outlink(
                kind="search",
                label="Search the title",
                url=f"https://www.semanticscholar.org/search?q={query}",
            )
        )
    return tuple(found)
