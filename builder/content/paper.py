"""Papers: content/papers/SLUG.md, one paper a file. Reader and writer of the format."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath

from builder.content import emit, frontmatter, identifiers
from builder.content.fields import Fields, load_mapping
from builder.problems import Problem, ProblemsFound, did_you_mean

# In the order in which the writer puts them.
KEYS = (
    "title",
    "authors",
    "author_count",
    "organization",
    "date",
    "arxiv",
    "doi",
    "venue",
    "links",
    "summary",
    "tags",
    "related",
    "pick",
)
LINK_KINDS = ("code", "project", "data", "model", "demo", "video", "slides", "blog", "pdf")
_NOTES = re.compile(r"^##[ \t]+Notes[ \t]*#*[ \t]*$", re.MULTILINE)
_VENUE_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link out. kind: one of LINK_KINDS; url: an http or https address."""

    kind: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where something was read: the file's path as shown to people, and the lines of its parts.

    lines: "arxiv", "tags[2]", "links[0].url", ... -> 1-based line.
    """

    path: str
    lines: Mapping[str, int] = field(default_factory=dict)

    def problem(self, where: str, message: str, hint: str = "", **more: str) -> Problem:
        """A problem at the line of `where`."""
        line = self.lines.get(where) or self.lines.get(where.split("[")[0], 1)
        return Problem(path=self.path, line=line, field=where, message=message, hint=hint, **more)  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One paper, as its file says. Absent facts are None, absent lists empty.

    tags: the curators' tags, complete; None where they have not spoken yet.
    abstract, notes: Markdown.
    """

    slug: str
    title: str
    abstract: str
    authors: tuple[str, ...] = ()
    author_count: int | None = None
    organization: str | None = None
    date: datetime.date | None = None
    arxiv: str | None = None
    doi: str | None = None
    venue: str | None = None
    links: tuple[Link, ...] = ()
    summary: str | None = None
    tags: tuple[str, ...] | None = None
    related: tuple[str, ...] = ()
    pick: bool = False
    notes: str | None = None
    source: Source = field(default=Source(path=""), compare=False, repr=False)

    @cached_property
    def year(self) -> int | None:
        """The year of first publication, from the first fact that tells it: the date, the arXiv
        id (whose first digits are year and month of submission), the venue's year."""
        if self.date:
            return self.date.year
        if self.arxiv:
            return identifiers.arxiv_month(self.arxiv)[0]
        years = _VENUE_YEAR.findall(self.venue or "")
        return int(years[-1]) if years else None

    @property
    def has_code(self) -> bool:
        """Whether a link leads to code."""
        return any(link.kind == "code" for link in self.links)


def parse(text: str, *, path: str) -> Paper:
    """Read a paper from the text of its file; the slug is the name in `path`.

    Raises ProblemsFound with everything that is wrong with the file by itself. What needs the
    rest of the library (tags, related) is checked by `builder.library`.
    """
    parts = frontmatter.split(text, path=path)
    fields = load_mapping(parts.header, path=path, first_line=parts.header_line)
    fields.only(KEYS)
    slug = PurePath(path).stem
    problems = fields.problems
    verdict = identifiers.check_slug(slug)
    if verdict:
        problems.append(Problem(path=path, line=1, message=verdict[0], hint=verdict[1]))

    authors = fields.texts("authors")
    author_count = fields.integer("author_count", least=1)
    if author_count is not None and author_count < len(authors):
        fields.problem(
            "author_count",
            f"{author_count} is less than the {len(authors)} authors named",
            "correct the number, or remove the line: names that are given are counted",
        )
    abstract, notes, body_lines = _split_body(parts.body, parts.body_line)
    if not abstract:
        hint = "write the abstract below the front matter"
        problems.append(
            Problem(
                path=path, line=body_lines["abstract"], field="abstract", message="empty", hint=hint
            )
        )
    related = fields.texts("related")
    if slug in related:
        fields.problem("related", "the paper names itself", "remove it from the list")
    title = fields.text("title", required=True)
    if title and not re.search(r"\w", title) and not identifiers.make_slug(title):
        fields.problem("title", "no letter or digit in it", "write the paper's title")
    paper = Paper(
        slug=slug,
        title=title or "",
        abstract=abstract,
        authors=authors,
        author_count=author_count,
        organization=fields.text("organization"),
        date=fields.date("date"),
        arxiv=fields.matching("arxiv", identifiers.check_arxiv),
        doi=fields.matching("doi", identifiers.check_doi),
        venue=fields.text("venue"),
        links=tuple(_links(fields)),
        summary=fields.text("summary"),
        tags=fields.texts("tags") if "tags" in fields else None,
        related=related,
        pick=fields.flag("pick"),
        notes=notes,
        source=Source(path=path, lines={**fields.lines, **body_lines}),
    )
    if problems:
        raise ProblemsFound(problems)
    return paper


def _links(fields: Fields) -> Iterator[Link]:
    for item in fields.mappings("links"):
        item.only(("kind", "url"))
        kind = item.text("kind", required=True)
        url = item.matching("url", identifiers.check_url, required=True)
        if kind and kind not in LINK_KINDS:
            hint = did_you_mean(kind, LINK_KINDS) or f"known kinds: {', '.join(LINK_KINDS)}"
            item.problem("kind", f'"{kind}" is no kind of link', hint)
        elif kind and url:
            yield Link(kind=kind, url=url)


def _split_body(body: str, line: int) -> tuple[str, str | None, dict[str, int]]:
    """(abstract, notes, lines at which they begin): the body around its heading "## Notes"."""
    body = body.replace("\r\n", "\n")
    heading = _NOTES.search(body)
    abstract = body[: heading.start()] if heading else body
    lines = {"abstract": frontmatter.text_line(body, line) if abstract.strip() else line}
    notes = body[heading.end() :].strip() if heading else ""
    if heading and notes:
        lines["notes"] = frontmatter.text_line(body, line, heading.end())
    return abstract.strip(), notes or None, lines


def dump(paper: Paper) -> str:
    """The canonical text of a paper's file; `parse` reads an equal paper back from it."""
    lines = ["---", *header_lines(paper).values(), "---", paper.abstract]
    if paper.notes:
        lines += ["", "## Notes", paper.notes]
    return "\n".join(lines) + "\n"


def header_lines(paper: Paper) -> dict[str, str]:
    """The canonical YAML of each front matter key that has a value, in canonical order."""
    lines = {"title": f"title: {emit.quoted(paper.title)}"}
    for key in ("authors", "tags", "related"):
        values = getattr(paper, key)
        if values or (key == "tags" and values is not None):
            lines[key] = emit.text_list(key, values)
    for key in ("author_count", "organization", "date", "doi", "venue", "summary"):
        value = getattr(paper, key)
        if value is not None:
            lines[key] = f"{key}: {emit.scalar(value)}"
    if paper.arxiv:
        lines["arxiv"] = f"arxiv: {emit.quoted(paper.arxiv)}"
    if paper.links:
        items = (emit.flow_map({"kind": link.kind, "url": link.url}) for link in paper.links)
        lines["links"] = "\n".join(["links:", *(f"  - {item}" for item in items)])
    if paper.pick:
        lines["pick"] = "pick: true"
    return {key: lines[key] for key in KEYS if key in lines}
