"""Where a site is written: what becomes of a page's path, which folder may be taken, and how what
lies there is replaced.

A build empties the site's folder first, so it must hold nothing else. A folder is a site of ours
when this checkout once began to build into it (kept among the work files, so that an interrupted
first build does not lock its owner out), or when it holds the catalogue that every site of ours
publishes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CATALOGUE = "api/papers.json"


def obstacle(site: Path, *, needed: Iterable[Path], record: Path) -> str:
    """Why nothing may be written to `site`, and what to do; "" where it may.

    needed: files and folders that a build reads, or that are dear for other reasons; neither
    they nor what lies above them may be emptied, and nothing may be written into a folder of
    them. record: the file in which `claim` notes the site.
    """
    advice = "name an empty folder or a new one"
    # Links are followed: what they lead to would be emptied.
    target = site.resolve()
    if target.exists() and not target.is_dir():
        return f"is no folder; {advice}"
    for path in needed:
        place = path.resolve()
        if place == target or target in place.parents:
            return f'holds "{place.name}", which must not be emptied; {advice}'
        if place in target.parents and place.is_dir():
            return f'lies in "{place.name}", which the site is made of; {advice}'
    if not target.is_dir() or not any(target.iterdir()):
        return ""
    if (target / CATALOGUE).is_file() or target in claimed(record):
        return ""
    return f"holds files that are no site of Papershelf's, and they would be deleted; {advice}"


def output(path: str) -> str:
    """The site's file that a Markdown file becomes: "about/index.html" for "about.md"; other
    files keep their names."""
    stem = path.removesuffix(".md")
    if stem == path:
        return path
    folder, _, name = stem.rpartition("/")
    # As MkDocs has it: a README is its folder's index.
    if name in ("index", "README"):
        return f"{folder}/index.html" if folder else "index.html"
    return f"{stem}/index.html"


def address(path: str) -> str:
    """The address of a page below the site's root: "about/" for "about.md", "" for "index.md"."""
    return output(path).removesuffix("index.html")


def claim(site: Path, *, record: Path) -> None:
    """Note in `record` that a build of ours begins to write to `site`."""
    known = claimed(record)
    if (target := site.resolve()) not in known:
        record.parent.mkdir(parents=True, exist_ok=True)
        record.write_text("".join(f"{path}\n" for path in [*known, target]), encoding="utf-8")


def claimed(record: Path) -> list[Path]:
    """The sites that `claim` noted."""
    try:
        return [Path(line) for line in record.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return []


def forget(site: Path, names: Iterable[str]) -> None:
    """Remove files of a site, and the folders that they leave empty."""
    for name in names:
        path = site / name
        path.unlink(missing_ok=True)
        folder = path.parent
        if folder != site and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()


@contextmanager
def anew(site: Path, trash: Path) -> Iterator[None]:
    """An empty folder in which a site is made; where that fails, the old one stands there again.

    trash: a folder of ours, to which the old one is moved: to delete a hundred thousand files takes
    as long as to make them.
    """
    place = trash / str(time.time_ns())
    moved = _empty(site, place)
    try:
        yield
    except BaseException:
        if moved and place.is_dir():
            _empty(site, trash / str(time.time_ns()))
            for path in place.iterdir():
                path.rename(site / path.name)
        raise


def _empty(site: Path, place: Path) -> bool:
    """Move all that a folder holds to another place; whether that could be done. If not, because
    that is on another disk, it is deleted."""
    if not site.is_dir():
        return True
    place.mkdir(parents=True, exist_ok=True)
    moved = True
    for path in site.iterdir():
        try:
            path.rename(place / path.name)
        except OSError:
            moved = False
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink()
    return moved


@contextmanager
def deleting(trash: Path) -> Iterator[None]:
    """Delete a folder beside other work, which needs the processor and not the disk."""
    if not trash.is_dir():
        yield
        return
    command = "import shutil, sys; shutil.rmtree(sys.argv[1], ignore_errors=True)"
    with subprocess.Popen([sys.executable, "-c", command, str(trash)]) as process:
        try:
            yield
        except BaseException:
            # What is left may have to come back: nobody may be at work on it.
            process.kill()
            process.wait()
            raise
