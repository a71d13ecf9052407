"""Pages that differ only in what they say: the theme makes some of a kind, the others are composed.

The theme takes two milliseconds for a page, and makes the same of each page of a folder but for its
title, its description, its head and its content. So MkDocs renders two pages of a folder; what is
around their texts is the frame of the others. A frame counts only when it gives the second page
byte for byte as MkDocs made it, as well as the first; where a theme makes more of what a page says,
no frame is found, and MkDocs renders all pages.
"""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from markupsafe import escape

from builder.site import destination

# Fewer pages of a folder are not worth a frame.
FEW = 20
SAMPLES = 2

# What the theme shows of a page's front matter. A value that a page does not have is not shown.
_SHOWN = ("title", "description", "head")
_CONTENT, _CANONICAL = "content", "canonical"
# Private characters stand for a value; the ampersand between tells whether it was escaped. A sign
# is longer than any text that a theme would leave whole where it cuts long ones.
_LONG = "\ue002" * 1000
_SIGN = re.compile(f"\ue000([a-z]+){_LONG}&(amp;)?\ue001")

_LINE = re.compile(r'([a-z_]+): (?:([a-z.]+)|(".*"))')
# Of these, YAML and JSON may think otherwise.
_DOUBTFUL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN = re.compile(r"(?:[a-z0-9-]+/)+")


@dataclass(frozen=True, kw_only=True)
class Source:
    """What a generated page says.

    url: its address below the site's root. shown: values by name, those that it has; other: the
    rest of its front matter.
    """

    url: str
    shown: Mapping[str, str]
    other: tuple[tuple[str, str], ...]
    content: str

    @property
    def kind(self) -> tuple[object, ...]:
        """Pages of one kind can have one frame."""
        return folder(self.url), tuple(self.shown), self.other


@dataclass(frozen=True, kw_only=True)
class Frame:
    """A page without what it says. pieces: text, or (name of a value, whether it is escaped)."""

    pieces: tuple[str | tuple[str, bool], ...]

    def compose(self, source: Source, canonical: str) -> str:
        """The page. canonical: its whole address, or ""."""
        values = {**source.shown, _CONTENT: source.content, _CANONICAL: canonical}
        return "".join(
            piece
            if isinstance(piece, str)
            else str(escape(values[piece[0]]))
            if piece[1]
            else values[piece[0]]
            for piece in self.pieces
        )


class Framing:
    """Finds the frames while MkDocs renders samples.

    folder: of the generated Markdown; site_url: as configured, or "". samples: the pages to look
    at, as `divide` chooses them. The plugin tells of each page that MkDocs renders what it was
    made of (`begin`) and what became of it (`end`).
    """

    def __init__(self, folder: Path, site_url: str, samples: Collection[str]) -> None:
        self.folder = folder
        self._site_url = site_url
        self._samples = samples
        self._found: dict[tuple[object, ...], tuple[Frame, int] | None] = {}
        self._context: Mapping[str, Any] = {}

    def begin(self, context: Mapping[str, Any]) -> None:
        """A page is about to be rendered with these values."""
        self._context = context

    def end(self, html: str, page: Any, environment: Any) -> None:
        """A page was rendered; html: all of it."""
        if page.file.src_uri not in self._samples or self._context.get("page") is not page:
            return
        source = read(self.folder, page.file.src_uri)
        if source is None:
            return
        known = self._found.get(source.kind, ())
        if known is None:
            return
        frame, pages = known or (_frame(self._context, page, source, environment), 0)
        same = frame.compose(source, self.canonical(source)) == html
        self._found[source.kind] = (frame, pages + 1) if same else None

    @property
    def frames(self) -> Mapping[tuple[object, ...], Frame]:
        """Kind of page -> its frame, where there is one."""
        found = (item for item in self._found.items() if item[1])
        return {kind: known[0] for kind, known in found if known and known[1] >= SAMPLES}

    def canonical(self, source: Source) -> str:
        """A page's whole address, as MkDocs makes it."""
        return urljoin(self._site_url.rstrip("/") + "/", source.url) if self._site_url else ""


def divide(paths: Iterable[str]) -> tuple[list[str], list[str]]:
    """Of the Markdown files of generated pages those that MkDocs must render so that there are
    frames, two of each folder that has many; and the others of these folders."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folders.setdefault(folder(destination.address(path)), []).append(path)
    large = [found for found in folders.values() if len(found) >= FEW]
    return (
        [path for found in large for path in found[:SAMPLES]],
        [path for found in large for path in found[SAMPLES:]],
    )


def read(folder: Path, path: str) -> Source | None:
    """A generated page as its file has it; None for one that must be left to MkDocs."""
    try:
        return parse(path, (folder / path).read_text(encoding="utf-8"))
    except OSError:
        return None


def parse(path: str, text: str) -> Source | None:
    """A generated page as its text has it; None for one that must be left to MkDocs."""
    url = destination.address(path)
    if not _PLAIN.fullmatch(url):
        return None
    head, mark, content = text.removeprefix("---\n").partition("\n---\n")
    if not mark or not text.startswith("---\n"):
        return None
    shown: dict[str, str] = {}
    other: list[tuple[str, str]] = []
    for line in head.splitlines():
        found = _LINE.fullmatch(line)
        # Whatever is doubtful is not printable, which is seen in a fraction of the time.
        if not found or (not line.isprintable() and _DOUBTFUL.search(line)):
            return None
        name, word, quoted = found.groups()
        try:
            value = word if quoted is None else json.loads(quoted)
        except ValueError:
            return None
        if name not in _SHOWN:
            other.append((name, value))
        elif quoted is None:
            # YAML takes some words for something else, such as "no".
            return None
        elif value:
            shown[name] = value
    if ("markup", "html") not in other:
        return None
    return Source(url=url, shown=shown, other=tuple(other), content=content.strip())


def folder(url: str) -> str:
    """Pages of one folder are equally far from everything else: "papers" for "papers/loaf/"."""
    return url.rstrip("/").rpartition("/")[0]


def _frame(context: Mapping[str, Any], page: Any, source: Source, environment: Any) -> Frame:
    """What the theme makes of a page that says signs instead of texts."""
    signs = {name: f"\ue000{name}{_LONG}&\ue001" for name in (*source.shown, _CONTENT, _CANONICAL)}
    blank = copy.copy(page)
    blank.content = signs[_CONTENT]
    blank.meta = {**page.meta, **{name: signs[name] for name in source.shown}}
    if page.canonical_url:
        blank.canonical_url = signs[_CANONICAL]
    template = environment.get_template(page.meta.get("template", "main.html"))
    text = template.render({**context, "page": blank})
    pieces: list[str | tuple[str, bool]] = []
    at = 0
    for found in _SIGN.finditer(text):
        pieces += [text[at : found.start()], (found[1], bool(found[2]))]
        at = found.end()
    return Frame(pieces=(*pieces, text[at:]))
