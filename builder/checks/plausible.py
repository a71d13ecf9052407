"""Facts that cannot be right, or hardly: dates, links to code, abstracts that end too early."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from builder.content.identifiers import arxiv_month
from builder.content.paper import Paper
from builder.importers import urls
from builder.library import Library
from builder.problems import Problem

_ELLIPSIS = re.compile(r"(?:\.\.\.|…)[\"”')\]]*$")
# Sentences end so, and formulas, code, emphasis and addresses may stand at the end of one.
_ENDED = re.compile(r"(?:[.!?:)\]\"'”’*_`>$]|https?://\S+)$")


def check(library: Library) -> Iterator[Problem]:
    """What a paper's file alone tells: all of these but dates in the future, for which the day must
    be known."""
    for paper in library.papers.values():
        yield from _not_of_arxiv(paper)
        yield from _no_repository(paper)
        yield from _cut_off(paper)


def future_dates(library: Library, today: datetime.date) -> Iterator[Problem]:
    """An error for each date later than tomorrow: where it is tomorrow already, papers are out."""
    last = today + datetime.timedelta(days=1)
    found = [(item.source, item.date) for item in library.papers.values()]
    found += [(item.file, item.date) for item in library.editions.values()]
    for source, date in found:
        if date and date > last:
            hint = "correct it, or leave it out until it is known"
            yield source.problem("date", f"{date} is in the future", hint)


def _not_of_arxiv(paper: Paper) -> Iterator[Problem]:
    """An id is given when a submission is announced or its upload completed: of 256 papers ten have
    one of the month after their first version, and none another one but that of the same month."""
    if not (paper.date and paper.arxiv):
        return
    year, month = arxiv_month(paper.arxiv)
    later = (year - paper.date.year) * 12 + month - paper.date.month
    if later in (0, 1):
        return
    where = "long before" if later > 1 else "after"
    yield paper.source.problem(
        "date",
        f"{paper.date} is {where} {year}-{month:02}, the month of arXiv:{paper.arxiv}",
        "correct the one or the other"
        if later > 1
        else "write the day of first publication, or correct the id",
        severity="warning",
    )


def _no_repository(paper: Paper) -> Iterator[Problem]:
    for index, link in enumerate(paper.links):
        if link.kind != "code":
            continue
        kind = urls.kind(link.url)
        parts = [part for part in urlsplit(link.url).path.split("/") if part]
        # Code on a host of one's own cannot be told from a project's page.
        if kind == "code" and len(parts) < 2:
            message, hint = "this is no repository", "link to the repository itself"
        elif kind not in ("code", "project"):
            message, hint = f"this looks like {kind}, not code", f"write kind: {kind}"
        else:
            continue
        yield paper.source.problem(f"links[{index}].url", message, hint, severity="warning")


def _cut_off(paper: Paper) -> Iterator[Problem]:
    end = paper.abstract[-30:].split("\n")[-1]
    if _ELLIPSIS.search(end):
        message = f'cut off: it ends in "{end}"'
    elif not _ENDED.search(paper.abstract):
        message = f'no sentence\'s end: it ends in "{end}"'
    else:
        return
    line = paper.source.problem("abstract", "").line + paper.abstract.count("\n")
    yield Problem(
        path=paper.source.path,
        line=line,
        field="abstract",
        message=message,
        hint="paste the whole abstract",
        severity="warning",
    )
