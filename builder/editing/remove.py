"""A paper taken out: a tombstone says why, and nothing refers to it any more."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from builder.content import authors, canonical, edits, emit, removed
from builder.content.removed import Removed, Tombstone
from builder.editing.edit import Edit, Files, must_be_there, references, refused, silenced
from builder.library import Library
from builder.problems import ProblemsFound


def remove(library: Library, slug: str, reason: str) -> Edit:
    """The paper `slug` out of the list: its file, and its places in `related` of others, editions,
    reading paths and namesakes, and silences of its checks; its address says why.

    library: valid. Redirects to the paper stay, and lead to its tombstone.
    Raises ProblemsFound where there is no such paper, without a reason, and where the paper is
    the only one of a reading path or of a namesake: that needs a person.
    """
    must_be_there(library, slug)
    reason = " ".join(reason.split())
    if not reason:
        raise refused(library, "there is no reason", "say in a line why the paper goes")
    _check_alone(library, slug)
    files = Files(library)
    source = library.root / "papers" / f"{slug}.md"
    notes = [f"Removed {source.name}"]
    for path in references(library, slug):
        form = canonical.form_of(path)
        assert form is not None
        places = _places(library, path, slug)
        files.change(
            path,
            lambda text, places=places, front=form.front: edits.remove_items(
                text, places.__contains__, front=front, keep_empty=("papers",)
            ),
        )
        notes.append(f"Changed {path.relative_to(library.root).as_posix()}")
    path = library.root / "check.yml"
    if gone := {f"silence[{index}]" for index in silenced(library, slug)}:
        files.change(
            path,
            lambda text: edits.remove_items(
                text, gone.__contains__, front=False, keep_empty=("silence",)
            ),
        )
        notes.append(f"Changed {path.name}")
    stone = Tombstone(slug=slug, title=library.papers[slug].title, reason=reason)
    path = library.root / "removed.yml"
    files.change(path, lambda text: _with(text, stone, path, library.removed))
    notes.append(f"{stone.path} says why: {reason}")
    return files.edit(removed=(source,), notes=tuple(notes))


def _check_alone(library: Library, slug: str) -> None:
    problems = []
    for path in library.collections.values():
        if [step.paper for step in path.papers] == [slug]:
            message = "this reading path has no other paper"
            problems.append(path.source.problem("papers", message, "remove its file first"))
    for index, person in enumerate(library.authors.namesakes.values()):
        if person.papers == (slug,):
            problems.append(
                library.authors.source.problem(
                    f"namesakes[{index}].papers",
                    f'"{person.id}" has no other paper',
                    "remove this person first",
                )
            )
    if problems:
        raise ProblemsFound(problems)


def _places(library: Library, path: Path, slug: str) -> frozenset[str]:
    """The names of the places in a file where the paper stands."""
    kind = path.parent.name
    if kind == "papers":
        found = [("related", library.papers[path.stem].related)]
    elif kind == "editions":
        listings = library.editions[path.stem].papers
        found = [("papers", tuple(item.paper for item in listings))]
    elif kind == "collections":
        steps = library.collections[path.stem].papers
        found = [("papers", tuple(step.paper for step in steps))]
    else:
        assert path.name == "authors.yml"
        people: authors.Authors = library.authors
        found = [
            (f"namesakes[{index}].papers", person.papers)
            for index, person in enumerate(people.namesakes.values())
        ]
    return frozenset(
        f"{name}[{index}]"
        for name, slugs in found
        for index, other in enumerate(slugs)
        if other == slug
    )


def _with(text: str, stone: Tombstone, path: Path, known: Removed) -> str:
    """The text of removed.yml with one tombstone more, at its end.

    Raises ProblemsFound where nothing can be added behind what is there.
    """
    if not known.tombstones:
        return text + removed.dump(Removed(tombstones=MappingProxyType({stone.slug: stone})))
    if not text.endswith("\n"):
        text += "\n"
    text += (
        f"  - slug: {emit.scalar(stone.slug)}\n"
        f"    title: {emit.quoted(stone.title)}\n"
        f"    reason: {emit.scalar(stone.reason)}\n"
    )
    wanted = replace(known, tombstones=MappingProxyType({**known.tombstones, stone.slug: stone}))
    if removed.parse(text, path=path.as_posix()) != wanted:
        raise ProblemsFound(
            [known.source.problem("removed", "nothing can be added here", "run papershelf fmt")]
        )
    return text
