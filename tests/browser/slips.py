"""Queries with slips of the finger, made from a library's own titles.

Each asks for one paper by two or three words of its title, of which one is misspelt. They are many
and nobody has chosen them, so a rule that helps only a handful of known queries does not help here.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from builder.library import Library

ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
# Titles are full of them: alone they tell nothing, misspelt nobody notices.
COMMON = {"with", "from", "language", "large", "learning", "model", "models", "towards", "using"}


def labels(library: Library, seed: int) -> dict[str, list[dict[str, str]]]:
    """A query for each paper whose title has two words that are long enough.

    The form is that of the labels of measure_search.py; the kind is that of the slip.
    """
    chance = random.Random(seed)
    items = []
    for paper in library.papers.values():
        words = [w for w in re.findall("[a-z]+", paper.title.lower()) if len(w) > 3]
        words = [word for word in dict.fromkeys(words) if word not in COMMON]
        long = [word for word in words if len(word) > 5]
        if len(words) < 2 or not long:
            continue
        kind = chance.choice(sorted(SLIPS))
        wrong = chance.choice(long)
        others = chance.sample([w for w in words if w != wrong], min(len(words) - 1, 2))
        query = [*others, SLIPS[kind](wrong, chance)]
        chance.shuffle(query)
        items.append({"query": " ".join(query), "kind": kind, "title": paper.title})
    return {"known_item": items}


def _doubled(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word))
    return word[: at + 1] + word[at:]


def _missing(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :]


def _swapped(word: str, chance: random.Random) -> str:
    at = chance.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _neighbour(letter: str, chance: random.Random) -> str:
    row = next(row for row in ROWS if letter in row)
    at = row.index(letter)
    return chance.choice(row[max(0, at - 1) : at] + row[at + 1 : at + 2])


def _beside(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word))
    return word[:at] + _neighbour(word[at], chance) + word[at + 1 :]


def _first(word: str, chance: random.Random) -> str:
    return chance.choice([word[1:], _neighbour(word[0], chance) + word[1:]])


def _space(word: str, chance: random.Random) -> str:
    at = chance.randrange(2, len(word) - 1)
    return f"{word[:at]} {word[at:]}"


def _two(word: str, chance: random.Random) -> str:
    return _swapped(_doubled(word, chance), chance)


SLIPS: dict[str, Callable[[str, random.Random], str]] = {
    "doubled letter": _doubled,
    "first letter": _first,
    "key beside": _beside,
    "missing letter": _missing,
    "stray space": _space,
    "swapped letters": _swapped,
    "two slips": _two,
}
