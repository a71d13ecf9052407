"""An index in which some pages changed, without the others being read again.

Pagefind reads all pages whenever one of them is another: of ten thousand papers, twenty seconds. So
it is given those alone that changed, as they were and as they are, and what it makes of them is
exchanged in the files of the whole index. The files come out byte for byte as a whole run would
make them (settled, see `builder.site.bundle`); where that is not sure, nothing comes out, and the
whole run is made.

This builds on how Pagefind divides the words among files (`_divided`), and numbers and names
pages, which its next version may do otherwise: of versions that are not in `KNOWN` nothing is
amended. A file of words is [[word, pages, variants], ...]; pages are [number, places, places in
fields], each number counted from the one before, and a variant is [form, pages]: where the word
stands with its accents. Places in fields follow a negative number that tells the field.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import itertools
import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from builder.site import bundle, indexer, packing
from builder.site.bundle import Fragment

KNOWN = frozenset({"1.5.2"})

# Of a page's id the digits that two pages seldom share; Pagefind takes one more for the second.
_DIGITS = 7

# Form of a word ("" without accents) -> number of a page -> [places, places in fields].
Forms = dict[str, dict[int, list[list[int]]]]


@dataclass(frozen=True, kw_only=True)
class Change:
    """A page that changed. number: its place in the order of indexed pages; path: below the site;
    before, now: what is indexed of it."""

    number: int
    path: str
    before: bytes
    now: bytes


@dataclass(kw_only=True)
class Amended:
    """files: those that are new, by path; gone: paths of those that are no more. before, now: what
    Pagefind knew of the changed pages, and knows of them."""

    files: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    before: Sequence[Fragment]
    now: Sequence[Fragment]


class _Unsure(Exception):
    """A whole run may give something else."""


def amend(
    read: Callable[[str], bytes],
    changes: Sequence[Change],
    pages: int,
    fields: Callable[[Sequence[Fragment], Sequence[Fragment]], Iterable[str]],
) -> Amended | None:
    """The files of an index that some changed pages change; None where only a whole run can tell.

    read: gives a file of the settled bundle as it is, by its path; changes: in the order of their
    numbers, the pages being the same as before; pages: how many the index has. fields: gives the
    names of the fields that the pages now have, told what is known of the changed ones before and
    now.

    Raises OSError and PagefindFailed.
    """
    if not changes:
        return Amended(before=(), now=())
    if importlib.metadata.version("pagefind_bin") not in KNOWN:
        return None
    try:
        before = _Run(changes, [change.before for change in changes])
        now = _Run(changes, [change.now for change in changes])
        entry = json.loads(read(bundle.ENTRY))
        index = _Index(read, entry["languages"][indexer.LANGUAGE]["hash"])
        counts = len(index.meta[1]), len(before.meta[1]), len(now.meta[1])
        sorting = index.meta[4] or before.meta[4] or now.meta[4]
        if counts != (pages, len(changes), len(changes)) or sorting or len(entry["languages"]) > 1:
            raise _Unsure
        if index.fields != sorted(fields(before.pages, now.pages)):
            # The places of all pages are counted by fields.
            raise _Unsure
        amended = Amended(before=before.pages, now=now.pages)
        index.name(before, now)
        index.exchange(before.forms(index.fields), now.forms(index.fields), amended)
        index.filter(before, now, amended)
    except (_Unsure, packing.UnknownBundle, KeyError, IndexError, TypeError, ValueError):
        # If it is Pagefind that writes otherwise than expected, a whole run will tell.
        return None
    name, data = packing.named(indexer.LANGUAGE, index.meta)
    amended.gone.add(index.path)
    amended.files[bundle.meta_path(name)] = data
    entry["languages"][indexer.LANGUAGE]["hash"] = name
    amended.files[bundle.ENTRY] = json.dumps(entry, sort_keys=True).encode()
    amended.gone |= {path for path in before.files if path.startswith("fragment/")}
    amended.files |= {
        path: data for path, data in now.files.items() if path.startswith("fragment/")
    }
    amended.gone -= amended.files.keys()
    return amended


class _Run:
    """What Pagefind makes of a few pages. numbers: theirs in the whole index."""

    def __init__(self, changes: Sequence[Change], pages: Sequence[bytes]) -> None:
        self.numbers = [change.number for change in changes]
        paths = [change.path for change in changes]
        self.files, self.pages = bundle.settle(indexer.run(iter(zip(paths, pages, strict=True))))
        entry = json.loads(self.files[bundle.ENTRY])
        name = bundle.meta_path(entry["languages"][indexer.LANGUAGE]["hash"])
        self.meta = packing.read(name, self.files[name])

    def forms(self, fields: Sequence[str]) -> dict[str, Forms]:
        """The words of these pages. fields: of the whole index, by which places are told."""
        numbers = [fields.index(name) for name in self.meta[5]]
        found: dict[str, Forms] = {}
        for _, _, file in self.meta[2]:
            path = _path(file)
            for word in packing.read(path, self.files[path])[0]:
                found[word[0]] = {
                    form: {
                        self.numbers[number]: [
                            places,
                            [at if at >= 0 else -1 - numbers[-1 - at] for at in told],
                        ]
                        for number, (places, told) in pages.items()
                    }
                    for form, pages in _forms(word).items()
                }
        return found

    def filtered(self) -> dict[str, dict[str, list[int]]]:
        """Filter -> value -> the pages that have it, by their numbers in the whole index."""
        found = {}
        for name, file in self.meta[3]:
            path = bundle.filter_path(file)
            values = packing.read(path, self.files[path])[1]
            found[name] = {value: [self.numbers[at] for at in pages] for value, pages in values}
        return found


class _Index:
    """The whole index; `meta` is changed in place."""

    def __init__(self, read: Callable[[str], bytes], name: str) -> None:
        self.path = bundle.meta_path(name)
        self._read = read
        # As `settle` has it: [version, [page, words], [first, last, file], [filter, file], [],
        # fields].
        self.meta = packing.read(self.path, read(self.path))
        self.fields: list[str] = self.meta[5]

    def name(self, before: _Run, now: _Run) -> None:
        """Enter the new ids of pages."""
        pages = self.meta[1]
        for number, (old, _), new in zip(now.numbers, before.meta[1], now.meta[1], strict=True):
            if pages[number][0] != old:
                raise _Unsure
            pages[number] = new
        shared = Counter(_digits(page)[:_DIGITS] for page, _ in pages)
        new = {_digits(page) for page, _ in now.meta[1]}
        old = {_digits(page) for page, _ in before.meta[1]}
        # Which of two pages has the longer id depends on their order.
        if any(len(each) != _DIGITS or shared[each] != (each in new) for each in new | old):
            raise _Unsure

    def exchange(
        self, before: Mapping[str, Forms], now: Mapping[str, Forms], amended: Amended
    ) -> None:
        """Put the words of some pages in the place of those that they had."""
        differing = sorted(
            word for word in before.keys() | now.keys() if before.get(word) != now.get(word)
        )
        files = [_Words(self._read, at, *chunk) for at, chunk in enumerate(self.meta[2])]
        firsts = [file.first for file in files]
        stale: dict[int, list[str]] = defaultdict(list)
        for word in differing:
            stale[max(bisect_right(firsts, word) - 1, 0)].append(word)
        divided: list[_Words] = []
        begun: list[Any] = []
        for at, file in enumerate(files):
            if at not in stale and not begun:
                divided.append(file)
                continue
            if not file.is_whole(last=at == len(files) - 1):
                raise _Unsure
            words = {word[0]: word for word in file.words}
            for word in stale.get(at, ()):
                forms = _forms(words.pop(word, [word, [], []]))
                changed = _exchanged(forms, before.get(word, {}), now.get(word, {}))
                if changed:
                    words[word] = [word, *_packed(changed)]
            amended.gone.add(file.path)
            *ended, begun = _divided([*begun, *(words[word] for word in sorted(words))])
            divided += map(_Words.of, ended)
        if begun:
            divided.append(_Words.of(begun))
        taken: set[str] = set()
        self.meta[2] = []
        for first, last, file in _bounds(divided, len(files)):
            if file.data:
                file.file = _name(file.data)
                amended.files[file.path] = packing.pack(file.data)
            if file.file in taken or len(file.file) != len(indexer.LANGUAGE) + 1 + _DIGITS:
                raise _Unsure
            taken.add(file.file)
            self.meta[2].append([first, last, file.file])

    def filter(self, before: _Run, now: _Run, amended: Amended) -> None:
        """Put the values of filters that some pages have in the place of those that they had."""
        old, new = before.filtered(), now.filtered()
        files = dict(self.meta[3])
        for name in old.keys() | new.keys():
            gone, come = old.get(name, {}), new.get(name, {})
            if gone == come:
                continue
            values: dict[str, set[int]] = {}
            if name in files:
                path = bundle.filter_path(files.pop(name))
                values = {
                    value: set(pages) for value, pages in packing.read(path, self._read(path))[1]
                }
                amended.gone.add(path)
            for value, pages in gone.items():
                values[value] -= set(pages)
            for value, pages in come.items():
                values.setdefault(value, set()).update(pages)
            kept = [[value, sorted(pages)] for value, pages in sorted(values.items()) if pages]
            if kept:
                files[name], data = packing.named(indexer.LANGUAGE, [name, kept])
                amended.files[bundle.filter_path(files[name])] = data
        self.meta[3] = [[name, file] for name, file in sorted(files.items())]


class _Words:
    """A file of words. place: in the row of the files of the index, None for a new one; first,
    last: as the index names the range of its words."""

    def __init__(
        self, read: Callable[[str], bytes], place: int | None, first: str, last: str, file: str
    ) -> None:
        self.place, self.first, self.last, self.file = place, first, last, file
        self.data = b""
        self._read = read
        self._words: list[Any] | None = None

    @classmethod
    def of(cls, words: list[Any]) -> _Words:
        """A new file."""
        made = cls(lambda path: b"", None, "", "", "")
        made._words = words
        made.data = packing.encode([words])
        return made

    @property
    def path(self) -> str:
        return _path(self.file)

    @property
    def words(self) -> list[Any]:
        if self._words is None:
            # Those of the changed pages, of the same Pagefind, were looked at closely.
            self._words = packing.glance(self.path, self._read(self.path))[0]
        return self._words

    def is_whole(self, *, last: bool) -> bool:
        """Whether it ends where `_divided` would end it."""
        *ended, begun = _divided(self.words)
        return [self.words] == ended if not begun else last and not ended


def _divided(words: Sequence[Any]) -> list[list[Any]]:
    """Words as Pagefind divides them among files: a file ends with the word with which it has
    enough. The last one has not, and may be empty."""
    files: list[list[Any]] = [[]]
    size = 0
    for word in words:
        files[-1].append(word)
        size += sum(len(places) + len(told) + 1 for _, places, told in word[1])
        if size >= indexer.CHUNK:
            files.append([])
            size = 0
    return files


def _bounds(files: Sequence[_Words], total: int) -> Iterator[tuple[str, str, _Words]]:
    """The ranges by which files are found, (first, last, file): the ends of two files beside one
    another are as short as tells them apart, unless the range would end before it begins.

    total: how many files there were before.
    """
    rows = zip([None, *files[:-1]], files, [*files[1:], None], strict=True)
    firsts = [
        file.first
        if _beside(before.place if before else -1, file.place)
        else _told_from(before.words[-1][0] if before else "", file.words[0][0], whole=not before)
        for before, file, _ in rows
    ]
    for at, file in enumerate(files):
        after = files[at + 1] if at + 1 < len(files) else None
        if file.first == firsts[at] and _beside(file.place, after.place if after else total):
            yield firsts[at], file.last, file
            continue
        last = file.words[-1][0]
        short = last[: len(firsts[at + 1])] if after else last
        yield firsts[at], short if short >= firsts[at] else last, file


def _beside(before: int | None, after: int | None) -> bool:
    """Whether two places were beside one another, too, before anything changed."""
    return before is not None and after is not None and before + 1 == after


def _told_from(before: str, word: str, *, whole: bool) -> str:
    """The beginning of a word that tells it from the one before; whole: all of it."""
    pairs = itertools.takewhile(lambda pair: pair[0] == pair[1], zip(before, word, strict=False))
    return word if whole else word[: len(list(pairs)) + 1]


def _forms(word: list[Any]) -> Forms:
    """The forms of a word in a file, with its pages by their own numbers."""
    forms = {"": word[1], **dict(word[2])}
    found: Forms = {}
    for form, pages in forms.items():
        number, found[form] = 0, {}
        for step, *places in pages:
            number += step
            found[form][number] = places
    return found


def _packed(forms: Forms) -> list[Any]:
    """Pages and variants as they stand in a file: variants in the order in which Pagefind meets
    them, which reads the text of a page before its fields."""

    def met(form: str) -> tuple[int, bool, str]:
        first = min(forms[form])
        return first, not forms[form][first][0], form

    accented = sorted((form for form in forms if form), key=met)
    return [_steps(forms[""]), [[form, _steps(forms[form])] for form in accented]]


def _steps(pages: Mapping[int, list[list[int]]]) -> list[Any]:
    numbers = sorted(pages)
    return [
        [number - before, *pages[number]]
        for before, number in zip([0, *numbers], numbers, strict=False)
    ]


def _exchanged(forms: Forms, before: Forms, now: Forms) -> Forms:
    """The forms of a word with some of their pages exchanged; empty where no page is left."""
    found = {form: dict(pages) for form, pages in forms.items()}
    for form, pages in before.items():
        for number, places in pages.items():
            if found[form].pop(number) != places:
                raise _Unsure
    for form, pages in now.items():
        found.setdefault(form, {}).update(pages)
    found = {form: pages for form, pages in found.items() if pages}
    return {"": {}} | found if found else {}


def _digits(page: str) -> str:
    """Of a page's id what follows the kind."""
    return page.rpartition("_")[2]


def _name(data: bytes) -> str:
    """The name of a file of words: Pagefind writes each byte of the digest without a zero in
    front."""
    digits = "".join(f"{byte:x}" for byte in hashlib.sha1(data, usedforsecurity=False).digest())
    return f"{indexer.LANGUAGE}_{digits[:_DIGITS]}"


def _path(file: str) -> str:
    return f"index/{file}.pf_index"
