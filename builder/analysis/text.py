"""Words of a text, in the one form in which the analysis compares them."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from builder.markup import MATH

# What is written in a text but is not prose: code spans, web addresses, TeX commands.
_CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+")
_COMMAND = re.compile(r"\\[A-Za-z]+")
# Prefixes that some authors set off with a hyphen and others do not: "pre-training" is
# "pretraining", "fine tuning" is "finetuning". The hyphen is kept as U+2011, so that a word can be
# shown as it was written.
# The sign is looked for first, and then what stands around it: that is many times faster than a
# look at the start of every word.
_PREFIXES = ("pre", "fine", "multi", "meta", "hyper", "non", "semi", "over", "sub", "auto", "cross")
_PREFIX = re.compile(
    r"[-‐](?=[a-z])(?:" + "|".join(rf"(?<=\b{word}[-‐])" for word in (*_PREFIXES, "co")) + ")",
    re.IGNORECASE,
)
_FINE_TUNE = re.compile(r"(?<=\bfine) (?=tun(?:e|ed|es|ing)\b)", re.IGNORECASE)
_JOINT = "‑"
# Words of grammar. A large library needs no such list, for they stand in most of its texts; in a
# small one two papers would be alike because both say "without".
_GRAMMAR = """
    a about above after again against all almost along already also although always am among an and
    any are around as at be became because become been before behind being below between both but
    by can cannot could despite did do does doing done down due during each either else even ever
    every few for from further had has have having he hence her here hers him his how however i if
    in indeed instead into is it its itself just last least less like many may me might more
    moreover most much must my namely near neither never no nor not now of off often on once one
    only onto or other others otherwise our ours out over own per perhaps rather same several shall
    she should since so some still such than that the their theirs them themselves then there
    thereby therefore these they this those though through throughout thus to together too toward
    towards under unless until up upon us via very was we well were what when where whereas whether
    which while who whole whom whose why will with within without would yet you your
"""
_WORD = re.compile(rf"[^\W_]+(?:{_JOINT}[^\W_]+)*")


def prose(text: str) -> str:
    """The text with formulas, code, web addresses and TeX commands blanked out by as many spaces:
    every offset into it is one into `text`."""
    for sign, pattern in (("`", _CODE), ("$", MATH), (".", _ADDRESS), ("\\", _COMMAND)):
        if sign in text:
            text = pattern.sub(lambda found: " " * len(found[0]), text)
    return text


def tokens(text: str) -> list[str]:
    """The words of `text` (see `prose`) as they are written, but for a joining hyphen (U+2011)."""
    text = _PREFIX.sub(_JOINT, text.replace(_JOINT, "-"))
    if "fine tun" in text.casefold():
        text = _FINE_TUNE.sub(_JOINT, text)
    return _WORD.findall(text)


def words(text: str) -> tuple[str, ...]:
    """The words of `text` (see `prose`), each folded by `fold`, in their order."""
    return tuple(map(fold, tokens(text)))


@lru_cache(maxsize=1 << 16)
def shown(token: str) -> str:
    """A token as a reader should see it: in small letters, unless it has capitals inside or is all
    capitals ("LoRA", "SGD")."""
    token = token.replace(_JOINT, "-")
    return token if token[1:] != token[1:].lower() else token.lower()


@lru_cache(maxsize=1 << 18)
def fold(word: str) -> str:
    """The word without what differs between authors: capitals, accents, the plural, British
    spelling. Both sides of a comparison are folded, so a stem need not be a word."""
    word = word.replace(_JOINT, "")
    if not word.isascii():
        spread = unicodedata.normalize("NFKD", word)
        word = "".join(sign for sign in spread if not unicodedata.combining(sign))
    word = word.lower()
    if len(word) > 3 and word[-1] == "s" and word[-2] not in "sui":
        if len(word) > 4 and word.endswith("ies"):
            word = word[:-3] + "y"
        elif word.endswith(("ches", "shes", "sses", "xes", "zes")):
            word = word[:-2]
        else:
            word = word[:-1]
    if len(word) > 5:
        word = re.sub(r"(?<=[a-z]{3})is(e|ed|er|ing|ation|able)$", r"iz\1", word)
        word = re.sub(r"our(?=$|al$|ed$|ing$|able$)", "or", word)
        word = re.sub(r"l{2,}(?=ing$|ed$|er$)", "l", word)
    return word


_FUNCTION_WORDS = frozenset(map(fold, _GRAMMAR.split()))


def has_meaning(word: str) -> bool:
    """Whether a folded word may tell what a text is about: no word of grammar, no single letter,
    no bare number."""
    return len(word) > 1 and word not in _FUNCTION_WORDS and not word.isdecimal()
