"""Collections: content/collections/ID.md, a curated reading path. Reader and writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from builder.content import emit, frontmatter, identifiers
from builder.content.fields import Fields, load_mapping
from builder.content.paper import Source
from builder.problems import Problem, ProblemsFound

KEYS = ("title", "summary", "papers")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A paper on a reading path. note: why it stands here and what to look for; plain text."""

    paper: str
    note: str


@dataclass(frozen=True, kw_only=True)
class Collection:
    """A reading path, in reading order. intro: Markdown, the question that the path follows."""

    id: str
    title: str
    summary: str | None
    intro: str
    papers: tuple[Step, ...]
    source: Source = field(default=Source(path=""), compare=False, repr=False)


def parse(text: str, *, path: str) -> Collection:
    """Read a collection from the text of its file; the id is the name in `path`.

    Raises ProblemsFound with everything that is wrong with the file by itself.
    """
    parts = frontmatter.split(text, path=path)
    fields = load_mapping(parts.header, path=path, first_line=parts.header_line)
    fields.only(KEYS)
    problems = fields.problems
    verdict = identifiers.check_slug(PurePath(path).stem)
    if verdict:
        problems.append(Problem(path=path, line=1, message=verdict[0], hint=verdict[1]))
    body = parts.body.replace("\r\n", "\n")
    intro = body.strip()
    intro_line = frontmatter.text_line(body, parts.body_line) if intro else parts.body_line
    if not intro:
        problems.append(
            Problem(
                path=path,
                line=parts.body_line,
                field="introduction",
                message="empty",
                hint="write a paragraph on the question that this path follows",
            )
        )
    steps = tuple(_steps(fields))
    if not steps and not problems:
        fields.problem("papers", "no paper is named", "add papers, each with a note")
    collection = Collection(
        id=PurePath(path).stem,
        title=fields.text("title", required=True) or "",
        summary=fields.text("summary"),
        intro=intro,
        papers=steps,
        source=Source(path=path, lines={**fields.lines, "introduction": intro_line}),
    )
    if problems:
        raise ProblemsFound(problems)
    return collection


def _steps(fields: Fields) -> Iterator[Step]:
    seen: dict[str, int] = {}
    for index, item in enumerate(fields.mappings("papers")):
        name = f"papers[{index}]"
        item.only(("paper", "note"))
        slug = item.text("paper", required=True)
        note = item.text("note", required=True)
        fields.lines[name] = item.line("paper")
        if slug in seen:
            message = f'"{slug}" stands here a second time (first in line {seen[slug]})'
            fields.problem(name, message, "remove one of the two")
        elif slug and note:
            seen[slug] = item.line("paper")
            yield Step(paper=slug, note=note)


def dump(collection: Collection) -> str:
    """The canonical text of a collection's file; `parse` reads an equal one back from it."""
    lines = ["---", f"title: {emit.quoted(collection.title)}"]
    if collection.summary:
        lines.append(f"summary: {emit.scalar(collection.summary)}")
    lines.append("papers:")
    for step in collection.papers:
        lines += [f"  - paper: {emit.scalar(step.paper)}", f"    note: {emit.scalar(step.note)}"]
    return "\n".join([*lines, "---", collection.intro, ""])
