"""What robots.txt permits (RFC 9309)."""

from __future__ import annotations

import threading
from collections import defaultdict
from urllib.parse import urljoin, urlsplit

from protego import Protego

from builder.linkcheck.model import Pace, TooLate
from builder.linkcheck.web import Reply, Unreachable, Web

# The name by which robots.txt may speak of us.
NAME = "papershelf"
# So much of it must be read (RFC 9309, 2.5), and so many redirects followed (2.3.1.2).
LIMIT = 500 * 1024
REDIRECTS = 5


class Robots:
    """The rules of servers, each asked for once in a run."""

    def __init__(self, web: Web, pace: Pace) -> None:
        self._web = web
        self._pace = pace
        self._rules: dict[str, Protego | bool | Unreachable] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def permit(self, url: str) -> bool:
        """Whether this address may be asked for.

        Raises Unreachable where the server does not answer, TooLate where it may not be asked in
        this run any more.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        with self._locks[origin]:
            if origin not in self._rules:
                try:
                    self._rules[origin] = self._fetch(f"{origin}/robots.txt")
                except Unreachable as error:
                    # Its other addresses need not wait for it, too.
                    self._rules[origin] = error
            rules = self._rules[origin]
            if isinstance(rules, Unreachable):
                raise Unreachable(str(rules), nowhere=rules.nowhere, private=rules.private)
            if isinstance(rules, bool):
                return rules
            delay = rules.crawl_delay(NAME)
            if delay:
                self._pace.slow(parts.netloc.lower(), delay)
            return rules.can_fetch(url, NAME)

    def _fetch(self, url: str) -> Protego | bool:
        for _ in range(REDIRECTS + 1):
            reply = self._once(url)
            if 300 <= reply.status < 400 and reply.location:
                url = urljoin(url, reply.location)
                if urlsplit(url).scheme not in ("http", "https"):
                    return True
                continue
            if 200 <= reply.status < 300:
                return Protego.parse(reply.text)
            # Without rules all is permitted; where they cannot be told now, nothing is.
            return reply.status < 500 and reply.status != 429
        return True

    def _once(self, url: str) -> Reply:
        host = urlsplit(url).netloc.lower()
        for last in (False, True):
            self._pace.take(host)
            try:
                reply = self._web.ask("GET", url, limit=LIMIT)
            except Unreachable as error:
                if last or error.nowhere or error.private:
                    raise
                continue
            finally:
                self._pace.give(host)
            if reply.status not in (429, 503) or last:
                return reply
            self._pace.hold(host, reply.retry_after or 0)
        raise TooLate
