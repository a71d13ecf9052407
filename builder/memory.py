"""What earlier builds worked out, kept beside the site, so that an edit need not wait for the rest.

Only results of pure work belong here, each under a digest of all that it was made of: what is
remembered may be missing or old, but never wrong. All of it is forgotten when the programs change.
"""

from __future__ import annotations

import contextlib
import hashlib
import pickle
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

FORM = "2"


class Memory:
    """Blobs by kind and key, in one SQLite file; or, without a path, nowhere: then nothing is
    recalled and nothing kept.

    path: the file; its folder is made. programs: a digest of all code that makes what is kept.
    A file that is damaged or of other programs counts as empty. What is remembered is on the disk
    after `save`, all of it or, when the build is interrupted before, nothing.
    """

    def __init__(self, path: Path | None = None, programs: str = "") -> None:
        self._path = path
        self._programs = f"{FORM} {programs}"
        self._database: sqlite3.Connection | None = None
        if path is not None:
            try:
                self._database = self._open(path)
            except sqlite3.OperationalError:
                # Another build has it: this one does without.
                self._database = None
            except sqlite3.DatabaseError:
                with contextlib.suppress(OSError):
                    path.unlink()
                with contextlib.suppress(sqlite3.Error, OSError):
                    self._database = self._open(path)

    def _open(self, path: Path) -> sqlite3.Connection:
        path.parent.mkdir(parents=True, exist_ok=True)
        database = sqlite3.connect(path, isolation_level=None, timeout=0)
        # A crash of the machine may cost the memory, never a wrong answer: a file that is damaged
        # is thrown away. Waiting for the disk would cost more than all else.
        database.execute("PRAGMA synchronous = OFF")
        # Large values are read a quarter sooner; it counts for a new file alone.
        database.execute("PRAGMA page_size = 16384")
        database.execute("BEGIN IMMEDIATE")
        database.execute(
            "CREATE TABLE IF NOT EXISTS memory (kind TEXT, key TEXT, stamp TEXT, value BLOB,"
            " PRIMARY KEY (kind, key)) WITHOUT ROWID"
        )
        row = database.execute("SELECT stamp FROM memory WHERE kind = '' AND key = ''").fetchone()
        if row != (self._programs,):
            database.execute("DELETE FROM memory")
            database.execute("INSERT INTO memory VALUES ('', '', ?, x'')", (self._programs,))
        return database

    @property
    def folder(self) -> Path | None:
        """The folder of the file; None where nothing is kept."""
        return self._path.parent if self._database is not None and self._path else None

    def recall(self, kind: str) -> dict[str, tuple[str, bytes]]:
        """Everything of a kind: key -> (stamp, value)."""
        if self._database is None:
            return {}
        try:
            rows = self._database.execute(
                "SELECT key, stamp, value FROM memory WHERE kind = ?", (kind,)
            )
            return {key: (stamp, value) for key, stamp, value in rows}
        except sqlite3.DatabaseError:
            self.forget_all()
            return {}

    def one(self, kind: str, key: str) -> tuple[str, bytes]:
        """One value of a kind with its stamp; ("", b"") where there is none."""
        return self._first("stamp, value", "key = ?", kind, key) or ("", b"")

    def stamp_of(self, kind: str, key: str) -> str:
        """The stamp of one value, which is not read; "" where there is none."""
        return (self._first("stamp", "key = ?", kind, key) or ("",))[0]

    def has(self, kind: str) -> bool:
        """Whether anything of a kind is remembered; it is not read."""
        return self._first("1", "TRUE", kind) is not None

    def _first(self, columns: str, which: str, kind: str, *more: str) -> Any:
        """A row of a kind, or None."""
        if self._database is None:
            return None
        try:
            return self._database.execute(
                f"SELECT {columns} FROM memory WHERE kind = ? AND {which} LIMIT 1", (kind, *more)
            ).fetchone()
        except sqlite3.DatabaseError:
            self.forget_all()
            return None

    def remember(self, kind: str, items: Mapping[str, tuple[str, bytes]]) -> None:
        """Keep values of a kind: key -> (stamp, value); those of other keys stay."""
        if self._database is not None and items:
            self._database.executemany(
                "INSERT OR REPLACE INTO memory VALUES (?, ?, ?, ?)",
                ((kind, key, stamp, value) for key, (stamp, value) in items.items()),
            )

    def known(self, kind: str, stamp: str, make: Callable[[], T]) -> T:
        """One value of a kind: what was remembered under this stamp, or else what `make` makes,
        which is remembered. stamp: of all that the value is made of."""
        found, value = self.one(kind, "")
        known = unpacked(value) if found == stamp else None
        if known is None:
            known = make()
            self.remember(kind, {"": (stamp, packed(known))})
        return known

    def forget(self, kind: str, keys: Iterable[str]) -> None:
        """Forget some keys of a kind."""
        if self._database is not None:
            self._database.executemany(
                "DELETE FROM memory WHERE kind = ? AND key = ?", ((kind, key) for key in keys)
            )

    def forget_all(self) -> None:
        """Begin anew: a damaged file is thrown away."""
        if self._database is not None and self._path is not None:
            self._database.close()
            self._database = None
            with contextlib.suppress(OSError):
                self._path.unlink()

    def lent(self, kinds: Iterable[str], some: Mapping[str, Iterable[str]] | None = None) -> Notes:
        """Some kinds for a process that works beside this one, and some keys of others (kind ->
        keys)."""
        found = {kind: self.recall(kind) for kind in kinds}
        for kind, keys in (some or {}).items():
            found[kind] = {key: self.one(kind, key) for key in keys}
        return Notes(found)

    def take(self, notes: Notes) -> None:
        """Remember and forget what another process noted."""
        for kind, keys in notes.forgotten.items():
            self.forget(kind, keys)
        for kind, items in notes.items.items():
            self.remember(kind, items)

    def save(self) -> None:
        """Keep what was remembered for the next build, and close."""
        if self._database is not None:
            with contextlib.suppress(sqlite3.Error):
                self._database.execute("COMMIT")
        self.close()

    def close(self) -> None:
        """Close without keeping what was remembered since the last `save`."""
        if self._database is not None:
            self._database.close()
            self._database = None


