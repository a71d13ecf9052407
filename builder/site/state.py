"""What the last build was made of, known by digests, never by trust in clocks alone."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import builder
from builder.problems import Problem

_PACKAGES = (
    "bibtexparser", "feedgenerator", "jinja2", "markdown", "math-core", "mkdocs",
    "mkdocs-material", "nameparser", "nh3", "numpy", "pagefind", "pylatexenc",
    "pymdown-extensions", "python-slugify", "pyyaml", "rispy", "scipy",
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
    sections: the lists that the theme's navigation names; pages: how many pages there are;
    files: the files for machines, paths below the site. heads: what the heads of some pages say
    beside their Markdown, path of the Markdown file -> text.
    searchable: the search index stands for these very pages. findings: what was found wrong in
    texts, and still is as long as nothing changes.
    """

    inputs: Inputs
    outputs: str
    sections: tuple[tuple[str, str], ...]
    pages: int
    files: tuple[str, ...]
    heads: Mapping[str, str]
    searchable: bool
    findings: tuple[Problem, ...]


def inputs(
    *,
    settings: str,
    content: Path,
    docs: Path,
    templates: Iterable[Path],
    theme: Iterable[Path],
    history: str = "",
) -> Inputs:
    """Digest everything that a build reads.

    settings: the configuration as one text; templates, theme: folders of templates, of pages and
    of the theme; history: what changes with the dates that Git gives.
    """
    package = Path(builder.__file__).parent
    programs = [sys.version, *(f"{name} {_version(name)}" for name in _PACKAGES)]
    for folder in (package, *theme):
        programs += [f"{folder}:{name}:{digest}" for name, digest in digests(folder).items()]
    parts = [item for folder in (content, *templates) for item in digests(folder).items()]
    return Inputs(
        shell=_digest([settings, *programs]),
        content=_digest([history, *(f"{name}:{digest}" for name, digest in parts)]),
        docs=digests(docs),
    )


def digests(folder: Path) -> dict[str, str]:
    """Path below the folder -> digest of the file, sorted; nothing for a folder that is not."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def outputs(site: Path) -> str:
    """Digest of the names, sizes and modification times of a site's files."""
    return _digest(
        f"{path.relative_to(site).as_posix()}:{status.st_size}:{status.st_mtime_ns}"
        for path in sorted(site.rglob("*"))
        if (status := path.stat()) and path.is_file()
    )


def read(path: Path) -> State | None:
    """The state in a file; None where there is none, or none of this version's form."""
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return State(
            inputs=Inputs(**raw["inputs"]),
            outputs=raw["outputs"],
            sections=tuple((title, url) for title, url in raw["sections"]),
            pages=raw["pages"],
            files=tuple(raw["files"]),
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
