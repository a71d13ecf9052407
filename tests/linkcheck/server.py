"""A web server on this machine that is slow, lies, refuses and breaks off, as it is told."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

PAGE = b"<!doctype html><title>A page</title><p>Hello"


@dataclass
class Site:
    """A server. pages: path -> what it does with the handler; a path that is not there answers
    404. seen: (method, path) of all requests, in their order; agents: of all requests."""

    address: str = ""
    pages: dict[str, Callable[[Any], None]] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    ended: threading.Event = field(default_factory=threading.Event)

    def asked(self, path: str) -> list[str]:
        """The methods with which a path was asked for."""
        return [method for method, seen in self.seen if seen == path]


def answers(
    status: int = 200, body: bytes = PAGE, *, head: int | None = None, **headers: str
) -> Callable[[Any], None]:
    """A page: GET is answered with `status` and `body`, HEAD with `head` if it is given."""

    def answer(handler: Any) -> None:
        is_head = handler.command == "HEAD"
        handler.send_response(head if is_head and head else status)
        kinds = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        for name, value in {**kinds, **given}.items():
            handler.send_header(name, value)
        handler.end_headers()
        if not is_head:
            handler.wfile.write(body)

    return answer


def leads(to: str, status: int = 302) -> Callable[[Any], None]:
    """A redirect."""
    return answers(status, b"", Location=to)


def by_turns(*pages: Callable[[Any], None]) -> Callable[[Any], None]:
    """Each request gets the next one; the last one stays."""
    left = list(pages)

    def answer(handler: Any) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return answer


def breaks_off(handler: Any) -> None:
    """The connection ends before an answer."""
    handler.connection.shutdown(socket.SHUT_RDWR)


def endless(handler: Any) -> None:
    """A page that never ends."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    if handler.command == "HEAD":
        return
    try:
        while not handler.server.site.ended.is_set():
            handler.wfile.write(b"<p>and so on" * 1000)
    except OSError:
        return


def dribbles(handler: Any) -> None:
    """A page that never ends, a few bytes at a time."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    if handler.command == "HEAD":
        return
    try:
        while not handler.server.site.ended.wait(0.02):
            handler.wfile.write(b".")
            handler.wfile.flush()
    except OSError:
        return


def silent(handler: Any) -> None:
    """No answer, for as long as anybody waits."""
    handler.server.site.ended.wait()


def no_http(handler: Any) -> None:
    """Something else than HTTP."""
    handler.wfile.write(b"220 mail.example.org ESMTP\r\n")


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self) -> None:
        site: Site = self.server.site  # type: ignore[attr-defined]
        site.seen.append((self.command, self.path))
        site.agents.add(self.headers.get("User-Agent", ""))
        self.close_connection = True
        site.pages.get(self.path, answers(404))(self)

    do_GET = do_HEAD = answer

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked may have gone away."""


@contextmanager
def serve(certificate: tuple[Path, Path] | None = None) -> Iterator[Site]:
    """A server on a free port; each has a host of its own, for its port belongs to it.

    certificate: files of a certificate and its key, for https.
    """
    server = _Server(("127.0.0.1", 0), _Handler)
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    scheme = "https" if certificate else "http"
    site = Site(address=f"{scheme}://127.0.0.1:{server.server_port}")
    server.site = site  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Watch:
    """A clock that goes on by itself only when somebody sleeps; sleeps: for how long each."""

    def __init__(self, date: Any) -> None:
        self._now = 0.0
        self._date = date
        self._lock = threading.Lock()
        self.sleeps: list[float] = []

    def now(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._now += seconds
            self.sleeps.append(seconds)

    def date(self) -> Any:
        return self._date
