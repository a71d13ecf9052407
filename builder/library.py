"""The library: all of content/, loaded, checked as a whole, and from then on immutable."""

from __future__ import annotations

import contextlib
import datetime
import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import TypeVar

from builder import parallel
from builder.content import (
    authors,
    collection,
    edition,
    files,
    paper,
    parsed,
    redirects,
    removed,
    seen,
    silences,
    vocabulary,
)
from builder.content.authors import Authors, author_id
from builder.content.collection import Collection
from builder.content.edition import Edition
from builder.content.identifiers import check_slug, make_slug
from builder.content.paper import Paper, Source
from builder.content.redirects import Redirects
from builder.content.removed import Removed
from builder.content.silences import Silences
from builder.content.vocabulary import Vocabulary
from builder.memory import Memory, packed, stamp, unpacked
from builder.problems import Problem, ProblemsFound, did_you_mean

T = TypeVar("T", Paper, Edition, Collection)

# So many files are read faster by this process than they are divided among several.
_FEW = 1000
# The kind of memory in which the vocabulary is kept.
_SINGLE = "parsed files"
# What a file in the wrong folder may be: what editors and Git leave, what has a folder of its own,
# and texts whose name ends otherwise than ours do.
_LEFT_BEHIND = ("~", ".bak", ".orig", ".rej", ".swp", ".tmp")
_HOMES = {".md": "papers/ or collections/", ".yml": "editions/"}
_TEXTS = frozenset(("", ".md", ".markdown", ".mdown", ".txt", ".text", ".yml", ".yaml"))


@dataclass(frozen=True, kw_only=True)
class Appearance:
    """One listing of a paper: in which edition, at which place (from 1), with which comments."""

    edition: Edition
    position: int
    comments: int | None


@dataclass(frozen=True, kw_only=True)
class Library:
    """Everything in content/, valid.

    papers: by slug, sorted by slug. editions: by id, newest first, undated last.
    collections: by id, sorted by title.
    digests: path below `root` ("papers/half-a-loaf.md", "tags.yml") -> digest of the file's bytes,
    of every file that this was loaded from.
    """

    root: Path
    papers: Mapping[str, Paper]
    editions: Mapping[str, Edition] = field(default_factory=lambda: MappingProxyType({}))
    collections: Mapping[str, Collection] = field(default_factory=lambda: MappingProxyType({}))
    vocabulary: Vocabulary = field(default_factory=Vocabulary)
    redirects: Redirects = field(default_factory=Redirects)
    authors: Authors = field(default_factory=Authors)
    removed: Removed = field(default_factory=Removed)
    silences: Silences = field(default_factory=Silences)
    digests: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({}), compare=False, repr=False
    )

    @cached_property
    def paper_digests(self) -> Mapping[str, str]:
        """Slug -> digest of the bytes of the paper's file; "" of one that came from none."""
        return MappingProxyType(
            {slug: self.digests.get(f"papers/{slug}.md", "") for slug in self.papers}
        )

    @cached_property
    def appearances(self) -> Mapping[str, tuple[Appearance, ...]]:
        """Where each paper was listed: slug -> appearances, newest edition first."""
        found: dict[str, list[Appearance]] = {}
        for item in self.editions.values():
            for position, listing in enumerate(item.papers, start=1):
                found.setdefault(listing.paper, []).append(
                    Appearance(edition=item, position=position, comments=listing.comments)
                )
        return MappingProxyType({slug: tuple(items) for slug, items in found.items()})

    @cached_property
    def authorship(self) -> Mapping[str, tuple[str, ...]]:
        """Slug -> ids of the paper's authors, in printed order: one an author, whatever the
        spelling, and of namesakes one each."""
        return _Authorship(self)


class _Authorship(Mapping[str, tuple[str, ...]]):
    """The ids of papers' authors, made when they are first asked for: an edit needs few."""

    def __init__(self, library: Library) -> None:
        self._papers = library.papers
        self._authors = library.authors
        self._made: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, slug: str) -> tuple[str, ...]:
        made = self._made.get(slug)
        if made is None:
            names, id_of = self._papers[slug].authors, self._authors.id_of
            self._made[slug] = made = tuple([id_of(name, slug) for name in names])
        return made

    def __iter__(self) -> Iterator[str]:
        return iter(self._papers)

    def __len__(self) -> int:
        return len(self._papers)


