"""Papers as plain Markdown: for language models, for notes, for a README."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from builder.analysis import Analysis
from builder.content.paper import Paper
from builder.exports.site import Site
from builder.library import Library
from builder.markup import MATH
from builder.outlinks import Outlink, outlinks
from builder.wording import byline, edition_names

_SIGNS = re.compile(r"[\\`*_\[\]<>]")


def escape(text: str) -> str:
    """A line of plain text as Markdown; mathematics between dollar signs stays as it is."""
    if "$" not in text:
        return _SIGNS.sub(r"\\\g<0>", text)
    parts: list[str] = []
    at = 0
    for match in MATH.finditer(text):
        parts += [_SIGNS.sub(r"\\\g<0>", text[at : match.start()]), match[0]]
        at = match.end()
    return "".join([*parts, _SIGNS.sub(r"\\\g<0>", text[at:])])


def paper_text(
    library: Library,
    analysis: Analysis,
    paper: Paper,
    site: Site,
    names: Mapping[str, str] | None = None,
) -> str:
    """All that the list says of a paper.

    names: `edition_names` of all editions, where a caller has them at hand.
    """
    if names is None:
        names = edition_names(library.editions.values())
    parts = [
        f"# {escape(paper.title)}",
        "\n".join(
            f"- {name}: {value}" for name, value in _facts(library, analysis, paper, site, names)
        ),
    ]
    if paper.summary:
        parts.append(f"> {escape(paper.summary)}")
    parts += ["## Abstract", paper.abstract]
    if paper.notes:
        parts += ["## Notes", paper.notes]
    if analysis.related[paper.slug]:
        parts += ["## Read next", "\n".join(_related(library, analysis, paper, site))]
    return "\n\n".join(parts) + "\n"


def _facts(
    library: Library, analysis: Analysis, paper: Paper, site: Site, names: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if paper.authors:
        more = (paper.author_count or 0) - len(paper.authors)
        yield "Authors", escape(", ".join(paper.authors)) + (f" and {more} more" * (more > 0))
    elif paper.author_count:
        yield "Authors", byline(paper)
    if paper.organization:
        yield "Organization", escape(paper.organization)
    if paper.date or paper.year:
        yield "Published", str(paper.date or paper.year)
    if paper.venue:
        yield "Venue", escape(paper.venue)
    if paper.arxiv:
        yield "arXiv", paper.arxiv
    if paper.doi:
        yield "DOI", paper.doi
    for link in outlinks(paper):
        if link.kind != "search":
            yield link.label, f"<{link.url}>"
    tags = library.vocabulary.tags
    topics = [
        tags[use.id].name + (" (suggested)" if use.by == "auto" else "")
        for use in analysis.tags[paper.slug]
    ]
    if topics:
        yield "Topics", ", ".join(topics)
    listings = [names[item.edition.id] for item in library.appearances.get(paper.slug, ())]
    if listings:
        yield "Listed in", "; ".join(map(escape, listings))
    yield "Page", f"<{site.address(f'papers/{paper.slug}/')}>"


def _related(library: Library, analysis: Analysis, paper: Paper, site: Site) -> Iterator[str]:
    for link in analysis.related[paper.slug]:
        title = escape(library.papers[link.slug].title)
        address = site.address(f"papers/{link.slug}/index.md")
        yield f"- [{title}]({address}): {escape(link.reason)}"


def list_text(library: Library, slugs: Iterable[str]) -> str:
    """A list of papers, each with its links out and its summary."""
    return "\n".join(_item(library.papers[slug]) for slug in slugs) + "\n"


def _item(paper: Paper) -> str:
    links = [link for link in outlinks(paper) if link.kind != "search"]
    # An arXiv page says more than its PDF; of a paper without one the first link is the best.
    best = next((link for link in links if link.kind == "arxiv"), links[0] if links else None)
    title = escape(paper.title)
    facts = [escape(byline(paper)), escape(paper.venue or str(paper.year or ""))]
    rest = ", ".join(_link(link) for link in links if link is not best)
    line = ". ".join(part for part in (f"**{_linked(title, best)}**", *facts, rest) if part) + "."
    return f"- {line}\n  {escape(paper.summary)}" if paper.summary else f"- {line}"


def _linked(text: str, link: Outlink | None) -> str:
    return f"[{text}](<{link.url}>)" if link else text


def _link(link: Outlink) -> str:
    return _linked(escape(link.label), link)
