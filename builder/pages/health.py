"""What the data lacks, counted in the open, with the files in which it can be filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from builder import markup
from builder.pages import views
from builder.pages.facts import Outline
from builder.pages.shape import Shaper

# Longer lists are cut: who fills in fifty has the next fifty tomorrow.
MOST_LISTED = 50


def health_view(shaper: Shaper) -> views.HealthView:
    """The gaps of a library that has papers."""
    papers = {slug: shaper.outline(slug) for slug in shaper.newest}
    complete = sum(
        all(lacks(slug, paper) is None for lacks in _ASKED) for slug, paper in papers.items()
    )
    groups = [
        _group("papers", "Papers", _paper_gaps(shaper, papers)),
        _group("editions", "Editions", _edition_gaps(shaper)),
        _group("vocabulary", "Topics", _vocabulary_gaps(shaper)),
    ]
    return views.HealthView(
        groups=tuple(group for group in groups if group.gaps),
        papers=len(papers),
        complete=complete,
        complete_share=round(complete / len(papers), 3),
        contribute=shaper.by_hand("contribute.md"),
    )


def _group(key: str, name: str, gaps: Iterable[views.Gap]) -> views.GapGroup:
    found = tuple(gaps)
    complete = tuple(gap.name for gap in found if not gap.missing)
    return views.GapGroup(id=key, name=name, gaps=found, complete=complete)


# Each says of a paper, by slug and outline, what is known instead of what it lacks ("" where
# nothing is), or None where it lacks nothing.
Lacks = Callable[[str, Outline], str | None]


def _lacks_date(slug: str, paper: Outline) -> str | None:
    if paper.date:
        return None
    return f"year known: {paper.year}" if paper.year else ""


def _lacks_authors(slug: str, paper: Outline) -> str | None:
    total = paper.author_count or 0
    if not paper.named:
        return f"{total} authors, none named" if total > 1 else ""
    if total > paper.named:
        return f"{paper.named} of {total} named"
    return None


def _lacks_identifier(slug: str, paper: Outline) -> str | None:
    return None if paper.arxiv or paper.doi else ""


def _lacks_arxiv(slug: str, paper: Outline) -> str | None:
    if paper.arxiv:
        return None
    return f"DOI {paper.doi}" if paper.doi else ""


def _lacks_venue(slug: str, paper: Outline) -> str | None:
    return None if paper.venue else ""


def _lacks_summary(slug: str, paper: Outline) -> str | None:
    return None if paper.summary else ""


def _lacks_tags(slug: str, paper: Outline) -> str | None:
    return None if paper.tags else ""


# What every paper can have. Not every paper was at arXiv, and a preprint has no venue.
_ASKED: tuple[Lacks, ...] = (
    _lacks_date,
    _lacks_authors,
    _lacks_identifier,
    _lacks_tags,
    _lacks_summary,
)


def _paper_gaps(shaper: Shaper, papers: Mapping[str, Outline]) -> Iterator[views.Gap]:
    def gap(key: str, name: str, advice: str, line: str, lacks: Lacks) -> views.Gap:
        noted = ((slug, lacks(slug, paper)) for slug, paper in papers.items())
        found = [(slug, note) for slug, note in noted if note is not None]
        items = []
        # A title is made for those that are shown: of ten thousand papers, half may lack something.
        for slug, note in found[:MOST_LISTED]:
            title, path = markup.to_plain(shaper.title(slug)), f"papers/{slug}.md"
            items.append(views.GapItem(title=title, url=f"papers/{slug}/", path=path, note=note))
        return _gap(key, name, advice, line, items, len(papers), missing=len(found))

    def suggested_only(slug: str, paper: Outline) -> str | None:
        tags = shaper.subjects(slug)
        known = shaper.vocabulary.tags
        return None if paper.tags or not tags else ", ".join(known[tag].name for tag, _ in tags)

    def untagged(slug: str, paper: Outline) -> str | None:
        return None if shaper.subjects(slug) else ""

    def unlisted(slug: str, paper: Outline) -> str | None:
        return None if shaper.appearances(slug) else ""

    yield gap(
        "date",
        "Day of first publication",
        "arXiv shows the day of the first version under “Submission history”.",
        "date: 2025-03-06",
        _lacks_date,
    )
    yield gap(
        "authors",
        "Authors, all named",
        "In the order in which the paper prints them.",
        "authors: [First Name, Second Name]",
        _lacks_authors,
    )
    yield gap(
        "arxiv",
        "arXiv id",
        "With it the page links the PDF. The quotes keep a zero at its end. A paper that was never "
        "at arXiv needs none.",
        'arxiv: "2503.01230"',
        _lacks_arxiv,
    )
    yield gap(
        "venue",
        "Venue",
        "Where it was published after review. A preprint has none, and needs none.",
        "venue: ICLR 2025",
        _lacks_venue,
    )
    yield gap(
        "summary",
        "Summary in the list’s own words",
        "One or two sentences: what the paper does, and why to read it.",
        "summary: Updates half of the weights in turn, and says when that is enough.",
        _lacks_summary,
    )
    yield gap(
        "untagged",
        "A topic",
        "The automatic tagger found none. Two or three from the vocabulary are enough.",
        "tags: [fine-tuning, peft]",
        untagged,
    )
    yield gap(
        "suggested",
        "Topics confirmed by a person",
        "The suggestions stand below. Those that are right, written into the file, become the "
        "paper’s topics, and teach the tagger.",
        "tags: [fine-tuning, peft]",
        suggested_only,
    )
    yield gap(
        "unlisted",
        "An edition that listed it",
        "Papers that somebody added by hand have none, and need none.",
        "",
        unlisted,
    )


def _edition_gaps(shaper: Shaper) -> Iterator[views.Gap]:
    editions = {key: shaper.edition(key) for key in shaper.edition_ids}
    if not editions:
        return

    def items(chosen: Iterable[str]) -> list[views.GapItem]:
        return [
            views.GapItem(
                title=shaper.edition_names[key],
                url=f"editions/{key}/",
                path=f"editions/{key}.yml",
            )
            for key in chosen
        ]

    yield _gap(
        "undated",
        "Date of the listing",
        "Who has seen the listing may know its day.",
        "date: 2025-03-06",
        items(key for key, item in editions.items() if item.date is None),
        len(editions),
    )
    # A listing without a date has no year that could be inferred.
    dated = sum(1 for item in editions.values() if item.date is not None)
    if dated:
        yield _gap(
            "inferred",
            "A year that the listing printed",
            "The year of these was inferred. Who can confirm it removes one line from the file.",
            "date_inferred: true",
            items(key for key, item in editions.items() if item.date_inferred),
            dated,
        )


def _vocabulary_gaps(shaper: Shaper) -> Iterator[views.Gap]:
    rows = shaper.tag_rows.values()
    if not rows:
        return
    yield _gap(
        "unused",
        "A paper for each topic",
        "A topic without a paper waits for one, or is not needed.",
        "",
        [
            views.GapItem(title=row.name, url=row.url, path="tags.yml")
            for row in rows
            if not row.papers
        ],
        len(rows),
    )


def _gap(
    key: str,
    name: str,
    advice: str,
    line: str,
    items: list[views.GapItem],
    total: int,
    *,
    missing: int | None = None,
) -> views.Gap:
    """missing: how many there are where `items` holds only those that are shown."""
    missing = len(items) if missing is None else missing
    return views.Gap(
        id=key,
        name=name,
        advice=advice,
        line=line,
        missing=missing,
        total=total,
        share=round(1 - missing / total, 3),
        items=tuple(items[:MOST_LISTED]),
        more=max(missing - MOST_LISTED, 0),
    )
