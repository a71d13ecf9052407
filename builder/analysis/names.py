"""Names that papers introduce for their methods, systems and data.

Where other abstracts use them is found by `builder.analysis.mentions`. A link from a name is worse
wrong than missing: precision comes before recall throughout, and each rule here and there answers
a false friend met among 10,000 abstracts of other conferences.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from builder.analysis.documents import Document
from builder.analysis.text import has_meaning, words

Shape = Literal["distinct", "capitals", "words"]

TOKEN = r"[A-Za-z0-9][\w.+\-]*[A-Za-z0-9+]"
VERB = r"(?:propose|introduce|present|develop|design|devise|release|build|create|construct)"
_TITLE_NAME = re.compile(
    r"(?P<name>[^:]{2,40}?)(?:(?: Technical)? Report)?(?::|\s+[-–—]+)\s+\S"
    r"|(?P<reported>[^:]{2,40}?) Technical Report$"
)
_ADJECTIVES = "new|novel|simple|efficient|general|unified"
_NOUNS = "method|model|framework|approach|algorithm|benchmark|dataset|system|called|named|dubbed"
_ADVERBS = r"(?:(?:also|then|further|thus|therefore|hence) )?"
# Where a name may be coined, and how it goes on from there: "we introduce SieveNet, which ...";
# "we propose Sieving Networks (SieveNet)", with nothing between verb and name but what the name is
# made from; "which we call SieveNet".
_CUE = re.compile(r"\b(?:(?P<we>[Ww]e)|dubbed(?: as)?|coined(?: as)?) ")
_PROPOSED = re.compile(
    rf"{_ADVERBS}{VERB} (?:(?:a|an|the|our) )?(?:(?:{_ADJECTIVES}|{_NOUNS}) )*(?P<name>{TOKEN})"
    r"(?=\s*(?:[,.:;(]| an? | the | which| that|$))"
)
_ABBREVIATED = re.compile(
    rf"{_ADVERBS}{VERB} (?:(?:a|an|the|our) )?(?:(?:{_ADJECTIVES}) )*"
    r"(?P<long>(?:(?!(?:for|in|with|using|to|that|which|on|by|via|from|based|and|called)\b)"
    rf"[\w\-]+ ){{1,8}})\((?P<name>{TOKEN})\)"
)
_CALLED = re.compile(
    rf"(?:call|name|term|dub) (?:(?:it|this|(?:our|the|this) \w+) )?(?P<name>{TOKEN})"
)
_BARE = re.compile(rf"(?P<name>{TOKEN})")
_IN_PARENTHESES = re.compile(rf"\((?P<name>{TOKEN})\)")
_LONG_FORM = 60


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name that one paper of the library introduces.

    owner: the paper's row. titled: its title begins with the name; else its abstract coins it.
    """

    text: str
    owner: int
    shape: Shape
    titled: bool


def shape(name: str) -> Shape | None:
    """How distinctive a name looks; None for what may as well be a common word.

    distinct: capitals inside, or digits beside letters ("SieveNet", "DART-Math", "S4", "Sieve-7");
    capitals: three capitals or more, which many things abbreviate to ("SVR");
    words: two to four words, each with a capital ("Long Range Arena").
    """
    parts = name.split(" ")
    if len(parts) > 1:
        capital = all(re.fullmatch(r"[A-Z][\w+\-]*", part) for part in parts)
        return "words" if capital and len(parts) <= 4 else None
    if not re.fullmatch(TOKEN, name) or not re.search(r"[A-Z]", name):
        return None
    pieces = name.split("-")
    # "MPC-friendly", "IO-aware": an adjective.
    if any(piece.islower() and piece.isalpha() for piece in pieces):
        return None
    if re.search(r"[a-z][A-Z]|[A-Z]{2}[a-z]|[A-Za-z]-?\d|\d[A-Z][a-z]", name):
        return "distinct"
    if len(pieces) > 1:
        acronym = any(len(piece) > 1 and piece.isupper() for piece in pieces)
        return "distinct" if acronym and len(name) > 4 else None
    if not name.rstrip("+").isupper() or len(name) < 3:
        return None
    return "distinct" if name.endswith("++") else "capitals"


def introduced(document: Document) -> dict[str, bool]:
    """The names with a distinctive shape that a paper introduces -> whether its title gives it."""
    found: dict[str, bool] = {}
    title = _TITLE_NAME.match(document.title)
    if title:
        found[(title["name"] or title["reported"]).strip()] = True
    for name in _coined(document.abstract):
        found.setdefault(name, False)
    return {name: titled for name, titled in found.items() if shape(name)}


