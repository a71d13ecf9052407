"""Settings of the mail server, and one message at a time."""

import shutil
import socket
import ssl
import subprocess
from datetime import UTC, datetime

import pytest
from aiosmtpd.smtp import AuthResult

from builder.mail import MailFailed
from builder.mail.smtp import Connection, Settings, settings
from tests.mail.conftest import SENDER, office

ADA = "ada@example.org"


def variables(**values):
    return {f"PAPERSHELF_SMTP_{name}": value for name, value in values.items()}


def test_settings_come_from_the_environment():
    found = settings(
        variables(HOST="mail.example.org", PORT="2525", USER="ada", PASSWORD=" secret ")
    )
    assert found == Settings(
        host="mail.example.org", port=2525, starttls=True, user="ada", password=" secret "
    )
    assert settings(variables(HOST="mail.example.org")).port == 587
    assert not settings(variables(HOST="localhost", STARTTLS="no")).starttls


def test_a_password_is_shown_nowhere():
    found = settings(variables(HOST="mail.example.org", USER="ada", PASSWORD="secret"))
    assert "secret" not in repr(found) and "secret" not in str(found)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({}, "no mail server is named; set PAPERSHELF_SMTP_HOST in the environment"),
        (
            {"HOST": "h", "PORT": "smtp"},
            'PAPERSHELF_SMTP_PORT: "smtp" is no port; write a number such as 587',
        ),
        (
            {"HOST": "h", "PORT": "70000"},
            'PAPERSHELF_SMTP_PORT: "70000" is no port; write a number such as 587',
        ),
        (
            {"HOST": "h", "STARTTLS": "perhaps"},
            'PAPERSHELF_SMTP_STARTTLS: "perhaps" is neither yes nor no',
        ),
        (
            {"HOST": "h", "USER": "ada"},
            "set both of PAPERSHELF_SMTP_USER and PAPERSHELF_SMTP_PASSWORD, or neither",
        ),
        (
            {"HOST": "mail.example.org", "USER": "ada", "PASSWORD": "s", "STARTTLS": "no"},
            "without STARTTLS the password would cross the network in the open; leave out "
            "PAPERSHELF_SMTP_STARTTLS",
        ),
    ],
)
def test_a_setting_that_is_missing_or_wrong_is_named(values, message):
    with pytest.raises(MailFailed) as caught:
        settings(variables(**values))
    assert str(caught.value) == message


def deliver(connection, note, recipient=ADA, before=lambda: None):
    try:
        return connection.deliver(
            note.message(recipient, SENDER, date=datetime(2025, 3, 17, tzinfo=UTC)),
            sender=SENDER.address.addr_spec,
            recipient=recipient,
            before=before,
        )
    finally:
        connection.close()


def test_a_message_arrives_as_it_was_written(server, note):
    outcome = deliver(server.connection(), note)
    assert (outcome.kind, outcome.reply) == ("sent", "250 OK")
    (found,) = server.post.messages
    assert found["Subject"] == "A List & More: Daily Papers, March 17, 2025"
    assert found.get_body(("plain",)).get_content().replace("\r\n", "\n") == note.text.replace(
        "papershelf-unsubscribe-address", "mailto:list@example.org?subject=unsubscribe"
    )


@pytest.mark.parametrize(
    ("step", "answer", "kind"),
    [
        ("rcpt", "450 greylisted", "later"),
        ("rcpt", "550 no such user", "refused"),
        ("rcpt", "421 too busy", "offline"),
        ("rcpt", "hang up", "offline"),
        ("data", "451 try again", "later"),
        ("data", "421 going down", "later"),
        ("data", "554 no spam", "refused"),
        ("data", "hang up", "unknown"),
        ("data", "taken, hang up", "unknown"),
    ],
)
def test_every_answer_has_its_outcome(server, note, step, answer, kind):
    setattr(server.post, step, lambda address, attempt: answer)
    outcome = deliver(server.connection(), note)
    assert outcome.kind == kind
    if answer[0].isdigit():
        assert outcome.reply == answer


def test_before_is_called_only_when_the_text_follows(server, note):
    called = []
    server.post.rcpt = lambda address, attempt: "450 later"
    deliver(server.connection(), note, before=lambda: called.append("rcpt"))
    server.post.rcpt = lambda address, attempt: None

    def fail():
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError):
        deliver(server.connection(), note, before=fail)
    assert (called, server.post.taken) == ([], [])


def test_a_connection_serves_many_and_comes_back_after_a_break(server, note):
    server.post.rcpt = lambda address, attempt: (
        "hang up" if (address, attempt) == ("b@example.org", 1) else None
    )
    connection = server.connection()
    kinds = []
    for recipient in ("a@example.org", "b@example.org", "b@example.org", "c@example.org"):
        outcome = connection.deliver(
            note.message(recipient, SENDER, date=datetime(2025, 3, 17, tzinfo=UTC)),
            sender="list@example.org",
            recipient=recipient,
            before=lambda: None,
        )
        kinds.append(outcome.kind)
    connection.close()
    assert kinds == ["sent", "offline", "sent", "sent"]
    assert server.post.connections == 2


def test_no_server_at_all_is_offline(note):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    connection = Connection(Settings(host="127.0.0.1", port=port, starttls=False))
    assert deliver(connection, note).kind == "offline"


def test_a_sender_that_is_refused_ends_everything(server, note):
    server.post.mail = lambda: "550 not you"
    with pytest.raises(MailFailed) as caught:
        deliver(server.connection(), note)
    assert str(caught.value) == "127.0.0.1 takes no mail from list@example.org: 550 not you"


def test_a_server_without_starttls_ends_everything(server, note):
    with pytest.raises(MailFailed, match=r"127\.0\.0\.1 offers no STARTTLS or no login"):
        deliver(server.connection(starttls=True), note)


def authenticate(server, session, envelope, mechanism, data):
    right = (data.login, data.password) == (b"ada", b"right")
    # Not handled: the server itself shall say no.
    return AuthResult(success=right, handled=right)


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
def test_a_login_opens_the_server_and_a_wrong_password_is_not_repeated(note):
    options = {"auth_require_tls": False, "auth_required": True, "authenticator": authenticate}
    with office(**options) as running:
        assert deliver(running.connection(user="ada", password="right"), note).kind == "sent"
        with pytest.raises(MailFailed) as caught:
            deliver(running.connection(user="ada", password="wrong-secret"), note)
    assert str(caught.value) == (
        "127.0.0.1 does not take PAPERSHELF_SMTP_USER and PAPERSHELF_SMTP_PASSWORD (535)"
    )


@pytest.fixture
def certificate(tmp_path):
    """A certificate for 127.0.0.1 that signs itself."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed")
    key, cert = tmp_path / "key.pem", tmp_path / "cert.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
         "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert],
        check=True, capture_output=True,
    )  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(cert, key)
    return cert, context


def test_starttls_is_spoken_and_certificates_are_checked(note, certificate, monkeypatch):
    cert, context = certificate
    with office(tls_context=context, require_starttls=True) as running:
        with pytest.raises(MailFailed, match=r"127\.0\.0\.1: no safe connection: .*CERTIFICATE"):
            deliver(running.connection(starttls=True), note)
        monkeypatch.setenv("SSL_CERT_FILE", str(cert))
        assert deliver(running.connection(starttls=True), note).kind == "sent"
        assert len(running.post.taken) == 1