def load(
    root: Path, memory: Memory | None = None, looked: Mapping[str, str] | None = None
) -> Library:
    """Load and check the content directory `root`.

    memory: what earlier builds worked out; the library is the same with and without. looked: path
    below the root -> digest of each file, where somebody has looked at all of them just now.
    Raises ProblemsFound with every problem of every file.
    """
    library, problems = inspect(root, memory, looked)
    if problems:
        raise ProblemsFound(problems)
    return library


def inspect(
    root: Path, memory: Memory | None = None, looked: Mapping[str, str] | None = None
) -> tuple[Library, list[Problem]]:
    """Everything that can be loaded from `root`, and every problem, sorted by file and line.

    What is broken is missing in the library, so that checks of the rest still have something to
    hold on to; nothing may be built from it unless there is no problem.
    memory, looked: as in `load`.
    """
    if not root.is_dir():
        hint = "give the folder that holds papers/ (papershelf --content DIR ...)"
        message = "there is no such content folder"
        return Library(root=root, papers={}), [
            Problem(path=shown_name(root), line=1, message=message, hint=hint)
        ]
    with _nothing_to_collect():
        return _inspect(root, memory or Memory(), looked)


def _inspect(
    root: Path, memory: Memory, looked: Mapping[str, str] | None
) -> tuple[Library, list[Problem]]:
    problems: list[Problem] = []
    shown_root = shown_name(root)
    looks = seen.Seen(root, memory) if looked is None else None
    digests: dict[str, str] = {}
    broken: set[tuple[str, str]] = set()

    def known_digest(name: str, entry: os.DirEntry[str]) -> str | None:
        if looks:
            return looks.digest(name, entry.stat(follow_symlinks=False))
        return (looked or {}).get(name)

    def read(name: str) -> bytes:
        data = files.read_bytes(root / name, f"{shown_root}/{name}")
        digests[name] = stamp(data)
        return data

    def folder(kind: str, ending: str, parse: Callable[..., T]) -> dict[str, T]:
        known: parsed.Parsed[T] = parsed.Parsed(kind, f"{shown_root}/{kind}", memory)
        # Those that are to be looked at keep their places.
        found: dict[str, tuple[str, T | None]] = {}
        unknown: dict[str, os.DirEntry[str]] = {}
        for entry in _files(root / kind, ending, problems):
            # An editor may be putting another file in its place right now.
            with contextlib.suppress(FileNotFoundError):
                file, digest = entry.name, known_digest(f"{kind}/{entry.name}", entry)
                found[file] = digest or "", known.get(file, digest) if digest else None
                if not found[file][1]:
                    unknown[file] = entry

        def look(names: Sequence[str]) -> list[tuple[str, T | None, Sequence[Problem]]]:
            """Of each file a digest, what it says where that is not known, what is wrong in it."""
            return [_look(f"{kind}/{file}", partial(known.get, file), parse) for file in names]

        told = parallel.spread(look, list(unknown), few=_FEW)
        for (file, entry), (digest, item, wrong) in zip(unknown.items(), told, strict=True):
            if digest and looks:
                # Its status is that of before it was read.
                looks.note(f"{kind}/{file}", entry.stat(follow_symlinks=False), digest)
            if wrong:
                problems.extend(wrong)
                broken.add((kind, file.removesuffix(ending)))
            elif item:
                known.note(file, digest, item)
            else:
                item = known.get(file, digest)
            found[file] = digest, item
        known.remember()
        digests.update((f"{kind}/{file}", digest) for file, (digest, _) in found.items() if digest)
        return {file.removesuffix(ending): item for file, (_, item) in found.items() if item}

    def _look(
        name: str, known: Callable[[str], T | None], parse: Callable[..., T]
    ) -> tuple[str, T | None, Sequence[Problem]]:
        shown, digest = f"{shown_root}/{name}", ""
        try:
            data = files.read_bytes(root / name, shown)
            digest = stamp(data)
            if known(digest):
                return digest, None, ()
            return digest, parse(files.decode_content(data, shown), path=shown), ()
        except ProblemsFound as error:
            return digest, None, error.problems

    def single(name: str, parse: Callable[..., object], empty: object) -> object:
        path = root / name
        digest = (looked or {}).get(name, "")
        if digest and parse is vocabulary.parse:
            # Of these files it alone is long in every list.
            mark, value = memory.one(_SINGLE, name)
            if mark == f"{shown_root} {digest}" and (known := unpacked(value)) is not None:
                digests[name] = digest
                return known
        if not path.exists() and not path.is_symlink():
            return empty
        shown = f"{shown_root}/{name}"
        try:
            found = parse(files.decode_content(read(name), shown), path=shown)
            if parse is vocabulary.parse:
                memory.remember(_SINGLE, {name: (f"{shown_root} {digests[name]}", packed(found))})
            return found
        except ProblemsFound as error:
            problems.extend(error.problems)
            broken.add((name, ""))
            return empty

    papers = folder("papers", ".md", paper.parse)
    editions = folder("editions", ".yml", edition.parse)
    collections = folder("collections", ".md", collection.parse)
    words = single("tags.yml", vocabulary.parse, Vocabulary())
    moved = single("redirects.yml", redirects.parse, Redirects())
    people = single("authors.yml", authors.parse, Authors())
    gone = single("removed.yml", removed.parse, Removed())
    silent = single("check.yml", silences.parse, Silences())
    if looks:
        looks.remember()
    library = Library(
        root=root,
        papers=MappingProxyType(papers),
        editions=MappingProxyType(_by_date(editions.values())),
        collections=MappingProxyType(
            {item.id: item for item in sorted(collections.values(), key=_title)}
        ),
        vocabulary=words,  # type: ignore[arg-type]
        redirects=moved,  # type: ignore[arg-type]
        authors=people,  # type: ignore[arg-type]
        removed=gone,  # type: ignore[arg-type]
        silences=silent,  # type: ignore[arg-type]
        digests=MappingProxyType(digests),
    )
    # A reference to a file that is there but broken is not dangling: its own problem is enough.
    slugs = papers.keys() | {stem for kind, stem in broken if kind == "papers"}
    problems += _dangling(library, slugs)
    problems += _strangers(library, slugs)
    problems += _risen(library, slugs)
    if ("tags.yml", "") not in broken:
        problems += _unknown_tags(library)
        problems += _astray(library, broken)
    return library, sorted(set(problems))


