"""A paper's file under another name, and everything that refers to it."""

from __future__ import annotations

import re

from builder.content import edits, identifiers, redirects
from builder.content.canonical import form_of
from builder.editing.edit import Edit, Files, must_be_there, references, refused, silenced
from builder.library import Library

# Where files name papers, as `builder.content.fields` calls these places.
_PLACES = re.compile(r"related\[\d+\]|papers\[\d+\](?:\.paper)?|namesakes\[\d+\]\.papers\[\d+\]")


def rename(library: Library, old: str, new: str) -> Edit:
    """The paper `old` as `new`: its file, `related` of others, editions, reading paths, namesakes,
    silences of its checks, and a redirect. Redirects stay free of chains; renaming back takes the
    redirect away.

    library: valid. Raises ProblemsFound where there is no such paper, or the new name is taken.
    """
    must_be_there(library, old)
    verdict = identifiers.check_slug(new)
    if verdict:
        raise refused(library, *verdict)
    if new == old:
        raise refused(library, "the two names are the same", "give another one")
    if new in library.papers:
        path = library.papers[new].source.path
        raise refused(library, "a paper with this name is there", "choose another name", path)
    if new in library.removed.tombstones:
        message = f'a paper "{new}" was removed, and its address says why'
        path = library.removed.source.path
        raise refused(library, message, "choose another name", path)
    for item in library.redirects.entries:
        if item.old == _page(new) and item.new != _page(old):
            message = f'the address of "{new}" leads to {item.new}'
            path = library.redirects.source.path
            raise refused(library, message, "choose another name", path)
    files = Files(library)
    papers = library.root / "papers"
    source, target = papers / f"{old}.md", papers / f"{new}.md"
    notes = [f"Renamed {source.name} to {target.name}"]
    files.changed[target] = files.text(source)
    for path in references(library, old):
        front = form_of(path).front  # type: ignore[union-attr]
        files.change(
            path, lambda text, front=front: edits.rename(text, old, new, _is_place, front=front)
        )
        notes.append(f"Changed {path.relative_to(library.root).as_posix()}")
    path = library.root / "check.yml"
    if places := {f"silence[{index}].path" for index in silenced(library, old)}:
        for was, now in ((f"papers/{old}.md", f"papers/{new}.md"), (f"{old}.md", f"{new}.md")):
            files.change(
                path,
                lambda text, was=was, now=now: edits.rename(
                    text, was, now, places.__contains__, front=False
                ),
            )
        notes.append(f"Changed {path.name}")
    path = library.root / "redirects.yml"
    files.change(
        path,
        lambda text: redirects.moved(text, [(_page(old), _page(new))], path=path.as_posix()),
    )
    notes.append(f"{_page(old)} leads to {_page(new)}")
    return files.edit(removed=(source,), notes=tuple(notes))


def _page(slug: str) -> str:
    return f"/papers/{slug}/"


def _is_place(name: str) -> bool:
    return _PLACES.fullmatch(name) is not None
