"""Names of authors: what is given, what is family, what is the name of no person.

Citation formats want the two apart; a printed name does not say where one ends. nameparser knows
the particles of many languages ("van den", "de la"), generational suffixes, and that names in
Chinese, Japanese and Korean script are printed family first. What is decided here: which words
may count as what in a list of authors, and which names belong to a group rather than a person.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nameparser import Parser

_SUFFIXES = frozenset({"jr", "junior", "sr", "ii", "iii", "iv"})
_GROUP = re.compile(
    r"[&:;()\[\]\d]"
    r"|\b(?:team|group|labs?|laborator(?:y|ies)|institutes?|universit(?:y|ies)|consortium"
    r"|collaborat(?:ion|ive)|collective|community|foundation|corporation|inc|contributors"
    r"|committee|initiative|network|project|anonymous)\b",
    re.IGNORECASE,
)
# Behind these family names (four Vietnamese of five have one of them) "Van", "Le" and "The" are no
# particles but middle names.
_VIETNAMESE = frozenset(
    ["bui", "dang", "dinh", "duong", "hoang", "huynh", "ngo", "nguyen", "pham", "phan", "tran",
     "trinh", "truong"]
)  # fmt: skip
# The common case, without asking: "Ada Example", "A. B. Example", "Éva Maria D. Sample-Li".
_WORD = r"[^\W\d_]+(?:[-'’][^\W\d_]+)*"
_SIMPLE = re.compile(rf"(?:[A-Z]\.|{_WORD})(?: (?:[A-Z]\.?|{_WORD}))* {_WORD}")
_INITIAL = re.compile(r"[A-Z]\.?$")
# Of other scripts it is not known here which words may be what.
_LATIN = "\u024f"
# Words that may be something else than a part of a given name where they stand before the last one:
# particles, what joins names, and what announces a name at birth. A test asks nameparser whether
# these are all.
_UNSURE_WORDS = """
    aan abu aen af al and auf av bar bat bin bint binte binti bon da dal das de degli dei del dela
    della delle delli dello dem den der des di do dos du dí e el et freiherr freiherrin heer het i
    ibn la las le los mac mc ní of op san santa st ste te ten ter the tho thoe ua uit und van
    vande vander vd vel vom von y zu ó född fødd født geb geboren geborene nee né née rozená
"""
_UNSURE = frozenset(_UNSURE_WORDS.split())


@dataclass(frozen=True, kw_only=True)
class Name:
    """An author's name.

    printed: as one says it, "Jan van der Berg", "Martin Luther King, Jr.".
    given, family, suffix: its parts, the family name with its particles: "van der Berg"; all ""
    where the name cannot be divided (a single word, a group).
    """

    printed: str
    given: str = ""
    family: str = ""
    suffix: str = ""

    @property
    def sorting(self) -> str:
        """What the name is known by: the family name, or all of it."""
        return self.family or self.printed

    @property
    def inverted(self) -> str:
        """Family name first: "van der Berg, Jan", "King, Martin Luther, Jr."."""
        return ", ".join(part for part in (self.sorting, self.given, self.suffix) if part)


@functools.lru_cache(maxsize=65536)
def parse(text: str) -> Name:
    """The parts of a printed name; "Family, Given" is understood as well.

    No word is lost: where the parts do not add up, the last word is the family name, and a name
    that is no person's, or two persons', is kept whole.
    """
    words = text.split()
    text = " ".join(words)
    if len(words) < 2 or _GROUP.search(re.sub(r" \(\w+\) ", " ", text)):
        return Name(printed=text)
    if _is_simple(text):
        return Name(printed=text, given=" ".join(words[:-1]), family=words[-1])
    return _divided(text)


@functools.cache
def _parser() -> Parser:
    # Most names are simple, and importing nameparser takes a tenth of a second.
    from nameparser import CapsSuffixes, Lexicon, Parser, Policy

    # Lists of authors print neither titles nor degrees nor nicknames: what looks like one ("King
    # Ngan", "Wing Lau", "Hayate Iso", "Lin (Yuanbo) Wu") is a part of the name.
    return Parser(
        lexicon=dataclasses.replace(
            Lexicon.default().add(particles={"des", "ten", "uit"}),
            titles=frozenset(),
            given_name_titles=frozenset(),
            after_given_titles=frozenset(),
            honorific_tails=frozenset(),
            suffix_acronyms=frozenset(),
            suffix_acronyms_ambiguous=frozenset(),
            suffix_words=_SUFFIXES,
        ),
        policy=Policy(
            nickname_delimiters=frozenset(),
            unlisted_dotted_suffixes=False,
            unlisted_caps_suffixes=CapsSuffixes.OFF,
        ),
    )


def _divided(text: str) -> Name:
    words = text.split()
    found = _parser().parse(text)
    given = " ".join(part for part in (found.given, found.middle) if part)
    family, suffix = found.family, found.suffix
    before, _, behind = text.partition(", ")
    if behind and not suffix and family != before:
        # nameparser draws a particle behind the comma ("Nguyen, Phi Le") to the family name.
        given, family = behind, before
    two = "," in text and " " in family and " " in given and not found.family_particles
    if words[-1].lower() in _VIETNAMESE and "," not in text:
        return Name(printed=text, given=" ".join(words[:-1]), family=words[-1])
    if given and family and not two and _same_words((given, family, suffix), text):
        turned = text.startswith(f"{family},")
        printed = " ".join(filter(None, (given, family, suffix))) if turned else text
        return Name(printed=printed, given=given, family=family, suffix=suffix)
    if "," in text or words[-1].strip(".").lower() in _SUFFIXES or words[1].islower():
        return Name(printed=text)
    return Name(printed=text, given=" ".join(words[:-1]), family=words[-1])


def _is_simple(text: str) -> bool:
    """Whether a name is given names and initials, and one family name, each with its capital."""
    if not _SIMPLE.fullmatch(text):
        return False
    *given, family = words = text.split(" ")
    if len(given) > 1:
        less = {word.lower() for word in words}
        if less & _UNSURE or less & _SUFFIXES or max(text) > _LATIN:
            return False
    return _is_capital(family) and all(_INITIAL.match(word) or _is_capital(word) for word in given)


def _is_capital(word: str) -> bool:
    return word[:1].isupper() and word[1:2].islower() and word != "Jr"


def _same_words(parts: tuple[str, ...], text: str) -> bool:
    return sorted(" ".join(parts).split()) == sorted(text.replace(",", " ").split())