def shown_name(root: Path) -> str:
    """The folder as a person would name it: below the working directory where it lies there."""
    try:
        return root.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return root.as_posix()


@contextlib.contextmanager
def _nothing_to_collect() -> Iterator[None]:
    """Keeps Python from looking for garbage: of ten thousand papers that are here to stay it would
    find none, and look at all of them again and again, for as long as reading them takes."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _files(folder: Path, ending: str, problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    """The content files of a folder, by name; anything else but hidden files is a problem."""
    if not folder.is_dir():
        return
    shown = f"{shown_name(folder.parent)}/{folder.name}"
    with os.scandir(folder) as entries:
        found = [entry for entry in entries if not entry.name.startswith(".")]
    for entry in sorted(found, key=lambda entry: entry.name.removesuffix(ending)):
        if entry.name.endswith(ending):
            yield entry
            continue
        is_folder = entry.is_dir(follow_symlinks=False)
        what = "no folder belongs" if is_folder else f"only {ending} files belong"
        problems.append(
            Problem(
                path=f"{shown}/{entry.name}",
                line=1,
                message=f"{what} in this folder",
                hint=_advice(entry.name, ending, is_folder=is_folder),
            )
        )


def _advice(name: str, ending: str, *, is_folder: bool) -> str:
    """What to do with something that does not belong where it is."""
    if is_folder:
        return "move its files up, and remove it"
    if name.endswith(_LEFT_BEHIND):
        return "remove it: an editor or Git has left it here"
    suffix = PurePath(name).suffix
    if suffix in _HOMES and suffix != ending:
        return f"move it to {_HOMES[suffix]}"
    stem = name.partition(".")[0]
    if suffix.lower() in _TEXTS:
        return f'rename it to "{stem}{ending}", or move it elsewhere'
    return "move it elsewhere"


def _title(item: Collection) -> tuple[str, str]:
    return item.title.casefold(), item.id


def _by_date(editions: Iterable[Edition]) -> dict[str, Edition]:
    ordered = sorted(editions, key=lambda item: item.id)
    ordered.sort(key=lambda item: item.date or datetime.date.min, reverse=True)
    return {item.id: item for item in ordered}


def _dangling(library: Library, slugs: set[str]) -> Iterator[Problem]:
    """References to papers that do not exist."""

    def missing(source: Source, where: str, slug: str) -> Iterator[Problem]:
        if slug not in slugs:
            # Titles are written where slugs are meant, too.
            sound = [item for item in slugs if check_slug(item) is None]
            hint = did_you_mean(slug, sound) or did_you_mean(make_slug(slug), sound)
            hint = hint or "add the paper, or remove this line"
            yield source.problem(where, f'there is no paper "{slug}"', hint)

    for item in library.papers.values():
        for index, slug in enumerate(item.related):
            yield from missing(item.source, f"related[{index}]", slug)
    for listing in library.editions.values():
        for where, entry in zip(_item_lines(listing.file, "papers"), listing.papers, strict=True):
            yield from missing(listing.file, where, entry.paper)
    for path in library.collections.values():
        for where, step in zip(_item_lines(path.source, "papers"), path.papers, strict=True):
            yield from missing(path.source, where, step.paper)


def _risen(library: Library, slugs: set[str]) -> Iterator[Problem]:
    """Tombstones of papers that are there all the same."""
    for index, item in enumerate(library.removed.tombstones.values()):
        if item.slug in slugs:
            yield library.removed.source.problem(
                f"removed[{index}].slug",
                f'the paper "{item.slug}" is there, and its tombstone, too',
                "remove one of the two",
            )


def _strangers(library: Library, slugs: set[str]) -> Iterator[Problem]:
    """Namesakes whose papers are not there or do not name them, or whose page is another's."""
    if not library.authors.namesakes:
        return
    source = library.authors.source
    plain = {author_id(name) for item in library.papers.values() for name in item.authors}
    for index, person in enumerate(library.authors.namesakes.values()):
        at = f"namesakes[{index}]"
        if person.id in plain:
            message = f'"{person.id}" is the page of another author'
            yield source.problem(f"{at}.id", message, "choose another id")
        for number, slug in enumerate(person.papers):
            where = f"{at}.papers[{number}]"
            if slug not in slugs:
                hint = did_you_mean(slug, slugs) or "add the paper, or remove it from the list"
                yield source.problem(where, f'there is no paper "{slug}"', hint)
            elif slug in library.papers:
                names = library.papers[slug].authors
                if author_id(person.name) not in map(author_id, names):
                    hint = did_you_mean(person.name, names) or "remove it from the list"
                    yield source.problem(where, f'"{slug}" names no "{person.name}"', hint)


