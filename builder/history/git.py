"""What Git says of the files of a folder: every change of each, from one `git log`.

A change is dated by the day on which it reached the branch: only the first parents of merges are
followed, so that a pull request counts from its merge, and committers' dates are taken, which a
rebase before the merge sets anew.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from builder.memory import Memory, packed, unpacked

# Set by Git for its hooks: they would make it look at another repository than the folder's.
_HOOK_VARIABLES = (
    "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_NAMESPACE",
)  # fmt: skip
# Nobody's settings may change what is read, and nothing may be fetched or asked for.
_GIT = ("git", "-c", "log.showSignature=false", "-c", "log.follow=false")
_QUIET = {
    "LC_ALL": "C",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
}
_HEAD = "\x02"
_KIND = "history"


@dataclass(frozen=True, kw_only=True)
class Change:
    """What one commit did to one file.

    path: of the file, below the folder. order: of the commit, 0 for the oldest.
    time: in UTC, when the change reached the branch.
    old, new: ids of the file's text before and after; None where there was no file.
    """

    path: str
    order: int
    commit: str
    time: datetime
    old: str | None
    new: str | None


@dataclass(frozen=True, kw_only=True)
class History:
    """Every known change of the files below a folder.

    changes: path below the folder, with forward slashes -> changes, oldest first; files that were
    deleted are there too, files never committed are not.
    warning: why less is known than could be, and what to do; "" where all is well, and where
    there is no repository at all.
    stamp: equal stamps, equal changes; "" where there are none, or nobody can tell.
    """

    root: Path
    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=lambda: MappingProxyType({}))
    warning: str = ""
    stamp: str = ""

    def texts(self, blobs: Iterable[str]) -> dict[str, str]:
        """The texts of ids; an id that is not at hand, or no UTF-8, is left out."""
        wanted = sorted(set(blobs))
        if not wanted:
            return {}
        done = _git(self.root, "cat-file", "--batch", stdin="".join(f"{b}\n" for b in wanted))
        return dict(_batch(done.stdout)) if done and not done.returncode else {}


def read(root: Path, memory: Memory | None = None) -> History:
    """The history of the files below `root`; without Git or a commit, an empty one.

    memory: what earlier builds worked out. Commits do not change: the last one that did something
    to the folder, and where a shallow clone ends, tell the whole history.
    """
    shallow = _git(root, "rev-parse", "--is-shallow-repository", "--git-path", "shallow")
    if shallow is None or shallow.returncode:
        return _nothing(root, shallow)
    is_shallow, grafts = shallow.stdout.decode().splitlines()
    ends: list[str] = []
    if is_shallow == "true":
        # Where a shallow clone ends, everything looks added, and nobody knows when it was. The very
        # first commit of all may be named as an end too: it is none, for it had no parent ever.
        texts = History(root=root).texts((root / grafts).read_text(encoding="ascii").split())
        ends = sorted(c for c, text in texts.items() if "\nparent " in text.split("\n\n")[0])
    last = _git(root, "log", "-1", "--first-parent", "--format=%H", "--", ".")
    if last is None or last.returncode:
        return _nothing(root, last)
    made, key = " ".join([last.stdout.decode().strip(), *ends]), str(root.resolve())
    memory = memory or Memory()
    known, value = memory.recall(_KIND).get(key, ("", b""))
    changes = unpacked(value) if known == made else None
    if changes is None:
        log = _git(
            root, "log", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev",
            "-z", "--relative", "--no-renames", "--no-ext-diff", "--no-textconv", "--no-color",
            "--no-decorate", "--no-notes", "--ignore-submodules=all", f"--format={_HEAD}%H %ct",
            "--", ".",
        )  # fmt: skip
        if log is None or log.returncode:
            return _nothing(root, log)
        changes = _changes(log.stdout, without=ends)
        memory.remember(_KIND, {key: (made, packed(changes))})
    return History(
        root=root,
        changes=MappingProxyType(changes),
        warning="this clone is shallow, so when most papers were added is not known; dates come "
        'from the editions instead. Run "git fetch --unshallow", or check out with fetch-depth: 0'
        if ends
        else "",
        stamp=made,
    )


def _nothing(root: Path, failed: subprocess.CompletedProcess[bytes] | None) -> History:
    """The empty history of a folder whose Git is missing or says no; the warning tells why."""
    reason = failed.stderr.decode(errors="replace").strip().split("\n")[0] if failed else ""
    usual = ("not a git repository", "does not have any commits yet")
    if not reason or any(words in reason for words in usual):
        return History(root=root)
    return History(
        root=root,
        warning=f"Git does not tell when papers were added ({reason}); dates come from the "
        "editions instead",
    )


def stamp(root: Path) -> str:
    """Something short that changes when the history of the files below `root` does; "" without
    one."""
    last = _git(root, "log", "-1", "--first-parent", "--format=%H", "--", ".")
    shallow = _git(root, "rev-parse", "--is-shallow-repository")
    if last is None or shallow is None or last.returncode or shallow.returncode:
        return ""
    return f"{last.stdout.decode().strip()} {shallow.stdout.decode().strip()}"


def _git(
    root: Path, *arguments: str, stdin: str | None = None
) -> subprocess.CompletedProcess[bytes] | None:
    """Run Git in a folder; None where there is no Git, or no folder."""
    kept = {key: value for key, value in os.environ.items() if key not in _HOOK_VARIABLES}
    try:
        return subprocess.run(
            [*_GIT, *arguments],
            cwd=root,
            env={**kept, **_QUIET},
            input=stdin.encode() if stdin is not None else None,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            check=False,
        )
    except (FileNotFoundError, NotADirectoryError):
        return None


def _changes(log: bytes, *, without: Iterable[str]) -> dict[str, tuple[Change, ...]]:
    """The changes in the output of `git log -z --raw`: heads, and for each file two fields,
    ":MODE MODE OLD NEW STATUS" and the path."""
    left_out = set(without)
    commits: list[tuple[str, datetime, list[tuple[str, str, str]]]] = []
    fields = iter(log.decode(errors="surrogateescape").split("\0"))
    for text in fields:
        # Git puts a line break between a head and its first file.
        text = text.lstrip("\n")
        if text.startswith(_HEAD):
            commit, seconds = text[len(_HEAD) :].split()
            commits.append((commit, datetime.fromtimestamp(int(seconds), UTC), []))
        elif text.startswith(":"):
            _, _, old, new, _ = text[1:].split(" ")
            commits[-1][2].append((next(fields), old, new))
    found: dict[str, list[Change]] = {}
    for order, (commit, time, files) in enumerate(reversed(commits)):
        if commit in left_out:
            continue
        for path, old, new in files:
            found.setdefault(path, []).append(
                Change(
                    path=path,
                    order=order,
                    commit=commit,
                    time=time,
                    old=_blob(old),
                    new=_blob(new),
                )
            )
    return {path: tuple(found[path]) for path in sorted(found)}


def _blob(value: str) -> str | None:
    return value if value.strip("0") else None


def _batch(output: bytes) -> Iterator[tuple[str, str]]:
    """The (id, text) pairs in the output of `git cat-file --batch`."""
    at = 0
    while at < len(output):
        end = output.index(b"\n", at)
        parts = output[at:end].decode().split()
        at = end + 1
        if len(parts) != 3:
            continue  # "ID missing"
        size = int(parts[2])
        data, at = output[at : at + size], at + size + 1
        try:
            yield parts[0], data.decode("utf-8")
        except UnicodeDecodeError:
            continue


class NoRevision(Exception):
    """A revision that Git does not know, or a folder without Git; the message says which."""


def texts_at(root: Path, revision: str) -> dict[str, str]:
    """The texts of the files below `root` as they were at a revision, by path below it; files that
    are no UTF-8 are left out. Empty where the folder was not there yet.

    Raises NoRevision.
    """
    named = _git(
        root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if named is None or (named.returncode and b"not a git repository" in named.stderr):
        raise NoRevision(f"{root} is in no Git repository")
    if named.returncode:
        raise NoRevision(
            f'Git knows no revision "{revision}"; fetch it first, such as '
            '"git fetch origin main", and name it "origin/main"'
        )
    listed = _git(root, "ls-tree", "-r", "-z", named.stdout.decode().strip(), "--", ".")
    if listed is None or listed.returncode:
        raise NoRevision(f'the files of "{revision}" cannot be listed')
    ids: dict[str, str] = {}
    for line in listed.stdout.decode(errors="surrogateescape").split("\0"):
        meta, _, path = line.partition("\t")
        # Symbolic links and submodules are no files.
        if meta.startswith("100"):
            ids[path] = meta.split(" ")[2]
    texts = History(root=root).texts(ids.values())
    return {path: texts[blob] for path, blob in sorted(ids.items()) if blob in texts}
