"""What is asked, what is answered, and how politely."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal, Protocol
from urllib.parse import urlsplit

from builder import __version__

State = Literal[
    "good",  # it leads where it says
    "moved",  # for good, to another address
    "home",  # to the home page of its host: what it led to is gone
    "soft",  # to a page that says "not found" and answers 200
    "gone",  # 404, 410
    "nowhere",  # no server has this name
    "private",  # into a private network
    "loop",  # in a circle
    "astray",  # to something that is no web address
    "refused",  # 401, 403 and other refusals
    "failing",  # 5xx
    "unreachable",  # no answer, a broken one, a bad certificate
    "robots",  # not asked: robots.txt forbids it
    "later",  # not asked: no time left, or the server wants to be left alone for now
]
# What is no answer about the link is asked again in the next run.
UNANSWERED: frozenset[State] = frozenset(("failing", "unreachable", "robots", "later"))


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a link stands. line: 1-based; field: as problems name it."""

    path: str
    line: int
    field: str


@dataclass(frozen=True, kw_only=True)
class Target:
    """A web address, without its fragment, and every place where it stands.

    shallow: whether its own server's answer is all that is wanted, as of a DOI, which leads on to
    publishers that mostly refuse programs.
    """

    url: str
    places: tuple[Place, ...]
    shallow: bool = False

    @property
    def host(self) -> str:
        """Who is asked: the host, with its port where it is given."""
        return urlsplit(self.url).netloc.rpartition("@")[2].lower()


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came of asking for an address.

    detail: in words, such as "404 Not Found". to: where it leads now, of what moved. asked: when;
    since: since when it has been answered badly, the same where it was good before.
    """

    state: State
    asked: datetime
    since: datetime
    detail: str = ""
    to: str = ""


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How politely it is asked; times in seconds.

    workers: how many servers are asked at a time; one server is asked one thing at a time, with a
    gap between, or as robots.txt says, up to longest_gap. connect, read: how long a server may take
    to answer, and between two parts of it; whole: and for all of a page. tries: of a server that
    does not answer or is busy. longest_wait: longer than that nobody is waited for; the server is
    left alone until the next run. time: for everything. bytes: how much of a page is read.
    private: whether private networks are asked, too. contact: where owners of servers find whoever
    asks.
    """

    workers: int = 6
    gap: float = 1.0
    longest_gap: float = 30.0
    connect: float = 10.0
    read: float = 20.0
    whole: float = 30.0
    tries: int = 3
    longest_wait: float = 120.0
    time: float = 1800.0
    bytes: int = 64 * 1024
    private: bool = False
    contact: str = ""

    @property
    def agent(self) -> str:
        """The User-Agent header: who asks, and why."""
        contact = f"; +{self.contact}" if self.contact else ""
        return f"papershelf/{__version__} (checks links of a reading list{contact})"


class Clock(Protocol):
    """The time, so that tests need not wait."""

    def now(self) -> float:
        """Seconds that only grow."""

    def sleep(self, seconds: float) -> None:
        """Wait."""

    def date(self) -> datetime:
        """The time of day."""


class RealClock:
    """The clock of this machine."""

    def now(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def date(self) -> datetime:
        return datetime.now(UTC).replace(microsecond=0)


class TooLate(Exception):
    """There is no time left, or a server wants to be left alone for longer than that."""


@dataclass
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    next: float = 0.0
    gap: float | None = None
    closed: bool = False


class Pace:
    """Whose turn it is: one request at a time for a server, with a gap behind each."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self._end = clock.now() + settings.time
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host())

    def take(self, host: str) -> None:
        """Wait until this server may be asked something; `give` must follow.

        Raises TooLate where that is not in this run any more.
        """
        one = self._host(host)
        one.lock.acquire()
        wait = one.next - self._clock.now()
        if one.closed or self._clock.now() + max(wait, 0) > self._end:
            one.lock.release()
            raise TooLate
        if wait > 0:
            self._clock.sleep(wait)

    def give(self, host: str) -> None:
        """The server has answered, or not: the next one's turn, after the gap."""
        one = self._host(host)
        gap = self._settings.gap if one.gap is None else one.gap
        one.next = max(one.next, self._clock.now() + gap)
        one.lock.release()

    def slow(self, host: str, gap: float) -> None:
        """The server wishes for another gap; a shorter one than ours is not taken."""
        gap = min(gap, self._settings.longest_gap)
        self._host(host).gap = max(gap, self._settings.gap)

    def hold(self, host: str, seconds: float) -> None:
        """The server is not asked for so long; where that is too long, not at all any more.

        Raises TooLate then.
        """
        one = self._host(host)
        if seconds > self._settings.longest_wait:
            one.closed = True
            raise TooLate
        one.next = max(one.next, self._clock.now() + seconds)

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self._clock.now() > self._end
