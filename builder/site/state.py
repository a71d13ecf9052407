"""What the last build was made of, known by digests, never by trust in clocks alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

import builder
from builder.content.seen import Seen
from builder.memory import Memory, stamp
from builder.problems import Problem
from builder.walking import walk

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

    outputs: what lies in the site, as `outputs.outputs` gives it.
    sections: the lists that the theme's navigation names; pages: how many pages there are; lists:
    the files of many papers for machines, paths below the site. heads: what the heads of some
    pages say beside their Markdown, path of the Markdown file -> text. searchable: the search
    index stands for these very pages. findings: what was found wrong in texts, and still is as
    long as nothing changes.
    """

    inputs: Inputs
    outputs: Mapping[str, str]
    sections: tuple[tuple[str, str], ...]
    pages: int
    lists: tuple[str, ...]
    heads: Mapping[str, str]
    searchable: bool
    findings: tuple[Problem, ...]


class Last:
    """The last build, as far as this one may rely on it.

    record: the file of its state; forget: rely on nothing. found: what this build is made of;
    looked: as `seen` gives it, for content/. outputs: gives what lies in the site, as
    `outputs.outputs` does; it is asked late, since it may be found out meanwhile.
    """

    def __init__(
        self,
        record: Path,
        found: Inputs,
        looked: Mapping[str, str],
        outputs: Callable[[], Mapping[str, str]],
        *,
        forget: bool,
    ) -> None:
        self.record = record
        self.found = found
        self.looked = looked
        self._outputs = outputs
        self._state = None if forget else read(record)

    def standing(self, *, searchable: bool) -> State | None:
        """The end of the last build, where the site is what this one would make it; else None.
        searchable: the index counts, too."""
        last = self._state
        if last and last.inputs == self.found and (last.searchable or not searchable):
            return self.state
        return None

    @cached_property
    def state(self) -> State | None:
        """The end of the last build; None where its site is not as it left it."""
        if self._state and self._state.outputs == self.before:
            return self._state
        return None

    @cached_property
    def before(self) -> Mapping[str, str]:
        """What lies in the site, as far as it may be reused."""
        return self._outputs() if self._state else {}


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
    docs: Path,
    templates: Iterable[Path],
    theme: Iterable[Path],
    history: str = "",
) -> Inputs:
    """Digest everything that a build reads but content/, for `with_content`.

    programs: as the function of that name says. settings: the configuration as one text; templates,
    theme: folders of templates, of pages and of the theme; history: what changes with the dates
    that Git gives.
    """
    looks = [f"{folder}:{digests(folder)}" for folder in theme]
    forms = [f"{folder}:{digests(folder)}" for folder in templates]
    return Inputs(
        shell=_digest([programs, settings, *looks]),
        content=_digest([history, *forms]),
        docs=digests(docs),
    )


def with_content(given: Inputs, content: Mapping[str, str]) -> Inputs:
    """What `inputs` gave, with content/ as `seen` gives it."""
    return replace(given, content=_digest([given.content, str(content)]))


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
    for name, status in sorted(walk(folder)):
        digest = looks.digest(name, status)
        if digest is None:
            digest = stamp((folder / name).read_bytes())
            looks.note(name, status, digest)
        found[name] = digest
    looks.remember()
    return found


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
    # `asdict` of all would copy each of many names.
    raw = {**vars(state), "inputs": vars(state.inputs)}
    raw["findings"] = [asdict(finding) for finding in state.findings]
    path.write_text(json.dumps(raw), encoding="utf-8")


def _digest(parts: Iterable[str]) -> str:
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part.encode())
        whole.update(b"\0")
    return whole.hexdigest()


def _version(name: str) -> str:
    # Who is told the digest does not wait for what reads versions.
    import importlib.metadata

    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        return importlib.metadata.version(name)
    return "absent"
