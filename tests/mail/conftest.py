"""A mail server that notes what it takes, and can be told to fail."""

import contextlib
import socket
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from builder.analysis import analyse
from builder.exports.site import Site
from builder.mail.digest import of_edition
from builder.mail.letter import Letter, letter, sender
from builder.mail.smtp import Connection, Settings
from builder.pages.shape import Shaper
from tests.projects import ROOT

TEMPLATES = ROOT / "site_templates" / "mail"
SITE = Site(
    url="https://papers.example.org/list/",
    name="A List & More",
    description="Papers.",
    authority="example.org,2025",
)
SENDER = sender("A List <list@example.org>")


@dataclass
class Post:
    """Behind the server: what came, and what is answered.

    taken: (recipient, Message-ID) of every message that the server has taken, in their order.
    rcpt, data: called with the recipient, and how often he was tried (from 1) at that step;
    return an answer such as "450 later", None for yes, or "hang up".
    """

    taken: list[tuple[str, str]] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)
    rcpt: Callable[[str, int], str | None] = lambda address, attempt: None
    data: Callable[[str, int], str | None] = lambda address, attempt: None
    mail: Callable[[], str | None] = lambda: None
    connections: int = 0
    tried: Counter = field(default_factory=Counter)

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server, session, envelope, address, options):
        answer = self.mail()
        if answer is None:
            envelope.mail_from = address
        return answer or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        self.tried["rcpt", address] += 1
        answer = self.rcpt(address, self.tried["rcpt", address])
        if answer == "hang up":
            server.transport.abort()
        if answer is None:
            envelope.rcpt_tos.append(address)
        return answer or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        (address,) = envelope.rcpt_tos
        self.tried["data", address] += 1
        answer = self.data(address, self.tried["data", address])
        if answer is None or answer.startswith("taken"):
            message = message_from_bytes(envelope.content, policy=policy.SMTP)
            self.taken.append((address, message["Message-ID"]))
            self.messages.append(message)
        if answer and answer.endswith("hang up"):
            server.transport.abort()
        return answer or "250 OK"


@dataclass(frozen=True)
class Office:
    """A running server. settings: how to reach it."""

    post: Post
    settings: Settings

    def connection(self, **changes: object) -> Connection:
        return Connection(Settings(**{**vars(self.settings), **changes}))


@contextlib.contextmanager
def office(**options: object) -> Iterator[Office]:
    """A mail server on this machine; options: as aiosmtpd's Controller takes them."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield Office(post, Settings(host="127.0.0.1", port=port, starttls=False))
    finally:
        controller.stop()


@pytest.fixture
def server() -> Iterator[Office]:
    with office() as running:
        yield running


@pytest.fixture(scope="session")
def note(small) -> Letter:
    """A letter of the invented library's newest edition."""
    made = of_edition(Shaper(small, analyse(small)), None)
    return letter(made, SITE, TEMPLATES)
