"""Merging of three versions of a file, by Git."""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from builder.starter.manifest import blob_id


def base(folder: Path, digest: str) -> bytes | None:
    """The content with this id from the repository around a folder; None where it is not there."""
    done = _git("cat-file", "blob", digest, folder=folder)
    if done is None or done.returncode or blob_id(done.stdout) != digest:
        return None
    return done.stdout


def merged(ours: bytes, base: bytes, theirs: bytes) -> bytes | None:
    """Both changes of `base` together; None where they touch the same lines."""
    crlf = b"\r\n" in ours
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for name, data in (("ours", ours), ("base", base), ("theirs", theirs)):
            (folder / name).write_bytes(data.replace(b"\r\n", b"\n") if crlf else data)
        done = _git("merge-file", "--stdout", "ours", "base", "theirs", folder=folder)
    if done is None or done.returncode:
        return None
    return done.stdout.replace(b"\n", b"\r\n") if crlf else done.stdout


def _git(*arguments: str, folder: Path) -> subprocess.CompletedProcess[bytes] | None:
    """What Git says; None where there is no Git."""
    # A hook's variables would lead to the repository that the hook runs for.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
    try:
        return subprocess.run(
            ["git", *arguments], cwd=folder, env=environment, capture_output=True, check=False
        )
    except OSError:
        return None
