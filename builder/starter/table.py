"""Which files a list gets: the table in files.toml.

setup.py reads it as well, so this module knows nothing beyond the standard library.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder import shipped

_PACKAGE = Path(__file__).parents[1]
# A list gets of these only what its people customize; the rest is read where it is shipped.
TEMPLATES = "site_templates"
# What editors and Python leave behind in a checkout.
_DEBRIS = ("~", ".new", ".orig", ".pyc", ".swp", ".DS_Store")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A file of the table; keys as files.toml explains them.

    source: the path in this repository. target: the path in a list. lines: (begins, becomes).
    """

    source: str
    target: str
    filled: bool = False
    lines: tuple[tuple[str, str], ...] = ()
    only: str = ""
    yours: bool = False

    @property
    def path(self) -> Path:
        """Where the file is: in the checkout or in the installed package."""
        return _located(self.source)


def entries() -> Iterator[Entry]:
    """Every file of the table, patterns expanded, in a fixed order."""
    table = tomllib.loads((_PACKAGE / "starter" / "files.toml").read_text(encoding="utf-8"))
    for row in table["files"]:
        pattern, to = row["from"], row.get("to", "")
        stem, found, _ = pattern.partition("/**")
        for source in _below(stem) if found else [pattern]:
            if source in row.get("except", ()):
                continue
            target = source
            if to:
                target = f"{to}{source.removeprefix(stem)}" if found else to
            yield Entry(
                source=source,
                target=target,
                filled=row.get("filled", False),
                lines=tuple((line["begins"], line["becomes"]) for line in row.get("lines", ())),
                only=row.get("for", ""),
                yours=row.get("yours", False),
            )


def templates() -> Iterator[Entry]:
    """Every file of the templates and the theme."""
    for source in _below(TEMPLATES):
        yield Entry(source=source, target=source)


def packed() -> list[str]:
    """The files that lie outside the package in a checkout, and are packed into the wheel."""
    found = [entry.source for entry in (*entries(), *templates())]
    return sorted({source for source in found if not source.startswith("builder/")})


def _located(source: str) -> Path:
    inside = source.startswith("builder/")
    return _PACKAGE.parent / source if inside else shipped.root() / source


def _below(folder: str) -> Iterator[str]:
    top = _located(folder)
    for path in sorted(top.rglob("*")):
        if path.is_file() and not path.name.endswith(_DEBRIS):
            yield f"{folder}/{path.relative_to(top).as_posix()}"
