"""Which of the names that papers introduce surely point to one paper.

A link from a name is worse wrong than missing: precision comes before recall throughout, and each
rule here, in `names` and in `mentions` answers a false friend met among 10,000 abstracts of other
conferences.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from builder.analysis.documents import Documents, Texts
from builder.analysis.names import Coined, Shape, long_forms, written_small
from builder.analysis.rows import Rows, starts_of
from builder.analysis.text import has_meaning
from builder.analysis.text import words as folded_words
from builder.analysis.words import Words


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name that one paper of the library introduces.

    owner: the paper's row. titled: its title begins with the name; else its abstract coins it.
    """

    text: str
    owner: int
    shape: Shape
    titled: bool


def candidates(coined: Sequence[Sequence[Coined]]) -> dict[str, Name]:
    """The names that one paper alone introduces, in whatever capitals, by their text."""
    owners: dict[str, int] = {}
    several: set[str] = set()
    for row, names in enumerate(coined):
        for name in names:
            if owners.setdefault(name.text.lower(), row) != row:
                several.add(name.text.lower())
    return {
        name.text: Name(text=name.text, owner=row, shape=name.shape, titled=name.titled)
        for row, names in enumerate(coined)
        for name in names
        # Capitals that are only coined in an abstract are short for too many other things.
        if name.own
        and (name.titled or name.shape != "capitals")
        and name.text.lower() not in several
    }


def known_names(
    found: Mapping[str, Name],
    documents: Documents,
    texts: Texts,
    words: Words,
    explained: dict[tuple[int, str, int, bool], bool],
    small: dict[str, set[int]],
) -> dict[str, Name]:
    """The candidates that surely point to one paper, by their text.

    Left out are such that another paper explains as short for something else, and several words
    that are written small anywhere.
    explained: what is known already of explanations, and what comes to be known: (row, name, its
    owner, whether titled) -> whether the row's paper means something else. small: the same of
    names of several words -> rows of the papers that write them small.
    """
    refused = _meaning_something_else(found.values(), documents, texts, words, explained)
    wanted = [name.text for name in found.values() if name.shape == "words"]
    unknown = [text for text in wanted if text not in small]
    small |= {text: set[int]() for text in unknown}
    for text, rows in _rows_of(unknown, documents.terms, words):
        small[text] |= {row for row in rows if _is_small(text, row, texts)}
    return {
        text: name
        for text, name in found.items()
        if text.lower() not in refused and not small.get(text)
    }


def _meaning_something_else(
    names: Iterable[Name],
    documents: Documents,
    texts: Texts,
    words: Words,
    explained: dict[tuple[int, str, int, bool], bool],
) -> set[str]:
    """Which names, in small letters, other papers explain by words that the owner's text does not
    have: "(CoT)" behind "chain of thought" where a paper calls its cooperative training CoT. A name
    that no title gives is common property as soon as another paper explains it."""
    owners = {name.text.lower(): name for name in names}
    other: set[str] = set()
    for row, brackets in enumerate(documents.brackets):
        for text in brackets:
            name = owners.get(text)
            if name is None or name.owner == row:
                continue
            key = row, name.text, name.owner, name.titled
            if key not in explained:
                terms = documents.terms.row(name.owner)[0]
                explained[key] = any(
                    not name.titled or not _has_all(long, terms, words)
                    for long in long_forms(name.text, texts.abstract(row))
                )
            if explained[key]:
                other.add(text)
    return other


def _has_all(text: str, terms: np.ndarray, words: Words) -> bool:
    """Whether all telling words of a text are among some terms."""
    numbers = [words.term(word) for word in folded_words(text) if has_meaning(word)]
    return None not in numbers and bool(np.isin(numbers, terms).all())


def _rows_of(
    names: Sequence[str], terms: Rows, words: Words
) -> Iterable[tuple[str, Sequence[int]]]:
    """Each name with the rows whose papers have all of its telling words; names without such a
    word are left out."""
    own: dict[str, list[int]] = {}
    for name in names:
        numbers = [words.term(word) for word in folded_words(name) if has_meaning(word)]
        if numbers and None not in numbers:
            own[name] = [number for number in numbers if number is not None]
    wanted = np.zeros(len(words.terms), dtype=bool)
    wanted[[number for numbers in own.values() for number in numbers]] = True
    part = terms.kept(wanted[terms.columns])
    order = np.argsort(part.columns, kind="stable")
    rows = part.owners[order]
    bounds = starts_of(np.bincount(part.columns, minlength=len(wanted)))
    for name, numbers in own.items():
        among = sorted((rows[bounds[n] : bounds[n + 1]] for n in set(numbers)), key=len)
        common = among[0]
        for more in among[1:]:
            common = np.intersect1d(common, more, assume_unique=True)
        yield name, common.tolist()


def again(
    rows: Sequence[int],
    documents: Documents,
    texts: Texts,
    words: Words,
    small: dict[str, set[int]],
) -> None:
    """Look anew for names in `small` in the texts of some rows, which have changed."""
    for row in rows:
        terms = set(documents.terms.row(row)[0].tolist())
        for text, found in small.items():
            found.discard(row)
            numbers = [words.term(word) for word in folded_words(text) if has_meaning(word)]
            if numbers and terms.issuperset(numbers) and _is_small(text, row, texts):
                found.add(row)


def _is_small(name: str, row: int, texts: Texts) -> bool:
    return written_small(name, f"{texts.title(row)}\n{texts.abstract(row)}")
