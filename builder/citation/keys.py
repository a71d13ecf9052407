"""Citation keys: family name, year, first significant word, and a mark: example2025half-7kq.

People write keys into their manuscripts, so a key never changes because of what else the list
holds, and never comes to mean another paper. A bare "example2025half" could do both: the day a
second paper has the same claim, one of the two must yield, and nothing in the papers says which
was there first. So each key carries a mark that is made from the paper's slug, which is unique
and stays for good. A key changes only if the paper's first author or year is corrected.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping

from slugify import slugify

from builder.citation.names import Name

# Signs of marks: no vowels, so that no words arise, and nothing that is mistaken for another.
_SIGNS = "23456789bcdfghjkmnpqrstvwxz"
_MARK = 3
# Where two marks meet nevertheless (of 10,000 papers 152 share name, year and word with another,
# and marks are 19,683), both keys get longer ones.
_LONG_MARK = 9
_SMALL_WORDS = """
    a an and are as at be been beyond by can could do does for from has have how if in into is it
    its may might more must no not of on or our over should that the their there these they this
    through to toward towards under up via was we were what when where which who why will with
    within without you your
"""
_SMALL = frozenset(_SMALL_WORDS.split())


def short_key(slug: str, author: Name | None, year: int | None) -> str:
    """The key that a paper has unless another one's is the same. author: the first one."""
    return f"{_stem(slug, author, year)}-{_mark(slug, _MARK)}"


def distinct(short: Mapping[str, str]) -> dict[str, str]:
    """Slug -> key, no two the same, for the short keys of all papers."""
    taken = Counter(short.values())
    return {
        slug: key if taken[key] == 1 else key[:-_MARK] + _mark(slug, _LONG_MARK)
        for slug, key in short.items()
    }


def _stem(slug: str, author: Name | None, year: int | None) -> str:
    words = slug.split("-")
    word = next((word for word in words if word not in _SMALL), words[0])
    family = _letters(author.sorting) if author else ""
    return f"{family}{year or ''}{word}"


def _letters(name: str) -> str:
    return name.lower() if name.isascii() and name.isalpha() else slugify(name, separator="")


def _mark(slug: str, length: int) -> str:
    number = int.from_bytes(hashlib.sha256(slug.encode()).digest(), "big")
    signs = []
    for _ in range(length):
        number, at = divmod(number, len(_SIGNS))
        signs.append(_SIGNS[at])
    return "".join(signs)