def _astray(library: Library, broken: set[tuple[str, str]]) -> Iterator[Problem]:
    """Redirects from a page that is there, to one that is not, to another redirect, in a circle.

    Only pages that a file stands for and the main lists are known here; other paths are taken on
    trust.
    """
    lists = {f"/{name}/" for name in ("browse", "tags", "editions", "authors", "years")}
    written = library.root / "pages"
    lists |= {
        f"/{path.relative_to(written).with_suffix('').as_posix()}/"
        for path in written.rglob("*.md")
    }
    known: dict[str, Iterable[str]] = {
        "papers": library.papers.keys() | library.removed.tombstones.keys(),
        "editions": library.editions,
        "collections": library.collections,
        "tags": library.vocabulary.tags,
    }

    def there(path: str) -> bool | None:
        """Whether a page has this path; None where that is not known here."""
        if path in lists:
            return True
        kind, _, name = path.strip("/").partition("/")
        return name in known[kind] or (kind, name) in broken if kind in known and name else None

    moved = {item.old: item.new for item in library.redirects.entries}
    source = library.redirects.source
    for item in library.redirects.entries:
        if there(item.old):
            yield source.problem(item.old, "there is a page at this path", "remove the line")
        seen, path = {item.old}, item.new
        while path in moved and path not in seen:
            seen.add(path)
            path = moved[path]
        if path in seen:
            yield source.problem(item.old, "leads in a circle", "let it lead to a page")
        elif item.new in moved:
            message = f'leads to "{item.new}", which is a redirect itself'
            yield source.problem(item.old, message, f'write "{path}" instead')
        elif there(path) is False:
            kind, _, name = path.strip("/").partition("/")
            hint = did_you_mean(name, known[kind]) or "let it lead to a page that is there"
            yield source.problem(item.old, f'there is no page "{path}"', hint)


def _item_lines(source: Source, key: str) -> list[str]:
    """The names under which the lines of a list's items are known: "papers[0]", ..."""
    names = [name for name in source.lines if name.startswith(f"{key}[") and name.endswith("]")]
    return sorted(names, key=lambda name: int(name[len(key) + 1 : -1]))


def _unknown_tags(library: Library) -> Iterator[Problem]:
    known = library.vocabulary.tags
    for item in library.papers.values():
        for index, tag in enumerate(item.tags or ()):
            if tag not in known:
                hint = did_you_mean(tag, known)
                if not hint:
                    hint = "choose one from tags.yml" if known else "write content/tags.yml first"
                yield item.source.problem(f"tags[{index}]", f'there is no tag "{tag}"', hint)
