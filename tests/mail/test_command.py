"""`papershelf digest`: what it writes and says, and a send to a thousand that is killed midway."""

import os
import subprocess
import sys
import zlib
from collections import Counter
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from click.testing import CliRunner

from builder.cli import main
from tests.projects import ROOT, make_project
from tests.repositories import Repository, needs_git

NEWEST = "daily-papers-2025-03-17"


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = make_project(tmp_path / "project")
    monkeypatch.chdir(folder)
    for name in os.environ:
        if name.startswith("PAPERSHELF_"):
            monkeypatch.delenv(name)
    return folder


@pytest.fixture
def digest(project):
    def run(*arguments, **environment):
        arguments = ["digest", *(str(argument) for argument in arguments)]
        return CliRunner().invoke(main, arguments, env=environment, catch_exceptions=False)

    return run


def reach(server):
    """The environment in which a server is the one to send by."""
    return {
        "PAPERSHELF_SMTP_HOST": server.settings.host,
        "PAPERSHELF_SMTP_PORT": str(server.settings.port),
        "PAPERSHELF_SMTP_STARTTLS": "no",
        "PAPERSHELF_MAIL_FROM": "A List <list@example.org>",
    }


def test_the_newest_edition_is_written_to_look_at(digest, project):
    done = digest()
    size = (project / "mail" / f"{NEWEST}.eml").stat().st_size
    assert done.output == f"Wrote mail/{NEWEST}.eml, .html and .txt: 5 papers, {size:,} bytes\n"
    data = (project / "mail" / f"{NEWEST}.eml").read_bytes()
    message = message_from_bytes(data, policy=policy.SMTP)
    assert message["Subject"] == "Papershelf: Daily Papers, March 17, 2025"
    assert str(message["Date"]) == "Mon, 17 Mar 2025 00:00:00 +0000"
    html = (project / "mail" / f"{NEWEST}.html").read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>") and "papershelf-unsubscribe-address" not in html
    assert (project / "mail" / f"{NEWEST}.txt").read_text(encoding="utf-8").startswith("Papershelf")


def test_writing_it_again_writes_the_same(digest, project):
    digest()
    first = (project / "mail" / f"{NEWEST}.eml").read_bytes()
    digest()
    assert (project / "mail" / f"{NEWEST}.eml").read_bytes() == first


def test_a_period_is_written_elsewhere(digest, project):
    done = digest("--since", "2025-03-01", "--out", "elsewhere")
    assert done.exit_code == 0
    assert (project / "elsewhere" / "since-2025-03-01-until-2025-03-17.eml").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([NEWEST, "--since", "2025-01-01"], "give an EDITION or --since, not both"),
        (["--send"], "--send needs one of --to and --recipients"),
        (["--send", "--to", "a@example.org"], "--send needs --from, or PAPERSHELF_MAIL_FROM"),
        (["--to", "nobody"], '--to: "nobody" is no mail address; write it bare'),
        (
            ["--send", "--to", "a@example.org", "--recipients", "x"],
            "--send needs one of --to and --recipients",
        ),
    ],
)
def test_options_that_do_not_go_together_are_said(digest, arguments, words):
    done = digest(*arguments)
    assert done.exit_code == 2
    assert words in " ".join(done.output.replace("│", " ").split())


def test_what_cannot_be_made_is_one_line(digest):
    done = digest("daily-papers-2025-03-71")
    assert (done.exit_code, done.output) == (
        1,
        f'papershelf: there is no edition "daily-papers-2025-03-71"; did you mean "{NEWEST}"?\n',
    )


def test_a_template_that_is_wrong_is_named_with_its_line(digest, project):
    template = project / "site_templates" / "mail" / "digest.txt.j2"
    template.write_text("{{ digest.subject }}\n{{ digest.sbject }}\n")
    done = digest()
    assert done.exit_code == 1
    assert done.output.startswith(f"{template}:2: ")
    assert "has no attribute 'sbject'" in done.output


def test_it_is_sent_to_a_list_once(digest, server):
    done = digest("--send", "--to", "everyone@example.org", **reach(server))
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[-1] == "Sent 1"
    done = digest("--send", "--to", "everyone@example.org", **reach(server))
    assert done.output.splitlines()[-1] == "Sent 0, 1 had it already"
    assert [address for address, _ in server.post.taken] == ["everyone@example.org"]


def test_who_was_not_served_is_named_and_the_exit_code_tells(digest, server, project):
    (project / "people.txt").write_text("ada@example.org\nbo@example.org\ncy@example.org\n")
    answers = {"ada@example.org": "550 no such user", "bo@example.org": "450 greylisted"}
    server.post.rcpt = lambda address, attempt: answers.get(address)
    options = ("--send", "--recipients", "people.txt", "--retries", 0)
    done = digest(*options, **reach(server))
    assert done.exit_code == 1
    assert done.output.splitlines()[1:] == [
        "Sent 1, 1 refused, 1 left for the next run",
        "ada@example.org: refused for good: 550 no such user",
        "bo@example.org: not served yet, run the same command again: 450 greylisted",
    ]
    server.post.rcpt = lambda address, attempt: None
    done = digest(*options, **reach(server))
    assert done.exit_code == 0
    assert done.output.splitlines()[1] == "Sent 1, 1 had it already, 1 refused in an earlier run"


