"""A mail server: its settings from the environment, and one message at a time."""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Literal

from builder.mail import MailFailed

_PREFIX = "PAPERSHELF_SMTP_"
_LOCAL = ("localhost", "127.0.0.1", "::1")
_YES, _NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")
_TIMEOUT = 60


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where mail is handed in. password: shown nowhere, not even by repr."""

    host: str
    port: int
    starttls: bool
    user: str = ""
    password: str = field(default="", repr=False)


def settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings in PAPERSHELF_SMTP_HOST, _PORT (587), _STARTTLS (yes), _USER and _PASSWORD.

    Port 465 speaks TLS from its first byte, any other one after STARTTLS. Raises MailFailed when
    a setting is missing or wrong, or would show the password to the network.
    """

    def value(name: str) -> str:
        return environment.get(_PREFIX + name, "").strip()

    host = value("HOST")
    if not host:
        raise MailFailed(f"no mail server is named; set {_PREFIX}HOST in the environment")
    port = value("PORT") or "587"
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise MailFailed(f'{_PREFIX}PORT: "{port}" is no port; write a number such as 587')
    starttls = (value("STARTTLS") or "yes").lower()
    if starttls not in _YES + _NO:
        raise MailFailed(f'{_PREFIX}STARTTLS: "{starttls}" is neither yes nor no')
    user, password = value("USER"), environment.get(_PREFIX + "PASSWORD", "")
    if bool(user) != bool(password):
        raise MailFailed(f"set both of {_PREFIX}USER and {_PREFIX}PASSWORD, or neither")
    if user and starttls in _NO and int(port) != 465 and host not in _LOCAL:
        raise MailFailed(
            f"without STARTTLS the password would cross the network in the open; leave out "
            f"{_PREFIX}STARTTLS"
        )
    return Settings(
        host=host, port=int(port), starttls=starttls in _YES, user=user, password=password
    )


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of a message.

    "sent": the server has it. "refused": it never will take it for this recipient. "later": it
    has not got it, and may take it another time. "unknown": the connection broke when all was
    said but the reply. "offline": there is no connection; nothing was said.
    """

    kind: Literal["sent", "refused", "later", "unknown", "offline"]
    reply: str = ""


class Connection:
    """A connection that is made when it is needed, and again when it broke."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._server: smtplib.SMTP | None = None

    def deliver(
        self, message: EmailMessage, *, sender: str, recipient: str, before: Callable[[], None]
    ) -> Outcome:
        """Hand in one message for one recipient.

        before: called when the server would take it and its text follows; what it raises ends
        everything before a byte of that is sent. Raises MailFailed for what no other recipient
        would change: a wrong password, a sender that the server does not take, no TLS.
        """
        try:
            server = self._connected()
            code, reply = server.mail(sender)
            if code >= 500:
                raise MailFailed(
                    f"{self._settings.host} takes no mail from {sender}: {_words(code, reply)}"
                )
            if code < 400:
                code, reply = server.rcpt(recipient)
            if code == 421:
                raise smtplib.SMTPResponseException(code, reply)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(kind="offline", reply=_words_of(error))
        if code >= 400:
            self._reset(code)
            return Outcome(kind="refused" if code >= 500 else "later", reply=_words(code, reply))
        before()
        try:
            code, reply = server.data(message.as_bytes())
        except smtplib.SMTPDataError as error:
            # The server did not even want the text.
            code, reply = error.smtp_code, error.smtp_error
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(kind="unknown", reply=_words_of(error))
        if code == 250:
            return Outcome(kind="sent", reply=_words(code, reply))
        self._reset(code)
        return Outcome(kind="refused" if code >= 500 else "later", reply=_words(code, reply))

    def close(self) -> None:
        """End the connection, in whatever state it is."""
        server, self._server = self._server, None
        if server is not None:
            try:
                server.quit()
            except (OSError, smtplib.SMTPException):
                server.close()

    def _reset(self, code: int) -> None:
        """Forget the message under way; 421 says that the server hangs up."""
        try:
            if code == 421 or self._server is None:
                raise smtplib.SMTPServerDisconnected
            self._server.rset()
        except (OSError, smtplib.SMTPException):
            self.close()

    def _connected(self) -> smtplib.SMTP:
        if self._server is not None:
            return self._server
        s = self._settings
        context = ssl.create_default_context()
        server = None
        try:
            if s.port == 465:
                server = smtplib.SMTP_SSL(s.host, s.port, timeout=_TIMEOUT, context=context)
            else:
                server = smtplib.SMTP(s.host, s.port, timeout=_TIMEOUT)
                if s.starttls:
                    server.starttls(context=context)
            server.ehlo_or_helo_if_needed()
            if s.user:
                server.login(s.user, s.password)
        except ssl.SSLError as error:
            _drop(server)
            raise MailFailed(
                f"{s.host}: no safe connection: {error.reason or error}; name the host as its "
                "certificate does"
            ) from None
        except smtplib.SMTPNotSupportedError:
            _drop(server)
            raise MailFailed(
                f"{s.host} offers no STARTTLS or no login; for a server on this machine set "
                f"{_PREFIX}STARTTLS=no"
            ) from None
        except smtplib.SMTPAuthenticationError as error:
            _drop(server)
            if error.smtp_code >= 500:
                # The reply may repeat what was sent; its number says enough.
                raise MailFailed(
                    f"{s.host} does not take {_PREFIX}USER and {_PREFIX}PASSWORD "
                    f"({error.smtp_code})"
                ) from None
            raise
        except BaseException:
            _drop(server)
            raise
        self._server = server
        return server


def _drop(server: smtplib.SMTP | None) -> None:
    if server is not None:
        server.close()


def _words(code: int, reply: bytes | str) -> str:
    text = reply.decode(errors="replace") if isinstance(reply, bytes) else reply
    return " ".join(f"{code} {text}".split())


def _words_of(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return _words(error.smtp_code, error.smtp_error)
    return str(error) or type(error).__name__
