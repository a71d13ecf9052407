"""Where abstracts name what another paper of the library introduced."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from scipy import sparse

from builder.analysis.documents import Document
from builder.analysis.model import Mention
from builder.analysis.names import VERB, Name, unambiguous
from builder.content.paper import Paper

_WORD_START = re.compile(r"(?<![\w\-/.])[A-Za-z0-9]+")
# What follows a name and makes another of it ("S4D", "PFGM++", "DART-Math", "Deep Voice 2"), and
# what does not: a size ("-7B", "-1.5B-Instruct"), a word in small letters ("-based").
_GOES_ON = re.compile(r"[\w+]|[-/.](?=[A-Z0-9])|\s\d")
_SIZE = re.compile(r"-\d+(?:\.\d+)?[BM](?![A-Za-z0-9])")
# "We propose X", "a network called X", "our X": this paper's own X, whatever it is.
_OWN = re.compile(
    rf"\b(?:called|named|dubbed|termed|coined|namely|our|{VERB}s?)(?: an?| the)? $", re.IGNORECASE
)
# A word with a capital right before a name makes another of it ("Faster R-CNN"), unless it is one
# of those that only start a sentence.
_MODIFIER = re.compile(r"(?<![\w(])(?P<word>[A-Z][\w/+\-]*) $")
_STARTER = re.compile(
    r"After|Although|An?|And|As|Based|Because|Both|But|By|Compared|First|For|From|Given|Here"
    r"|However|If|In|Like|Moreover|On|Or|Our|Recent(?:ly)?|Since|So|Such|The|Then|This|To|Under"
    r"|Unlike|Via|We|When|Where|With|[\w-]+ing|While"
)
_APPOSITION = re.compile(r",\s(?:an?|our|the)\s")
# The cosine that two texts must have where a name alone is no proof: capitals, or a name that is
# explained anew. Among the 10,000 abstracts true such mentions had 0.26 and more, false ones less.
KINDRED = 0.25
# Dates are of first versions, and abstracts are revised: a paper may name one this much younger.
_LENIENCE = datetime.timedelta(days=90)
# A name that no title gives, and that more papers use, is common property.
_COMMON_USE = 5


def find_mentions(
    papers: Sequence[Paper], documents: Sequence[Document], weighted: sparse.csr_array
) -> dict[str, tuple[Mention, ...]]:
    """For each slug the other papers that its abstract names, each at its first place, in order.

    papers, documents: all of the library; weighted: TF-IDF weights of their words, in the same
    order.
    """
    by_first: dict[str, list[Name]] = {}
    for name in unambiguous(documents):
        by_first.setdefault(re.split(r"[^A-Za-z0-9]", name.text)[0], []).append(name)
    found: list[tuple[int, Name, int]] = []
    for row, document in enumerate(documents):
        places = list(_places(document.abstract, by_first))
        # Two papers may have given the same name; what is called so here is this paper's own.
        own = {name for name, start in places if _OWN.search(document.abstract, 0, start)}
        seen: set[int] = set()
        for name, start in places:
            owner = name.owner
            if owner == row or owner in seen or name in own:
                continue
            if _modified(document.abstract, start) or _too_young(papers[owner], papers[row]):
                continue
            if _proves(name, document.abstract, start) or _kindred(weighted, row, owner):
                seen.add(owner)
                found.append((row, name, start))
    use = Counter(name for _, name, _ in found)
    mentions: dict[str, list[Mention]] = {paper.slug: [] for paper in papers}
    for row, name, start in found:
        if name.titled or use[name] <= _COMMON_USE:
            mentions[papers[row].slug].append(
                Mention(
                    slug=papers[name.owner].slug,
                    name=name.text,
                    start=start,
                    end=start + len(name.text),
                )
            )
    return {slug: tuple(items) for slug, items in mentions.items()}


def _places(abstract: str, by_first: Mapping[str, Sequence[Name]]) -> Iterator[tuple[Name, int]]:
    """The names that stand in an abstract as words of their own, the longest at each place."""
    for match in _WORD_START.finditer(abstract):
        for name in by_first.get(match[0], ()):
            start, end = match.start(), match.start() + len(name.text)
            if abstract.startswith(name.text, start):
                if not _GOES_ON.match(abstract, end) or _SIZE.match(abstract, end):
                    yield name, start
                break


def _modified(abstract: str, start: int) -> bool:
    match = _MODIFIER.search(abstract, max(0, start - 40), start)
    return match is not None and not _STARTER.fullmatch(match["word"])


def _too_young(owner: Paper, paper: Paper) -> bool:
    """Whether the paper that introduced a name is younger than one that seems to use it."""
    if owner.date and paper.date:
        return owner.date - paper.date > _LENIENCE
    return bool(owner.year and paper.year and owner.year > paper.year)


def _proves(name: Name, abstract: str, start: int) -> bool:
    """Whether a name alone tells which paper is meant."""
    explained = _APPOSITION.match(abstract, start + len(name.text))
    return name.shape != "capitals" and not explained


def _kindred(weighted: sparse.csr_array, one: int, other: int) -> bool:
    return float((weighted[[one]] @ weighted[[other]].T).sum()) >= KINDRED
