"""Small files beside Pagefind's bundle: what the search and the browse page know of the papers.

What they say of papers is taken from what Pagefind has indexed, so the two never disagree.
Everything lies below search/VERSION/, where VERSION changes with the content, and search/index.json
names it:

- index.json: {"version", "papers", "forward", "backward", "authors"}: the number of papers, and the
  first entry of each file of words (builder.site.spelling) and of authors (builder.site.authors)
- VERSION/topics.json: one object a tag, for the search's synonyms
- VERSION/papers.json: one column a fact of all papers, newest first, for facets and sorting
- VERSION/ids.json, VERSION/titles.json: two columns more, of which only a search and an order by
  title have need: nothing in them can be packed, and they would be two thirds of the whole
- VERSION/cards-N.json: what a card shows, for PAPERS_A_FILE papers each, in the same order
- VERSION/words/...: the words (builder.site.spelling)
- VERSION/authors/...: the authors (builder.site.authors)
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from builder.site import authors, spelling
from builder.site.bundle import Fragment, Page

if TYPE_CHECKING:
    from builder.pages.views import AuthorRow

PAPERS_A_FILE = 20


@dataclass(frozen=True, kw_only=True)
class Indexed:
    """What of an index the search data is made of.

    pages: all of them, ordered by URL; words: how many of them hold each word.
    """

    pages: Sequence[Page]
    words: Counter[str]

    @classmethod
    def of(cls, fragments: Sequence[Fragment]) -> Indexed:
        """All pages of an index, ordered by URL."""
        return cls(pages=[_page(each) for each in fragments], words=_count(fragments))

    def amended(self, before: Sequence[Fragment], now: Sequence[Fragment]) -> Indexed:
        """The same index with some pages exchanged for others of the same URLs."""
        words = self.words.copy()
        words.subtract(_count(before))
        words.update(_count(now))
        new = {page.url: page for page in now}
        return Indexed(
            pages=[_page(new[page.url]) if page.url in new else page for page in self.pages],
            words=+words,
        )


def _page(page: Fragment) -> Page:
    return Page(id=page.id, url=page.url, meta=page.meta, filters=page.filters)


def _count(fragments: Iterable[Fragment]) -> Counter[str]:
    return spelling.count([" ".join([page.content, *page.meta.values()]) for page in fragments])


def files(indexed: Indexed, people: Sequence[AuthorRow] = ()) -> dict[str, str]:
    """All files of the search data: path below search/ -> JSON. people: the authors who are found
    by name."""
    kinds: dict[str, list[Page]] = {}
    for page in indexed.pages:
        kinds.setdefault(page.filter("kind"), []).append(page)
    papers = sorted(
        kinds.get("paper", []),
        key=lambda paper: (paper.meta.get("date", ""), _title_key(paper)),
    )
    # Newest first, and what is of one day in the order of the titles.
    papers.sort(key=lambda paper: paper.meta.get("date", ""), reverse=True)
    found = {
        "topics.json": _json(list(map(_topic, kinds.get("tag", [])))),
        "papers.json": _json(_columns(papers, kinds.get("edition", []))),
        "ids.json": _json([paper.id for paper in papers]),
        "titles.json": _json(_title_places(papers)),
    }
    for number, start in enumerate(range(0, len(papers), PAPERS_A_FILE)):
        found[f"cards-{number}.json"] = _json(
            list(map(_card, papers[start : start + PAPERS_A_FILE]))
        )
    word_files, word_firsts = spelling.divided(indexed.words)
    author_files, author_firsts = authors.divided(people)
    found |= word_files | author_files
    version = _digest(found)
    index = {
        "version": version,
        "papers": len(papers),
        "authors": author_firsts,
        **word_firsts,
    }
    return {
        "index.json": _json(index),
        **{f"{version}/{path}": text for path, text in sorted(found.items())},
    }


def _topic(tag: Page) -> dict[str, Any]:
    return {
        "id": tag.url.rstrip("/").rpartition("/")[2],
        "name": tag.meta["title"],
        "url": tag.url.lstrip("/"),
        "facet": tag.meta.get("facet", ""),
        "papers": int(tag.meta.get("papers") or 0),
        "aliases": [alias for alias in tag.meta.get("aliases", "").split("; ") if alias],
    }


def _columns(papers: Sequence[Page], editions: Iterable[Page]) -> dict[str, Any]:
    """Columns of the papers: a value, or a list of values, as places in a list of names.

    labels: of editions, by id. cards: how many papers a file of cards holds.
    """
    columns: dict[str, Any] = {
        "listed": [int(paper.meta.get("listed") or 0) for paper in papers],
        "names": {},
        "cards": PAPERS_A_FILE,
        "labels": {
            edition.url.rstrip("/").rpartition("/")[2]: edition.meta["title"]
            for edition in editions
        },
    }
    for name in ("tag", "year", "edition", "venue", "has"):
        values = sorted({value for paper in papers for value in paper.filters.get(name, ())})
        place = {value: at for at, value in enumerate(values)}
        columns["names"][name] = values
        columns[name] = [
            [place[value] for value in paper.filters.get(name, ())] for paper in papers
        ]
    return columns


def _title_places(papers: Sequence[Page]) -> list[int]:
    """Each paper's place in the order of titles."""
    by_title = sorted(range(len(papers)), key=lambda at: _title_key(papers[at]))
    places = {at: place for place, at in enumerate(by_title)}
    return [places[at] for at in range(len(papers))]


def _card(paper: Page) -> dict[str, Any]:
    """What a list shows of a paper beside what stands in the columns."""
    meta = {name: paper.meta.get(name, "") for name in ("title", "byline", "date", "teaser")}
    return {"url": paper.url.lstrip("/"), **meta}


def _title_key(paper: Page) -> tuple[str, str]:
    # "ℓ₀ is enough" stands where "l0 is enough" would.
    title = unicodedata.normalize("NFKD", paper.meta.get("title", ""))
    return spelling.fold(title), paper.url


def _digest(files: dict[str, str]) -> str:
    whole = hashlib.sha256()
    for path, text in sorted(files.items()):
        whole.update(f"{path}\0{text}\0".encode())
    return whole.hexdigest()[:10]


_json: Callable[[Any], str] = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True
).encode
