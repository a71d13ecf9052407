"""Suggested tags for papers that no curator has tagged, and files that take them over."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from builder.analysis.model import TagUse
from builder.analysis.phrases import PhraseFinder
from builder.analysis.reading import read_library
from builder.analysis.tags import Tagger, curated_rows
from builder.content import emit, files, frontmatter, paper
from builder.library import Library
from builder.problems import Problem, ProblemsFound, did_you_mean


def suggest(library: Library, slugs: Iterable[str] = ()) -> dict[str, tuple[TagUse, ...]]:
    """Suggested tags by slug, with reasons: of the papers named, or of all without curated tags.

    What a named paper's own curated tags teach is left out, as if it were new.
    Raises ProblemsFound where a slug is no paper's.
    """
    wanted = list(dict.fromkeys(slugs))
    problems = [_unknown(library, slug) for slug in wanted if slug not in library.papers]
    if problems:
        raise ProblemsFound(problems)
    if not wanted:
        wanted = [slug for slug, item in library.papers.items() if item.tags is None]
    papers = tuple(library.papers.values())
    row = {item.slug: index for index, item in enumerate(papers)}
    held_out = {row[slug] for slug in wanted}
    curated = {i: tags for i, tags in curated_rows(papers).items() if i not in held_out}
    reading = read_library(papers, PhraseFinder(library.vocabulary))
    tagger = Tagger(library.vocabulary, reading, curated)
    return {slug: tagger.uses(row[slug], papers) for slug in wanted}


def _unknown(library: Library, slug: str) -> Problem:
    papers = library.root / "papers"
    hint = did_you_mean(slug, library.papers) or f"the slugs are the names of the files in {papers}"
    path = (papers / f"{slug}.md").as_posix()
    return Problem(path=path, line=1, message="there is no such paper", hint=hint)


def with_tags(library: Library, suggested: dict[str, tuple[TagUse, ...]]) -> dict[Path, str]:
    """The files of papers without curated tags, with suggested tags as theirs, otherwise as they
    are byte for byte. Papers for which nothing is suggested are left out.

    Raises ProblemsFound where a file cannot be read.
    """
    changed: dict[Path, str] = {}
    for slug, uses in suggested.items():
        if uses and library.papers[slug].tags is None:
            path = library.root / "papers" / f"{slug}.md"
            line = emit.text_list("tags", (use.id for use in uses))
            text = files.read_text(path)
            changed[path] = frontmatter.set_fields(text, {"tags": line}, order=paper.KEYS)
    return changed