def _coined(abstract: str) -> Iterator[str]:
    for cue in _CUE.finditer(abstract):
        at = cue.end()
        if cue["we"]:
            match = _PROPOSED.match(abstract, at) or _CALLED.match(abstract, at)
            if not match and (match := _ABBREVIATED.match(abstract, at)):
                match = match if abbreviates(match["name"], match["long"]) else None
        else:
            match = _BARE.match(abstract, at)
        if match:
            yield match["name"]


def abbreviates(name: str, long: str) -> bool:
    """Whether the letters of `name` stand in `long` in their order, from its first one on."""
    letters = [sign for sign in name.lower() if sign.isalpha()]
    long = long.lower()
    if not letters or not long.startswith(letters[0]):
        return False
    at = 0
    for letter in letters:
        at = long.find(letter, at) + 1
        if at == 0:
            return False
    return True


def unambiguous(documents: Sequence[Document]) -> list[Name]:
    """The names that surely point to one paper, longest first.

    Left out are names that several papers introduce, in whatever capitals; such that another
    paper explains as short for something else; and several words that are written small anywhere.
    """
    owners: dict[str, set[int]] = {}
    titled: dict[tuple[str, int], bool] = {}
    for row, document in enumerate(documents):
        for text, in_title in introduced(document).items():
            owners.setdefault(text.lower(), set()).add(row)
            titled[text, row] = in_title
    names = []
    for (text, owner), in_title in titled.items():
        kind = shape(text)
        # Capitals that are only coined in an abstract are short for too many other things.
        if kind and len(owners[text.lower()]) == 1 and (in_title or kind != "capitals"):
            names.append(Name(text=text, owner=owner, shape=kind, titled=in_title))
    refused = _meaning_something_else(names, documents) | _written_small(names, documents)
    names = [name for name in names if name.text not in refused and _is_own(name, documents)]
    return sorted(names, key=lambda name: (-len(name.text), name.text))


def _meaning_something_else(names: Sequence[Name], documents: Sequence[Document]) -> set[str]:
    """Which names other papers explain by words that the owner's text does not have: "(CoT)"
    behind "chain of thought" where a paper calls its cooperative training CoT. A name that no
    title gives is common property as soon as another paper explains it."""
    owners = {name.text.lower(): name for name in names}
    other: set[str] = set()
    for row, document in enumerate(documents):
        for match in _IN_PARENTHESES.finditer(document.abstract):
            name = owners.get(match["name"].lower())
            if name is None or name.owner == row:
                continue
            before = document.abstract[max(0, match.start() - _LONG_FORM) : match.start()]
            long = set(filter(has_meaning, words(_long_form(name.text, before))))
            if not name.titled or not documents[name.owner].terms.keys() >= long:
                other.add(name.text.lower())
    return {name.text for name in names if name.text.lower() in other}


def _long_form(name: str, before: str) -> str:
    """The last words of `before` that `name` abbreviates, its words of three letters and more;
    "" where it is no abbreviation of them."""
    starts = [match.start() for match in re.finditer(r"(?<!\w)\w", before)]
    for start in reversed(starts):
        if abbreviates(name, before[start:]):
            return " ".join(re.findall(r"\w{3,}", before[start:]))
    return ""


def _written_small(names: Sequence[Name], documents: Sequence[Document]) -> set[str]:
    """Which names of several words are written without their capitals in any text."""
    # Looked for only where its rarest word stands: the work grows with the text, not with the
    # number of names times that of papers.
    use = Counter(chain.from_iterable(document.terms for document in documents))
    by_word: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for name in names:
        if name.shape == "words":
            rarest = min(words(name.text), key=lambda word: (use[word] or len(documents), word))
            pattern = re.compile(rf"(?<!\w){re.escape(name.text)}(?!\w)", re.IGNORECASE)
            by_word.setdefault(rarest, []).append((name.text, pattern))
    small: set[str] = set()
    for document in documents:
        for word in by_word.keys() & document.terms.keys():
            for text, pattern in by_word[word]:
                small |= {text for match in pattern.finditer(document.text) if match[0] != text}
    return small


def _is_own(name: Name, documents: Sequence[Document]) -> bool:
    """Whether a title's several words are a name indeed: the abstract uses them, or their initials,
    as one."""
    if name.shape != "words":
        return True
    initials = "".join(word[0] for word in name.text.split(" "))
    pattern = rf"(?<!\w)(?:{re.escape(name.text)}|{re.escape(initials)})(?!\w)"
    return re.search(pattern, documents[name.owner].abstract) is not None
