"""The record that a list keeps of the files it was given; reader and writer side by side."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from packaging.version import InvalidVersion, Version

from builder.problems import Problem, ProblemsFound
from builder.starter import answers as telling
from builder.starter.answers import Answers

NAME = ".papershelf-starter.json"
_ABOUT = (
    "What papershelf put here, as ids of Git's blobs. With it, papershelf upgrade knows what you "
    "changed. Keep it in Git."
)
_CHOICES = {"content": ("sample", "empty"), "forge": ("github", "gitlab", "both")}


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """What a list was given. version: of the program; files: path -> id of its blob."""

    version: str
    answers: Answers
    files: Mapping[str, str]


def blob_id(data: bytes) -> str:
    """The id that Git gives to a file's content: by it, Git finds the content again.

    Line ends count as "\\n", as they are in the repository of a person whose Git writes others.
    """
    data = data.replace(b"\r\n", b"\n") if b"\0" not in data else data
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def dump(manifest: Manifest) -> str:
    """The manifest as text."""
    raw = {
        "about": _ABOUT,
        "papershelf": manifest.version,
        "answers": dataclasses.asdict(manifest.answers),
        "files": dict(sorted(manifest.files.items())),
    }
    return json.dumps(raw, ensure_ascii=False, indent=2) + "\n"


def parse(text: str, *, path: str) -> Manifest:
    """Read a manifest. Raises ProblemsFound with the first thing that is wrong."""

    def wrong(message: str, field: str = "", line: int = 1) -> ProblemsFound:
        hint = "restore the file from the list's history"
        return ProblemsFound(
            [Problem(path=path, line=line, field=field, message=message, hint=hint)]
        )

    try:
        raw = json.loads(text)
    except json.JSONDecodeError as error:
        raise wrong(f"this is not JSON: {error.msg}", line=error.lineno) from None
    except RecursionError:
        raise wrong("this is nested too deep") from None
    if not isinstance(raw, dict):
        raise wrong("this is no JSON object")
    version, told, files = raw.get("papershelf"), raw.get("answers"), raw.get("files")
    try:
        Version(version)  # type: ignore[arg-type]
    except (InvalidVersion, TypeError):
        raise wrong("this is no version of papershelf", "papershelf") from None
    if not isinstance(told, dict):
        raise wrong("this is no JSON object", "answers")
    kinds: dict[str, Any] = {field.name: field for field in dataclasses.fields(Answers)}
    for name in kinds.keys() | told.keys():
        kind = int if name == "year" else str
        value = told.get(name)
        if name not in kinds or type(value) is not kind:
            raise wrong("missing, unknown or of the wrong type", f"answers.{name}")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise wrong(f"this is none of {', '.join(_CHOICES[name])}", f"answers.{name}")
    answers = Answers(**told)
    for problem in telling.check(answers, where=path):
        raise wrong(problem.message, f"answers.{problem.field}")
    if not isinstance(files, dict):
        raise wrong("this is no JSON object", "files")
    for name, digest in files.items():
        parts = PurePosixPath(name)
        outside = parts.is_absolute() or ".." in parts.parts or "\\" in name or ":" in name
        if outside or parts.as_posix() != name or name in ("", ".", NAME):
            raise wrong(f'"{name}" is no file of the list', "files")
        if not isinstance(digest, str) or not re.fullmatch(r"[0-9a-f]{40}", digest):
            raise wrong("this is no id of a blob", f"files.{name}")
    return Manifest(version=version, answers=answers, files=files)
