"""Pagefind at work: pages go in, the files of its bundle come out; nothing touches the disk.

Pagefind's program has a mode for other programs to talk to it (`--service`): messages are JSON in
base64, each ended by a comma. Run over a folder instead it would number the pages in the order in
which the disk lists them, and write every file anew; here they have the order in which they are
given, and whoever receives the files can leave those alone that are as before.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import tempfile
import threading
from collections.abc import Iterable, Iterator
from typing import IO, Any

# Occurrences of words in a file of the index. Pagefind's 20,000 make files of 26 kB, of which a
# query of four words loads four; with a twentieth of that a first search is half as heavy, though
# it makes more requests. The variable is not documented: a Pagefind that knows it no longer makes
# larger files, and nothing else changes.
CHUNK = 1000
_CHUNK = "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE"
# Taken for that of all pages.
LANGUAGE = "en"


class PagefindFailed(RuntimeError):
    """There is no index; the message says why and what to do."""


def run(pages: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Index pages: (path below the site, HTML), in the order in which they are numbered.

    The pages are read while earlier ones are indexed. Returns the files: path below the bundle's
    folder -> bytes. Raises PagefindFailed when Pagefind is missing or fails.
    """
    # Settings of another site, in the environment or a pagefind.yml, are not meant for this one.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        try:
            process = subprocess.Popen(
                [_program(), "--service"],
                cwd=folder,
                env=environment | {_CHUNK: str(CHUNK)},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
            )
        except OSError as error:
            raise PagefindFailed(f"Pagefind cannot be run: {error}; install it anew") from None
        assert process.stdin is not None and process.stdout is not None
        feeder = _Feeder(process.stdin, pages)
        feeder.start()
        try:
            return _files(process.stdout)
        except EOFError:
            process.wait()
            said.seek(0)
            words = " ".join(said.read().decode("utf-8", "replace").split())
            reason = words or f"exit code {process.returncode}"
            raise PagefindFailed(f"Pagefind failed: {reason}") from None
        finally:
            process.kill()
            process.wait()
            feeder.join()
            feeder.close()
            process.stdout.close()
            if feeder.error:
                raise feeder.error


def _program() -> str:
    try:
        from pagefind_bin import get_executable

        return str(get_executable())
    except (ImportError, FileNotFoundError):
        raise PagefindFailed(
            "Pagefind is not installed; run pip install 'pagefind[bin]', or build with --no-search"
        ) from None


class _Feeder(threading.Thread):
    """Says everything to Pagefind; beside it the answers must be read, or both would wait."""

    def __init__(self, stream: IO[bytes], pages: Iterable[tuple[str, bytes]]) -> None:
        super().__init__(daemon=True)
        self._stream = stream
        self._pages = pages
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            for number, request in enumerate(_requests(self._pages)):
                message = json.dumps({"message_id": number, "payload": request})
                self._stream.write(base64.b64encode(message.encode()) + b",")
            self._stream.flush()
        except BrokenPipeError:
            # Pagefind has ended; why, its reader tells.
            pass
        except BaseException as error:
            self.error = error
            self.close()

    def close(self) -> None:
        """Say no more: Pagefind ends, though it has not answered all."""
        with contextlib.suppress(BrokenPipeError):
            self._stream.close()


def _requests(pages: Iterable[tuple[str, bytes]]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"force_language": LANGUAGE}}
    for path, html in pages:
        yield {
            "type": "AddFile",
            "index_id": 0,
            "file_path": path,
            "url": None,
            "file_contents": html.decode("utf-8", "replace"),
        }
    yield {"type": "GetFiles", "index_id": 0}


def _files(stream: IO[bytes]) -> dict[str, bytes]:
    for answer in _answers(stream):
        if answer["type"] == "Error":
            raise PagefindFailed(f"Pagefind failed: {answer['message']}")
        if answer["type"] == "GetFiles":
            return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}
    raise EOFError


def _answers(stream: IO[bytes]) -> Iterator[dict[str, Any]]:
    begun: list[bytes] = []
    while part := stream.read1(1 << 20):  # type: ignore[attr-defined]
        *ended, rest = part.split(b",")
        for text in ended:
            message = b"".join([*begun, text])
            begun = []
            yield json.loads(base64.b64decode(message))["payload"]
        begun.append(rest)
