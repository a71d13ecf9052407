"""The texts of a library that people read, each with the place where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from builder.content import files
from builder.content.paper import Source
from builder.library import Library, shown_name
from builder.mathematics.tex import MATH
from builder.problems import Problem, ProblemsFound, Severity

# Code of Markdown: a fenced block, or a span that stays within its paragraph.
CODE = re.compile(
    r"^(?P<fence>```+|~~~+).*?^(?P=fence)"
    r"|(?<![\\`])(?P<ticks>`+)(?!`)(?P<code>(?:(?!\n[ \t]*\n).)+?)(?<!`)(?P=ticks)(?!`)",
    re.DOTALL | re.MULTILINE,
)
OPEN_CODE = re.compile(r"^ {0,3}(?P<fence>```+|~~~+).*", re.DOTALL | re.MULTILINE)
# Addresses, and the targets of links.
_ADDRESS = re.compile(r"<https?://[^>\s]*>|(?<=\])\([^)\s]*\)|https?://\S+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text and where it stands.

    field: as problems name it, such as "abstract" or "papers[2].note". markdown: whether it is
    Markdown; otherwise it is one line of plain text. Both may hold mathematics.
    of_collection: whether it belongs to a reading path, and not to a paper.
    """

    source: Source
    field: str
    text: str
    markdown: bool
    of_collection: bool = False

    def problem(self, at: int, message: str, hint: str, severity: Severity) -> Problem:
        """A problem with what stands at offset `at`."""
        line = self.source.problem(self.field, message).line
        if self.markdown:
            line += self.text.count("\n", 0, at)
        return Problem(
            path=self.source.path,
            line=line,
            field=self.field,
            message=message,
            hint=hint,
            severity=severity,
        )

    def without_code(self) -> str:
        """The text with spaces in the place of code, every other sign at its offset."""
        # Most texts hold neither code nor formulas, which is told sooner by what begins them.
        if not self.markdown or not ("`" in self.text or "~~~" in self.text):
            return self.text
        text = CODE.sub(_blank, self.text)
        # Code that never ends is told by itself; what follows it is read as code until then.
        return OPEN_CODE.sub(_blank, text)

    def words(self) -> str:
        """The text with spaces in the place of code, formulas and addresses, every other sign at
        its offset: what remains is read as it stands, but for Markdown's own signs."""
        text = self.without_code()
        if "$" in text:
            text = MATH.sub(_blank, text)
        if "http" in text or "](" in text:
            text = _ADDRESS.sub(_blank, text)
        if "\\" not in text:
            return text
        # A sign behind a backslash is itself; an escaped backslash is one that readers see.
        return _ESCAPED.sub(_unescaped if self.markdown else _dollar, text)


def texts(library: Library) -> Iterator[Text]:
    """Every text of papers and reading paths that may hold mathematics."""
    for paper in library.papers.values():
        for field, text in (("title", paper.title), ("summary", paper.summary)):
            if text:
                yield Text(source=paper.source, field=field, text=text, markdown=False)
        for field, text in (("abstract", paper.abstract), ("notes", paper.notes)):
            if text:
                yield Text(source=paper.source, field=field, text=text, markdown=True)
    for path in library.collections.values():
        lines = [("title", path.title), ("summary", path.summary)]
        lines += [(f"papers[{index}].note", step.note) for index, step in enumerate(path.papers)]
        for field, text in lines:
            if text:
                yield Text(
                    source=path.source, field=field, text=text, markdown=False, of_collection=True
                )
        yield Text(
            source=path.source,
            field="introduction",
            text=path.intro,
            markdown=True,
            of_collection=True,
        )


def pages(library: Library) -> Iterator[Text]:
    """The hand-written pages; one that cannot be read is left to MkDocs, which says why."""
    folder = library.root / "pages"
    if not folder.is_dir():
        return
    shown = shown_name(folder)
    for path in sorted(folder.rglob("*.md")):
        name = f"{shown}/{path.relative_to(folder).as_posix()}"
        try:
            text = files.read_text(path, name)
        except ProblemsFound:
            continue
        yield Text(source=Source(path=name, lines={"": 1}), field="", text=text, markdown=True)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"\S", " ", match[0])


def _unescaped(match: re.Match[str]) -> str:
    # Two signs each, so that offsets stay.
    return {"\\": " \\", "$": "  "}.get(match[1], f" {match[1]}")


def _dollar(match: re.Match[str]) -> str:
    return "  " if match[1] == "$" else match[0]