class Notes(Memory):
    """The memory of another process, which has no part in the file: it recalls what it was lent,
    and what it remembers is for `Memory.take`.

    borrowed: what it was lent; items: what is to be remembered, both kind -> key -> (stamp, value).
    forgotten: kind -> keys.
    """

    def __init__(self, borrowed: Mapping[str, dict[str, tuple[str, bytes]]] | None = None) -> None:
        super().__init__()
        self.borrowed = borrowed or {}
        self.items: dict[str, dict[str, tuple[str, bytes]]] = {}
        self.forgotten: dict[str, set[str]] = {}

    def recall(self, kind: str) -> dict[str, tuple[str, bytes]]:
        """Everything of a kind that was lent: key -> (stamp, value)."""
        return self.borrowed.get(kind, {})

    def one(self, kind: str, key: str) -> tuple[str, bytes]:
        """One value of a kind that was lent, with its stamp; ("", b"") where there is none."""
        return self.recall(kind).get(key, ("", b""))

    def stamp_of(self, kind: str, key: str) -> str:
        """The stamp of one value of a kind that was lent; "" where there is none."""
        return self.one(kind, key)[0]

    def has(self, kind: str) -> bool:
        """Whether anything of a kind was lent."""
        return bool(self.recall(kind))

    def remember(self, kind: str, items: Mapping[str, tuple[str, bytes]]) -> None:
        """Note values of a kind: key -> (stamp, value)."""
        self.items.setdefault(kind, {}).update(items)

    def forget(self, kind: str, keys: Iterable[str]) -> None:
        """Note that some keys of a kind are to be forgotten."""
        self.forgotten.setdefault(kind, set()).update(keys)

    def noted(self) -> Notes:
        """What is to be remembered and forgotten alone, to be sent."""
        found = Notes()
        found.items, found.forgotten = self.items, self.forgotten
        return found


def stamp(*parts: str | bytes) -> str:
    """A digest of some texts, as a stamp: 32 hexadecimal digits."""
    whole = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big"))
        whole.update(data)
    return whole.hexdigest()


def packed(value: object) -> bytes:
    """Any value as bytes to remember, with a checksum of them: after a crash of the machine the
    database may be whole, and a value in it be half of another one."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return _check(data) + data


def unpacked(data: bytes) -> Any:
    """The value that was `packed`; None for one that is damaged."""
    check, rest = data[:_CHECK], memoryview(data)[_CHECK:]
    return pickle.loads(rest) if check == _check(rest) else None


_CHECK = 4


def _check(data: bytes | memoryview) -> bytes:
    # Against accidents, and none too many: a checksum takes a third of a digest's time.
    return zlib.crc32(data).to_bytes(_CHECK, "big")
