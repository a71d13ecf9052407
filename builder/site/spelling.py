"""The words of the search index in small files, from which the search corrects misspelt ones.

Each word stands with the number of pages that hold it, once in the order of the words and once in
the order of the words read backwards. A slip of the finger spoils one end of a word and leaves the
other, so the files around its first and its last letters hold the word that was meant. A file has
as many words in a large site as in a small one: what a search loads hardly grows with the list.
The script assets/javascripts/search/spelling.js reads them.
"""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from builder import parallel
from builder.site import shards

# So few texts are counted sooner than a process is started.
FEW = 2000
WORDS_A_FILE = 250
# Longer runs of letters are addresses and formulas.
LONGEST = 24

_ORDERS = ("forward", "backward")


def fold(text: str) -> str:
    """Lower case, without accents: the form in which words are compared."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower()


def words_of(text: str) -> set[str]:
    """The words of a text as the index has them: "Fine-Tuning" is finetuning, fine and tuning."""
    return _words(text, _Parts())


def count(texts: Sequence[str]) -> Counter[str]:
    """How many of the texts hold each word."""
    size = max(len(texts), 1) if len(texts) <= FEW else -(-len(texts) // parallel.processors())
    parts = [texts[at : at + size] for at in range(0, len(texts), size)]
    return sum(parallel.run([partial(_count, part) for part in parts]), Counter())


def _count(texts: Iterable[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    parts = _Parts()
    for text in texts:
        counts.update(_words(text, parts))
    return counts


def _words(text: str, parts: _Parts) -> set[str]:
    return set(itertools.chain.from_iterable(map(parts.__getitem__, set(text.split()))))


class _Parts(dict[str, tuple[str, ...]]):
    """What stands between two spaces -> its words; each is taken apart once."""

    def __missing__(self, printed: str) -> tuple[str, ...]:
        found = re.findall(r"[^\W_]+", fold(printed))
        words = {*found, "".join(found)}
        self[printed] = tuple(
            word for word in words if 3 <= len(word) <= LONGEST and re.search("[^0-9]", word)
        )
        return self[printed]


def divided(counts: Mapping[str, int]) -> tuple[dict[str, str], dict[str, list[str]]]:
    """The files of words, path below the folder of the search data -> JSON; and for each order the
    first entry of each of its files.

    words/ORDER-NUMBER.json is a flat list: word, pages, word, pages...
    """
    files: dict[str, str] = {}
    firsts: dict[str, list[str]] = {}
    for order in _ORDERS:
        found, firsts[order] = shards.divided(
            f"words/{order}", _entries(order, counts), WORDS_A_FILE
        )
        files |= found
    return files, firsts


def _entries(order: str, counts: Mapping[str, int]) -> Iterable[shards.Entry]:
    if order == "forward":
        return counts.items()
    return ((word[::-1], pages) for word, pages in counts.items())