def test_nobody_gets_anything_when_a_line_of_the_file_is_bad(digest, server, project):
    (project / "people.txt").write_text("ada@example.org\nno address\n")
    done = digest("--send", "--recipients", "people.txt", **reach(server))
    assert done.exit_code == 1
    assert done.output.startswith('people.txt:2: "no address" is no mail address; ')
    assert server.post.taken == []


def test_a_wrong_password_is_not_shown(digest, server):
    secret = {"PAPERSHELF_SMTP_USER": "ada", "PAPERSHELF_SMTP_PASSWORD": "s3cret-w0rd"}
    done = digest("--send", "--to", "ada@example.org", **reach(server), **secret)
    assert done.exit_code == 1
    assert "offers no STARTTLS or no login" in done.output
    assert "s3cret-w0rd" not in done.output


@needs_git
def test_what_came_long_ago_is_not_sent_when_only_the_fresh_is_wanted(tmp_path, monkeypatch):
    folder = make_project(tmp_path / "project")
    monkeypatch.chdir(folder)
    Repository(folder).commit("2025-04-01")
    done = CliRunner().invoke(main, ["digest", "--fresh", "3"], catch_exceptions=False)
    assert done.output == f"Nothing to send: {NEWEST} came on 2025-04-01\n"
    assert not (folder / "mail").exists()


class Sending:
    """The command in a process of its own, that can be killed."""

    def __init__(self, project: Path, server, *options: object) -> None:
        self.environment = {
            **os.environ,
            **reach(server),
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "100",
        }
        self.command = [
            sys.executable, "-m", "builder", "digest", "--send", "--recipients", "people.txt",
            "--retries", "3", "--wait", "0.05", *map(str, options),
        ]  # fmt: skip
        self.project = project
        self.process: subprocess.Popen | None = None

    def run(self) -> tuple[int, str]:
        """Run it to its end; returns its exit code (-9 when it was killed) and what it said."""
        self.process = subprocess.Popen(
            self.command,
            cwd=self.project,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        said, _ = self.process.communicate(timeout=300)
        return self.process.returncode, said

    def kill(self) -> None:
        assert self.process is not None
        self.process.kill()
        self.process.wait()


def people(project, number):
    addresses = [f"person{n}@example.org" for n in range(number)]
    (project / "people.txt").write_text("".join(f"{address}\n" for address in addresses))
    return addresses


def unlucky(address):
    """One in twenty, always the same ones."""
    return zlib.crc32(address.encode()) % 20 == 0


def test_a_thousand_get_it_exactly_once_with_failures_and_a_kill_in_the_middle(project, server):
    addresses = people(project, 1000)
    sending = Sending(project, server)
    failing = [address for address in addresses if unlucky(address)]
    assert 35 < len(failing) < 65

    def rcpt(address, attempt):
        if len(server.post.taken) == 500 and server.post.tried["killed", ""] == 0:
            server.post.tried["killed", ""] += 1
            sending.kill()
        return "450 greylisted" if unlucky(address) and attempt == 1 else None

    def data(address, attempt):
        return "451 no room" if unlucky(address) and attempt == 1 else None

    server.post.rcpt, server.post.data = rcpt, data
    code, _ = sending.run()
    assert code == -9
    assert len(server.post.taken) == 500
    code, said = sending.run()
    assert (code, said.splitlines()[-1]) == (0, "Sent 500, 500 had it already")
    assert Counter(address for address, _ in server.post.taken) == dict.fromkeys(addresses, 1)


@pytest.mark.parametrize(("unconfirmed", "times"), [("again", 2), ("skip", 1)])
def test_killed_between_the_servers_yes_and_the_record_is_what_was_chosen(
    project, server, unconfirmed, times
):
    addresses = people(project, 20)
    sending = Sending(project, server, "--unconfirmed", unconfirmed)

    def data(address, attempt):
        if address == addresses[10] and attempt == 1:
            # The server has it, and the sender never hears that.
            sending.kill()
            return "taken"
        return None

    server.post.data = data
    assert sending.run()[0] == -9
    code, said = sending.run()
    assert code == 0
    assert ("second time under the same Message-ID" in said) == (unconfirmed == "again")
    assert ("in doubt and left alone" in said) == (unconfirmed == "skip")
    counts = Counter(address for address, _ in server.post.taken)
    assert counts == {**dict.fromkeys(addresses, 1), addresses[10]: times}
    assert len(set(server.post.taken)) == 20
