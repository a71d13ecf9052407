"""What the last build was made of, known by digests, never by trust in clocks alone."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass
from pathlib import Path

import builder
from builder.content.seen import Seen
from builder.memory import Memory, stamp
from builder.problems import Problem

_PACKAGES = (
    "bibtexparser", "cbor2", "feedgenerator", "jinja2", "markdown", "math-core", "mkdocs",
    "mkdocs-material", "nameparser", "nh3", "numpy", "pagefind", "pylatexenc",
    "pillow", "pymdown-extensions", "python-slugify", "pyyaml", "rispy", "rjsmin",
    "scipy",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """Digests of what a site is made of.

    shell: all that every page depends on (configuration, theme, programs). content: content/, its
    history and the page templates. docs: hand-written file -> digest, paths relative to their
    folder.
    """

    shell: str
    content: str
    docs: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class State:
    """The end of a build that went well.

    outputs: digest of names, sizes and modification times of all files of the site.
    sections: the lists that the theme's navigation names; pages: how many pages there are; lists:
    the files of many papers for machines, paths below the site. heads: what the heads of some
    pages say beside their Markdown, path of the Markdown file -> text. searchable: the search
    index stands for these very pages. findings: what was found wrong in texts, and still is as
    long as nothing changes.
    """

    inputs: Inputs
    outputs: str
    sections: tuple[tuple[str, str], ...]
    pages: int
    lists: tuple[str, ...]
    heads: Mapping[str, str]
    searchable: bool
    findings: tuple[Problem, ...]


def programs() -> str:
    """A digest of all code that makes a site, ours and others', and of the interpreter."""
    package = Path(builder.__file__).parent
    return _digest(
        [
            sys.version,
            *(f"{name} {_version(name)}" for name in _PACKAGES),
            *(f"{name}:{digest}" for name, digest in digests(package, "*.py").items()),
        ]
    )


def inputs(
    *,
    programs: str,
    settings: str,
    content: Path,
    docs: Path,
    templates: Iterable[Path],
    theme: Iterable[Path],
    memory: Memory,
    history: str = "",
) -> Inputs:
    """Digest everything that a build reads.

    programs: as the function of that name says. settings: the configuration as one text; templates,
    theme: folders of templates, of pages and of the theme; memory: for looks at content/; history:
    what changes with the dates that Git gives.
    """
    looks = [f"{folder}:{digests(folder)}" for folder in theme]
    forms = [f"{folder}:{digests(folder)}" for folder in templates]
    return Inputs(
        shell=_digest([programs, settings, *looks]),
        content=_digest([history, str(seen(content, memory)), *forms]),
        docs=digests(docs),
    )


def digests(folder: Path, pattern: str = "*") -> dict[str, str]:
    """Path below the folder -> digest of the file, sorted; nothing for a folder that is not."""
    return {
        path.relative_to(folder).as_posix(): stamp(path.read_bytes())
        for path in sorted(folder.rglob(pattern))
        if path.is_file() and "__pycache__" not in path.parts
    }


def seen(folder: Path, memory: Memory) -> dict[str, str]:
    """As `digests`, but reads only what changed since the last look."""
    looks = Seen(folder, memory, "build ")
    found: dict[str, str] = {}
    for name, status in sorted(_walk(folder)):
        digest = looks.digest(name, status)
        if digest is None:
            digest = stamp((folder / name).read_bytes())
            looks.note(name, status, digest)
        found[name] = digest
    looks.remember()
    return found


def outputs(site: Path) -> dict[str, str]:
    """Path below the site's folder -> size and time of modification of each file."""
    return {name: _sign(status) for name, status in _walk(site)}


def outputs_after(
    site: Path, before: Mapping[str, str], changed: Iterable[str], kept: Sequence[str]
) -> dict[str, str]:
    """As `outputs`, after a build that changed few files.

    before: what `outputs` found before it; kept: folders in which the build changed nothing but the
    files named in `changed`, so that no other is looked at there. What is changed there by somebody
    else meanwhile is found by the next build.
    """
    inside = tuple(f"{name}/" for name in kept)
    found = {name: sign for name, sign in before.items() if name.startswith(inside)}
    for name in changed:
        if name.startswith(inside):
            try:
                status = os.stat(f"{site}/{name}", follow_symlinks=False)  # noqa: PTH116
            except (FileNotFoundError, NotADirectoryError):
                found.pop(name, None)
            else:
                found[name] = _sign(status)
    found |= {name: _sign(status) for name, status in _walk(site, frozenset(kept))}
    return found


def outputs_digest(found: Mapping[str, str]) -> str:
    """A digest of what `outputs` found."""
    return stamp("\0".join([f"{name}\0{found[name]}" for name in sorted(found)]))


def _sign(status: os.stat_result) -> str:
    return f"{status.st_size}:{status.st_mtime_ns}"


def _walk(folder: Path, without: Set[str] = frozenset()) -> Iterator[tuple[str, os.stat_result]]:
    """(path below the folder, status) of each file; of tens of thousands in a third of the time
    that pathlib takes. without: folders directly below that are left out."""
    pending = [(str(folder), "")] if folder.is_dir() else []
    while pending:
        here, prefix = pending.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    if not prefix and entry.name in without:
                        continue
                    pending.append((entry.path, f"{prefix}{entry.name}/"))
                elif entry.is_file():
                    yield f"{prefix}{entry.name}", entry.stat(follow_symlinks=False)


def read(path: Path) -> State | None:
    """The state in a file; None where there is none, or none of this version's form."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return State(
            inputs=Inputs(**raw["inputs"]),
            outputs=raw["outputs"],
            sections=tuple((title, url) for title, url in raw["sections"]),
            pages=raw["pages"],
            lists=tuple(raw["lists"]),
            heads=raw["heads"],
            searchable=raw["searchable"],
            findings=tuple(Problem(**finding) for finding in raw["findings"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(path: Path, state: State) -> None:
    """Write the state to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(state)), encoding="utf-8")


def _digest(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def _version(name: str) -> str:
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    return "absent"
