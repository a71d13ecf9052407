"""Names that a paper introduces for its methods, systems and data, from its own text.

Which of them surely point to one paper is told by `builder.analysis.known_names`, and where other
abstracts use them by `builder.analysis.mentions`. A link from a name is worse
wrong than missing: precision comes before recall throughout, and each rule here and there answers
a false friend met among 10,000 abstracts of other conferences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

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


class Coined(NamedTuple):
    """A name that a paper introduces. titled: its title begins with the name; else its abstract
    coins it. own: whether the abstract uses it; a single word need not."""

    text: str
    shape: Shape
    titled: bool
    own: bool


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


def coined(title: str, abstract: str) -> tuple[Coined, ...]:
    """The names with a distinctive shape that a paper introduces, from the prose of its texts."""
    found: dict[str, bool] = {}
    match = _TITLE_NAME.match(title)
    if match:
        found[(match["name"] or match["reported"]).strip()] = True
    for name in _coined(abstract):
        found.setdefault(name, False)
    return tuple(
        Coined(text=text, shape=kind, titled=titled, own=kind != "words" or _is_own(text, abstract))
        for text, titled in found.items()
        if (kind := shape(text))
    )


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


def _is_own(name: str, abstract: str) -> bool:
    """Whether a title's several words are a name indeed: the abstract uses them, or their initials,
    as one."""
    initials = "".join(word[0] for word in name.split(" "))
    pattern = rf"(?<!\w)(?:{re.escape(name)}|{re.escape(initials)})(?!\w)"
    return re.search(pattern, abstract) is not None


def in_brackets(abstract: str) -> tuple[str, ...]:
    """What stands in parentheses as a name may, each once, in small letters."""
    if "(" not in abstract:
        return ()
    return tuple(dict.fromkeys(name.lower() for name in _IN_PARENTHESES.findall(abstract)))


def long_forms(name: str, abstract: str) -> Iterator[str]:
    """By what words an abstract explains a name that it has in parentheses, in whatever capitals:
    "chain of thought" for "(CoT)"; "" where it is no abbreviation of those before it."""
    for match in _IN_PARENTHESES.finditer(abstract):
        if match["name"].lower() == name.lower():
            yield _long_form(name, abstract[max(0, match.start() - _LONG_FORM) : match.start()])


def _long_form(name: str, before: str) -> str:
    """The last words of `before` that `name` abbreviates, its words of three letters and more;
    "" where it is no abbreviation of them."""
    starts = [match.start() for match in re.finditer(r"(?<!\w)\w", before)]
    for start in reversed(starts):
        if abbreviates(name, before[start:]):
            return " ".join(re.findall(r"\w{3,}", before[start:]))
    return ""


def written_small(name: str, text: str) -> bool:
    """Whether a text has a name without its capitals anywhere."""
    pattern = rf"(?<!\w){re.escape(name)}(?!\w)"
    return any(match[0] != name for match in re.finditer(pattern, text, re.IGNORECASE))
