"""Daily Papers listings, saved as text: title, abstract and, in one of two forms, a line of facts.

A capture is a sequence of paragraphs. The page's furniture (navigation, call to subscribe,
heading, who runs the list) and the listing's day come first; then titles and abstracts take turns,
each abstract followed, in the form that has it, by

      • 3 authors            or an organization: its handle, then its name
    ·
    Oct 1, 2024 2            the day of publication and, where there are any, comments

What a paragraph is, is told by its form. What fits nowhere is left over, with its line.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.importers import clean, urls
from builder.importers.entries import Capture, Entry, Leftover, Series
from builder.problems import Problem, ProblemsFound

SERIES = Series(id="huggingface-daily-papers", title="Daily Papers", prefix="daily-papers")
MAX_BYTES = 8 * 1024 * 1024

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*\.?\s+(?P<day>[0-9]{{1,2}})"
_DAY = re.compile(rf"{_MONTH}(?:st|nd|rd|th)?")
_FACTS = re.compile(rf"{_MONTH},\s*(?P<year>[0-9]{{4}})(?:\s+(?P<comments>[0-9]{{1,9}}))?")
_AUTHORS = re.compile(r"•\s*(?P<count>[0-9]{1,6})\s+authors?")
_HANDLE = re.compile(r"(?P<handle>[A-Za-z0-9][\w.-]*)\s+(?P<name>\S.*)")
_DOT = "·"
# Without one of these a page is no Daily Papers listing.
_SIGNS = (
    re.compile(r"Get trending papers in your (?:email )?inbox!?", re.IGNORECASE),
    re.compile(r"Daily Papers", re.IGNORECASE),
    re.compile(r"by\s?.{1,60}\band the research community", re.IGNORECASE),
)
_FURNITURE = (
    *_SIGNS,
    re.compile(r"new|Subscribe|Sign Up|Log In|Trending(?: Papers)?|Daily|Weekly|Monthly|Papers"),
    re.compile(r"(?:Previous|Next|Submit|Search|Hugging Face|Models|Datasets|Spaces|Docs)"),
)
# Longer than any title, and what a short abstract ends in.
_TITLE_LENGTH = 250
_NEXT_SENTENCE = re.compile(r"[a-z)]\. +[A-Z]")
_SENTENCE_END = re.compile(r"[.!?…][\"')\]”’]*$")


@dataclass(frozen=True, kw_only=True)
class _Block:
    """A paragraph in one line, or the facts of an entry. line: of its first line."""

    line: int
    text: str
    facts: bool = False


def read(text: str, *, path: str) -> Capture:
    """Read a capture. path: the file, as problems name it.

    Raises ProblemsFound when the text is empty, no Daily Papers listing, or cut off within an
    entry: nothing of such a capture can be trusted to be whole.
    """

    def fail(line: int, message: str, hint: str) -> ProblemsFound:
        return ProblemsFound([Problem(path=path, line=line, message=message, hint=hint)])

    blocks = list(_blocks(text))
    if not blocks:
        raise fail(1, "the capture is empty", "save the listing's page as text once more")
    if not any(sign.fullmatch(block.text) for block in blocks for sign in _SIGNS):
        raise fail(
            1,
            'this is no Daily Papers listing: its heading "Daily Papers", its call to subscribe '
            'and its line "by ... and the research community" are all missing',
            "save the whole page of the listing as text",
        )
    reading = _Reading()
    for index, block in enumerate(blocks):
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        reading.take(block, following)
    if _is_torn(blocks[-1]):
        raise fail(
            blocks[-1].line,
            f'the capture ends within an entry: no date follows "{_short(blocks[-1].text)}"',
            "save the whole page of the listing as text",
        )
    if reading.title is not None:
        raise fail(
            reading.title.line,
            f'the capture ends within an entry: no abstract follows "{_short(reading.title.text)}"',
            "save the whole page of the listing as text",
        )
    if not reading.entries:
        raise fail(1, "the listing has no entry", "save the whole page of the listing as text")
    if len(reading.leftovers) > max(5, len(reading.entries)):
        first = reading.leftovers[0]
        raise fail(
            first.line,
            f"titles and abstracts do not take turns: {len(reading.leftovers)} paragraphs fit "
            f'nowhere, the first is "{_short(first.text)}"',
            "save the whole page of the listing as text, and nothing else",
        )
    return Capture(
        path=path,
        entries=tuple(reading.entries),
        leftovers=tuple(sorted(reading.leftovers, key=lambda item: item.line)),
        series=SERIES,
        day=reading.day,
        day_line=reading.day_line,
    )


def _blocks(text: str) -> Iterator[_Block]:
    """The paragraphs of a text; the lines around a lone "·" are one block of facts."""
    lines = [(number, " ".join(raw.split())) for number, raw in enumerate(text.split("\n"), 1)]
    present = [index for index, (_, text) in enumerate(lines) if text]
    facts: dict[int, int] = {}  # index of the first line of facts -> of the last
    for before, at, after in zip(present, present[1:], present[2:], strict=False):
        if lines[at][1] == _DOT and _FACTS.fullmatch(lines[after][1]):
            facts[before] = after
    paragraph: list[tuple[int, str]] = []
    skip_to = -1
    for index, (number, content) in enumerate(lines):
        if index <= skip_to:
            continue
        if index in facts or not content:
            if paragraph:
                yield _joined(paragraph)
                paragraph = []
            if index in facts:
                skip_to = facts[index]
                inner = [lines[i][1] for i in range(index, skip_to + 1) if lines[i][1]]
                yield _Block(line=number, text=" ".join(inner), facts=True)
            continue
        paragraph.append((number, content))
    if paragraph:
        yield _joined(paragraph)


def _joined(paragraph: list[tuple[int, str]]) -> _Block:
    text = " ".join(content for _, content in paragraph)
    before, dot, after = text.rpartition(f" {_DOT} ")
    facts = bool(dot and _FACTS.fullmatch(after) and len(before) < _TITLE_LENGTH)
    return _Block(line=paragraph[0][0], text=text, facts=facts)


class _Reading:
    """What was understood so far; paragraphs are taken one by one."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.leftovers: list[Leftover] = []
        self.title: _Block | None = None
        self.day: tuple[int, int] | None = None
        self.day_line = 1
        self._open = False  # whether the last entry may still get its facts

    def take(self, block: _Block, following: _Block | None) -> None:
        if block.facts:
            self._take_facts(block)
        elif self._is_day(block):
            self._take_day(block)
        elif any(form.fullmatch(block.text) for form in _FURNITURE):
            self._drop_title("no abstract below it")
        elif _is_torn(block):
            self._drop_title("no abstract below it")
            self._leave(block, "facts without a date")
        elif self.title is None:
            self._open = False
            if _surely_prose(block.text):
                self._leave(block, "a paragraph without a title above it")
            else:
                self.title = block
        elif self._is_abstract(block, following):
            self._take_entry(block)
        else:
            self._drop_title("no abstract below it" if self.entries else "not understood")
            self.title = block

    def _is_abstract(self, block: _Block, following: _Block | None) -> bool:
        if _surely_prose(block.text) or following is None or following.facts:
            return following is not None or _maybe_prose(block.text)
        return _maybe_prose(block.text) and not _surely_prose(following.text)

    def _is_day(self, block: _Block) -> bool:
        return self.day is None and not self.entries and bool(_DAY.fullmatch(block.text))

    def _take_day(self, block: _Block) -> None:
        self._drop_title("not understood")
        match = _DAY.fullmatch(block.text)
        assert match is not None
        month, day = _MONTHS.index(match["month"]) + 1, int(match["day"])
        try:
            datetime.date(2000, month, day)  # a leap year: 29 February is a day
        except ValueError:
            self._leave(block, "no day of the year")
            return
        self.day, self.day_line = (month, day), block.line

    def _take_entry(self, block: _Block) -> None:
        assert self.title is not None
        body = clean.abstract(block.text)
        self.entries.append(
            Entry(
                line=self.title.line,
                title=clean.line(self.title.text),
                abstract=body.markdown,
                links=urls.links(body.addresses),
            )
        )
        self.title = None
        self._open = True

    def _take_facts(self, block: _Block) -> None:
        if self.title is not None or not self._open:
            self._drop_title("no abstract below it")
            self._leave(block, "facts without an entry above them")
            return
        self._open = False
        who, _, when = block.text.rpartition(f" {_DOT} ")
        match = _FACTS.fullmatch(when)
        assert match is not None
        try:
            date = datetime.date(
                int(match["year"]), _MONTHS.index(match["month"]) + 1, int(match["day"])
            )
        except ValueError:
            self._leave(block, f"there is no day {when}")
            return
        authors = _AUTHORS.fullmatch(who)
        handle = _HANDLE.fullmatch(who)
        entry = self.entries[-1]
        self.entries[-1] = Entry(
            line=entry.line,
            title=entry.title,
            abstract=entry.abstract,
            links=entry.links,
            author_count=int(authors["count"]) or None if authors else None,
            organization=None if authors else clean.line(handle["name"] if handle else who),
            date=date,
            comments=int(match["comments"]) if match["comments"] else None,
        )

    def _drop_title(self, why: str) -> None:
        if self.title is not None:
            self._leave(self.title, why)
            self.title = None

    def _leave(self, block: _Block, why: str) -> None:
        self.leftovers.append(Leftover(line=block.line, text=block.text, why=why))


def _is_torn(block: _Block) -> bool:
    """Whether a block is the beginning of facts that go no further."""
    return block.text.startswith(("•", _DOT)) and not block.facts


def _surely_prose(text: str) -> bool:
    """Longer than any title, or whole sentences."""
    sentences = text.endswith(".") and (len(text.split()) >= 20 or _NEXT_SENTENCE.search(text))
    return len(text) > _TITLE_LENGTH or bool(sentences)


def _maybe_prose(text: str) -> bool:
    """What may be an abstract where one is due; a title may look like it, too."""
    return bool(_SENTENCE_END.search(text)) or len(text.split()) >= 25 or "://" in text[-80:]


def _short(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
