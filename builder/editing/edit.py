"""What an edit does to the files of content/."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from builder.content import files
from builder.content.canonical import Form, canonical, form_of
from builder.library import Library
from builder.problems import Problem, ProblemsFound, did_you_mean


@dataclass(frozen=True, kw_only=True)
class Edit:
    """files: path -> its new text. removed: files that go. notes: what was done, in sentences."""

    files: Mapping[Path, str]
    removed: tuple[Path, ...] = ()
    notes: tuple[str, ...] = ()


class Files:
    """The files of a library while an edit is made: each read once, its newest text."""

    def __init__(self, library: Library) -> None:
        self.root = library.root
        self.changed: dict[Path, str] = {}

    def text(self, path: Path) -> str:
        """The text of a file; "" where there is none.

        Raises ProblemsFound as `files.read_text` does.
        """
        if path in self.changed:
            return self.changed[path]
        return files.read_text(path) if path.exists() else ""

    def change(self, path: Path, edit: Callable[[str], str]) -> bool:
        """Change a file's text; one in canonical form stays so. Whether anything came of it.

        Raises ProblemsFound where the result could not be read.
        """
        before = self.text(path)
        after = edit(before)
        if after == before:
            return False
        form = form_of(path)
        assert form is not None
        if not before or _is_canonical(before, form, path):
            after = canonical(after, form, path=path.as_posix())
        form.parse(after, path=path.as_posix())
        self.changed[path] = after
        return True

    def edit(self, *, removed: tuple[Path, ...] = (), notes: tuple[str, ...] = ()) -> Edit:
        """What came of it all."""
        kept = {path: text for path, text in self.changed.items() if path not in removed}
        return Edit(files=MappingProxyType(kept), removed=removed, notes=notes)


def _is_canonical(text: str, form: Form, path: Path) -> bool:
    return canonical(text, form, path=path.as_posix()) == text


def refused(library: Library, message: str, hint: str, path: str = "") -> ProblemsFound:
    """A refusal, at the file of `path` or, without one, of what was typed."""
    where = path or "command line"
    return ProblemsFound([Problem(path=where, line=1, message=message, hint=hint)])


def must_be_there(library: Library, slug: str) -> None:
    """Raises ProblemsFound where there is no such paper."""
    if slug in library.papers:
        return
    if slug in library.removed.tombstones:
        hint = f"reason: {library.removed.tombstones[slug].reason}"
        raise refused(library, f'the paper "{slug}" was removed', hint)
    hint = did_you_mean(slug, library.papers) or "give the name of a file in papers/ without .md"
    raise refused(library, f'there is no paper "{slug}"', hint)


def silenced(library: Library, slug: str) -> tuple[int, ...]:
    """Which silences of check.yml are for a paper's own file, by their place in it."""
    names = (f"papers/{slug}.md", f"{slug}.md")
    entries = library.silences.entries
    return tuple(index for index, item in enumerate(entries) if item.path in names)


def references(library: Library, slug: str) -> tuple[Path, ...]:
    """The files that name a paper, sorted; without its own, redirects and tombstones."""
    root = library.root
    found = {
        root / "papers" / f"{paper.slug}.md"
        for paper in library.papers.values()
        if slug in paper.related
    }
    found |= {
        root / "editions" / f"{item.edition.id}.yml" for item in library.appearances.get(slug, ())
    }
    found |= {
        root / "collections" / f"{path.id}.md"
        for path in library.collections.values()
        if any(step.paper == slug for step in path.papers)
    }
    if any(slug in person.papers for person in library.authors.namesakes.values()):
        found.add(root / "authors.yml")
    return tuple(sorted(found))
