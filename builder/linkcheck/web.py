"""One HTTP request, and what may go wrong with it."""

from __future__ import annotations

import email.utils
import ipaddress
import re
import socket
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import (
    HTTPError,
    NewConnectionError,
    ProtocolError,
    SSLError,
    TimeoutError,
)

from builder.linkcheck.model import Settings


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An HTTP answer. location: of a redirect, "" without; retry_after: seconds, None where the
    server did not say. text: the beginning of an HTML page that was read."""

    status: int
    location: str = ""
    retry_after: float | None = None
    html: bool = False
    text: str = ""

    @property
    def words(self) -> str:
        """The status in words: "404 Not Found"."""
        try:
            return f"{self.status} {HTTPStatus(self.status).phrase}"
        except ValueError:
            return str(self.status)


class Unreachable(Exception):
    """No answer. The message says why; nowhere: no server has this name; private: it is in a
    private network, which is not asked."""

    def __init__(self, why: str, *, nowhere: bool = False, private: bool = False) -> None:
        super().__init__(why)
        self.nowhere = nowhere
        self.private = private


class Web:
    """Asks servers, without following redirects and without a second try; for several threads."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._pools = urllib3.PoolManager(
            num_pools=settings.workers * 4,
            retries=False,
            timeout=urllib3.Timeout(connect=settings.connect, read=settings.read),
            # Packed pages could unpack to anything. A connection that is kept open for the next
            # request may be closed by then, and some servers say so too late.
            headers={
                "Connection": "close",
                "User-Agent": settings.agent,
                "Accept": "text/html,*/*;q=0.8",
                "Accept-Encoding": "identity",
            },
        )
        self._known: dict[str, Unreachable | None] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Leave no connection open."""
        self._pools.clear()

    def ask(self, method: str, url: str, *, limit: int = 0) -> Reply:
        """One request; of an answer to GET at most `limit` bytes are read (0: of the settings).

        Raises Unreachable.
        """
        try:
            self._look_up(url)
            response = self._pools.request(
                method, url, redirect=False, retries=False, preload_content=False
            )
        except (HTTPError, OSError, ValueError) as error:
            raise _unreachable(error) from error
        try:
            kind = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
            html = kind in ("text/html", "application/xhtml+xml")
            data = b""
            if method != "HEAD" and (html or limit) and response.status < 300:
                data = self._read(response, limit or self._settings.bytes)
            return Reply(
                status=response.status,
                location=response.headers.get("Location", "").strip(),
                retry_after=_seconds(response.headers.get("Retry-After", "")),
                html=html,
                text=data.decode("utf-8", errors="replace"),
            )
        finally:
            # What is left of a page is not waited for.
            response.close()

    def _read(self, response: urllib3.BaseHTTPResponse, limit: int) -> bytes:
        """The beginning of a page; as much of it as comes in time."""
        data = b""
        end = time.monotonic() + self._settings.whole
        try:
            while len(data) < limit and time.monotonic() < end:
                part = response.read1(limit - len(data))
                if not part:
                    break
                data += part
        except (HTTPError, OSError):
            # It has answered; how it ends is its own affair.
            pass
        return data

    def _look_up(self, url: str) -> None:
        """Whether a server of that name is there, and in the public network."""
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
        with self._lock:
            if host in self._known:
                known = self._known[host]
                if known:
                    raise Unreachable(str(known), nowhere=known.nowhere, private=known.private)
                return
        wrong: Unreachable | None = None
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (socket.gaierror, UnicodeError) as error:
            gone = not isinstance(error, socket.gaierror) or error.errno in (
                socket.EAI_NONAME,
                getattr(socket, "EAI_NODATA", socket.EAI_NONAME),
            )
            wrong = Unreachable(f'there is no server "{host}"', nowhere=gone)
            if not gone:
                # The next try may find it.
                raise wrong from error
        else:
            # A list from strangers must not make a machine look around in its own network.
            addresses = [ipaddress.ip_address(item[4][0].partition("%")[0]) for item in found]
            if not self._settings.private and not all(item.is_global for item in addresses):
                wrong = Unreachable(f'"{host}" is in a private network', private=True)
        with self._lock:
            self._known[host] = wrong
        if wrong:
            raise wrong


def _unreachable(error: Exception) -> Unreachable:
    if isinstance(error, Unreachable):
        return error
    # A refused connection is a kind of timeout to urllib3, so the order matters.
    if isinstance(error, NewConnectionError):
        return Unreachable("it refuses connections")
    if isinstance(error, TimeoutError):
        return Unreachable("it does not answer in time")
    if isinstance(error, SSLError):
        why = re.search(r"certificate verify failed: ([^(]+)", str(error))
        return Unreachable(
            f"its certificate is not valid: {why[1].strip()}" if why else "no safe connection"
        )
    if isinstance(error, ProtocolError | OSError):
        return Unreachable("it breaks the connection off")
    return Unreachable("its answer is no HTTP")


def _seconds(value: str) -> float | None:
    """The seconds of a Retry-After header (RFC 9110, 10.2.3): a number, or a time of day."""
    value = value.strip()
    if re.fullmatch(r"\d{1,9}", value, re.ASCII):
        return float(value)
    try:
        when = email.utils.parsedate_to_datetime(value)
    except ValueError:
        return None
    if when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return max((when - datetime.now(UTC)).total_seconds(), 0.0)
