"""What a newer program does to a list that was started earlier: nothing that its people changed
is overwritten.

Nothing here writes. An upgrade that was interrupted is simply run again: what was written is
found to be as it should be, and the manifest is written last.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from packaging.version import Version

from builder.problems import Problem, ProblemsFound
from builder.starter import merge
from builder.starter.make import make
from builder.starter.manifest import NAME, Manifest, blob_id, dump
from builder.starter.table import TEMPLATES

BESIDE = ".new"


@dataclass(frozen=True, kw_only=True)
class Upgrade:
    """files: path -> its new bytes. removed: files that go. manifest: its new text.

    notes: what is done, a sentence for each file. left: whether some are for people to look at.
    """

    files: Mapping[Path, bytes]
    removed: tuple[Path, ...]
    manifest: str
    notes: tuple[str, ...]
    left: bool


def upgrade(folder: Path, manifest: Manifest, *, version: str) -> Upgrade:
    """The upgrade of the list in a folder to this program, whose version is given.

    Raises ProblemsFound where a file from the last upgrade still waits for somebody, and where
    this program is older than the one that the list is up to date with.
    """
    if Version(version) < Version(manifest.version):
        raise ProblemsFound(
            [
                Problem(
                    path=NAME,
                    line=1,
                    message=f"the list is up to date with papershelf {manifest.version}, and this "
                    f"is {version}",
                    hint="install what requirements.txt names",
                )
            ]
        )
    customized = [path for path in manifest.files if path.startswith(f"{TEMPLATES}/")]
    new = make(manifest.answers, customized=customized)
    work = _Work(folder)
    for path in sorted(new.keys() | manifest.files.keys()):
        work.look_at(path, manifest.files.get(path), new.get(path))
    if work.waiting:
        raise ProblemsFound(work.waiting)
    kept = {path: blob_id(data) for path, data in new.items()}
    return Upgrade(
        files=work.files,
        removed=tuple(work.removed),
        manifest=dump(replace(manifest, version=version, files=kept)),
        notes=tuple(work.notes),
        left=work.left,
    )


class _Work:
    """One upgrade while it is put together, file by file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files: dict[Path, bytes] = {}
        self.removed: list[Path] = []
        self.notes: list[str] = []
        self.waiting: list[Problem] = []
        self.left = False

    def look_at(self, path: str, was: str | None, new: bytes | None) -> None:
        """Decide on a file. was: the id of what the list was given; new: what it is given now."""
        target = self.folder / path
        there = _read(target, self.folder)
        now = blob_id(new) if new is not None else None
        have = None if there is None else blob_id(there)
        if new is None:
            self._dropped(path, target, was, have)
        elif now in (was, have):
            # Nothing new, or here already: what people made of it stays.
            return
        elif not _is_file_or_free(target, self.folder):
            self._note(path, "is no plain file here; it is left as it is", left=True)
        elif have is None and was is None:
            self._write(path, new, "added")
        elif have is None:
            self._note(path, "was removed here, and stays so")
        elif have == was:
            self._write(path, new, "updated")
        else:
            self._both(path, target, was, there or b"", new)

    def _dropped(self, path: str, target: Path, was: str | None, have: str | None) -> None:
        if have is None:
            return
        if have == was:
            self.removed.append(target)
            self._note(path, "removed: it is not needed any more")
        else:
            self._note(path, "is not needed any more; you changed it, so it stays", left=True)

    def _both(self, path: str, target: Path, was: str | None, there: bytes, new: bytes) -> None:
        """Both sides changed the file, or both made one."""
        base = merge.base(self.folder, was) if was else None
        if base is not None and (made := merge.merged(there, base, new)) is not None:
            if made != there:
                self._write(path, made, "merged with your changes")
            return
        beside = target.with_name(target.name + BESIDE)
        waits = _read(beside, self.folder)
        if waits is not None and blob_id(waits) != blob_id(new):
            self.waiting.append(
                Problem(
                    path=f"{path}{BESIDE}",
                    line=1,
                    message="this file of an earlier upgrade is here still",
                    hint=f"take over from it what you want into {path}, and delete it",
                )
            )
            return
        self.files[beside] = new
        self._note(path, f"you changed it; the new version is {path}{BESIDE}", left=True)

    def _write(self, path: str, data: bytes, what: str) -> None:
        self.files[self.folder / path] = data
        self._note(path, what)

    def _note(self, path: str, what: str, *, left: bool = False) -> None:
        self.notes.append(f"{path}: {what}")
        self.left |= left


def customize(manifest: Manifest, chosen: Mapping[str, bytes]) -> Manifest:
    """The manifest of a list that has further templates of its own."""
    return replace(
        manifest,
        files={**manifest.files, **{path: blob_id(data) for path, data in chosen.items()}},
    )


def _read(path: Path, folder: Path) -> bytes | None:
    """The bytes of a plain file; None where there is none."""
    if not _is_file_or_free(path, folder) or not path.exists():
        return None
    return path.read_bytes()


def _is_file_or_free(path: Path, folder: Path) -> bool:
    """Whether a file may be written there: no folder is, and no link leads elsewhere."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return False
    above = [parent for parent in path.parents if parent != folder and folder in parent.parents]
    return all(not parent.is_symlink() and not parent.is_file() for parent in above)
