"""One address, asked for: HEAD, then GET where HEAD does not tell enough, through redirects."""

from __future__ import annotations

import html
import re
from urllib.parse import urldefrag, urljoin, urlsplit

from builder.linkcheck.model import Answer, Clock, Pace, Settings, State, Target, TooLate
from builder.linkcheck.robots import Robots
from builder.linkcheck.web import Reply, Unreachable, Web

REDIRECTS = 10
_PERMANENT = (301, 308)
_BUSY = (429, 500, 502, 503, 504)
_TITLE = re.compile(r"<title[^>]*>(.{1,300}?)</title", re.IGNORECASE | re.DOTALL)
# A whole title, or a part of it between bars and dashes, that says so.
_NOT_FOUND = re.compile(
    r"(?:error:?\s*)?404(?:\s*error)?(?:[\s:,.(]*(?:page |file )?not found\)?)?[!.\d]*"
    r"|(?:sorry,? )?(?:this |the )?(?:page|file|site|website|project|repository|document|content)"
    r"(?: was| is| could| can)?(?: ?not|n't|n’t)(?: be)? found[.!]?"
    r"|not found[.!]?"
    r"|(?:this |the )?(?:page|site|project|document) (?:does not|doesn['’]t|no longer) exists?[.!]?"
    r"|(?:this )?domain(?: name)?(?: \S+)? (?:is|may be) for sale[.!]?",
    re.IGNORECASE,
)
_PARTS = re.compile(r"\s+[|·•–—-]\s+|\s*[|·•]\s*|:\s+")


class Asker:
    """Asks for addresses; for several threads."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock
        self.pace = Pace(settings, clock)
        self._web = Web(settings)
        self._robots = Robots(self._web, self.pace)

    def close(self) -> None:
        """Leave no connection open."""
        self._web.close()

    def ask(self, target: Target) -> Answer:
        """What comes of asking for an address; never raises for what a server does."""
        try:
            return self._follow(target)
        except TooLate:
            return self._answer("later")
        except Unreachable as error:
            state: State = "unreachable"
            if error.nowhere or error.private:
                state = "nowhere" if error.nowhere else "private"
            return self._answer(state, detail=str(error))

    def _answer(self, state: State, detail: str = "", to: str = "") -> Answer:
        now = self._clock.date()
        return Answer(state=state, detail=detail, to=to, asked=now, since=now)

    def _follow(self, target: Target) -> Answer:
        here, moved, permanent = target.url, "", True
        seen: set[str] = set()
        while True:
            if here in seen:
                return self._answer("loop", "it redirects in a circle")
            if len(seen) > REDIRECTS:
                return self._answer("loop", f"it redirects more than {REDIRECTS} times")
            seen.add(here)
            if not self._robots.permit(here):
                # A redirect was answered; what it leads to does not want to be looked at.
                return self._answer("good" if here != target.url else "robots")
            reply = self._reply(here, shallow=target.shallow)
            if not (300 <= reply.status < 400 and reply.location):
                break
            if target.shallow:
                return self._answer("good")
            there = _absolute(here, reply.location)
            if not there:
                detail = f'it redirects to "{reply.location[:80]}", no web address'
                return self._answer("astray", detail)
            permanent = permanent and reply.status in _PERMANENT
            here = there
            moved = here if permanent else moved
        return self._judge(target.url, here, moved, reply)

    def _judge(self, url: str, here: str, moved: str, reply: Reply) -> Answer:
        """What the last answer says about the link."""
        if reply.status in (404, 410):
            return self._answer("gone", reply.words)
        if 500 <= reply.status < 600:
            return self._answer("failing", reply.words)
        if reply.status >= 400:
            return self._answer("refused", reply.words)
        title = soft_error(reply.text)
        if title:
            return self._answer("soft", title)
        if _is_home(url, here):
            return self._answer("home", to=here)
        return self._answer("moved", to=moved) if moved else self._answer("good")

    def _reply(self, url: str, *, shallow: bool) -> Reply:
        """The answer of one server, after as many tries as are decent.

        Raises Unreachable, TooLate.
        """
        host = urlsplit(url).netloc.rpartition("@")[2].lower()
        wait: float = 0
        for attempt in range(self._settings.tries):
            last = attempt == self._settings.tries - 1
            if attempt:
                self.pace.hold(host, wait)
            wait = self._settings.gap * 4 * 2**attempt
            try:
                reply = self._once(host, url, shallow=shallow)
            except Unreachable as error:
                if last or error.nowhere or error.private:
                    raise
                continue
            if reply.status not in _BUSY or (last and reply.status != 429):
                return reply
            if reply.retry_after is not None:
                wait = reply.retry_after
        # It has said often enough that it wants to be left alone.
        self.pace.hold(host, float("inf"))
        raise TooLate

    def _once(self, host: str, url: str, *, shallow: bool) -> Reply:
        """HEAD, and GET where that was refused, or where only the page itself can tell: some
        servers answer HEAD with anything, and pages that say "not found" may come with a 200."""
        try:
            reply = self._request("HEAD", host, url)
            enough = reply.status < 400 and not (reply.status < 300 and reply.html and not shallow)
            busy = reply.status == 503 and reply.retry_after is not None
            if enough or busy or reply.status == 429:
                return reply
        except Unreachable as error:
            if error.nowhere or error.private:
                raise
        return self._request("GET", host, url)

    def _request(self, method: str, host: str, url: str) -> Reply:
        self.pace.take(host)
        try:
            return self._web.ask(method, url)
        finally:
            self.pace.give(host)


def soft_error(page: str) -> str:
    """The title of a page that says it is none; "" of any other."""
    match = _TITLE.search(page)
    title = " ".join(html.unescape(match[1]).split()) if match else ""
    return title if any(_NOT_FOUND.fullmatch(part) for part in _PARTS.split(title)) else ""


def _absolute(here: str, location: str) -> str:
    """Where a redirect leads, without the fragment; "" where that is no web address."""
    try:
        there = urldefrag(urljoin(here, location)).url
        parts = urlsplit(there)
        return there if parts.scheme in ("http", "https") and parts.hostname else ""
    except ValueError:
        return ""


def _is_home(url: str, here: str) -> bool:
    """Whether a link to a page has come to the home page of its host."""
    one, other = urlsplit(url), urlsplit(here)
    hosts = {part.netloc.lower().removeprefix("www.") for part in (one, other)}
    deep = one.path.strip("/") or one.query
    return bool(deep) and len(hosts) == 1 and not other.path.strip("/") and not other.query
