"""Delivery to many: nobody lost, nobody twice, whatever the server does."""

import json
from collections import Counter
from datetime import UTC, datetime

import pytest

from builder.mail import MailFailed
from builder.mail.record import Record
from builder.mail.send import Plan, send
from tests.mail.conftest import SENDER

PEOPLE = tuple(f"person{number}@example.org" for number in range(12))


@pytest.fixture
def run(server, note, tmp_path):
    """Send to people once: run(people, retries=...) -> the report. `run.pauses` tells how long
    each run waited, `run.shown` what its progress was."""

    def once(people=PEOPLE, **plan):
        once.pauses, once.shown = [], []
        connection = server.connection()
        try:
            with Record(tmp_path / "a.sent.jsonl") as record:
                return send(
                    note,
                    people,
                    SENDER,
                    connection,
                    record,
                    Plan(**{"retries": 0, **plan}),
                    now=lambda: datetime(2025, 3, 17, tzinfo=UTC),
                    sleep=once.pauses.append,
                    progress=lambda settled, doing: once.shown.append((settled, doing)),
                )
        finally:
            connection.close()

    return once


def got(server):
    """How often each recipient got it."""
    return Counter(address for address, _ in server.post.taken)


def everybody_once(server):
    return got(server) == dict.fromkeys(PEOPLE, 1)


def test_everybody_gets_it_once_however_often_it_is_sent(run, server):
    report = run()
    assert (report.sent, report.already, report.later, report.refused) == (12, 0, (), ())
    again = run()
    assert (again.sent, again.already) == (0, 12)
    assert everybody_once(server)
    assert server.post.connections == 1


def test_who_joins_the_list_later_gets_it_then(run, server):
    run(PEOPLE[:5])
    report = run()
    assert (report.sent, report.already) == (7, 5)
    assert everybody_once(server)


def test_progress_tells_how_many_are_settled(run):
    run()
    assert [settled for settled, _ in run.shown] == [*range(13)]


def test_who_is_greylisted_is_tried_again_after_a_pause_that_grows(run, server):
    server.post.rcpt = lambda address, attempt: (
        "450 come back" if attempt < 3 and address in PEOPLE[:2] else None
    )
    report = run(retries=3, wait=60)
    assert (report.sent, report.later) == (12, ())
    assert run.pauses == [60, 120]
    assert (10, "2 wait 60 s") in run.shown
    assert everybody_once(server)


def test_who_could_not_be_served_is_left_for_the_next_run(run, server):
    server.post.data = lambda address, attempt: (
        "451 no room" if attempt < 3 and address == PEOPLE[3] else None
    )
    report = run(retries=1)
    assert (report.sent, report.later) == (11, ((PEOPLE[3], "451 no room"),))
    report = run()
    assert (report.sent, report.already, report.later) == (1, 11, ())
    assert everybody_once(server)


def test_who_is_refused_for_good_is_told_once_and_tried_again_only_when_asked(run, server):
    server.post.rcpt = lambda address, attempt: (
        "550 no such user" if attempt == 1 and address == PEOPLE[3] else None
    )
    report = run(retries=3)
    assert report.refused == ((PEOPLE[3], "550 no such user"),)
    assert run.pauses == []
    report = run()
    assert (report.sent, report.already, report.before, report.refused) == (0, 11, 1, ())
    report = run(refused=True)
    assert (report.sent, report.already) == (1, 11)
    assert everybody_once(server)


def test_a_server_that_refuses_everybody_is_not_asked_for_ever(run, server):
    server.post.rcpt = lambda address, attempt: "554 you are on a list"
    people = tuple(f"p{number}@example.org" for number in range(60))
    with pytest.raises(MailFailed) as caught:
        run(people)
    assert str(caught.value) == (
        "the server refused 20 recipients in a row, the last one with: 554 you are on a list; "
        "find out why, and send again with --retry-refused"
    )
    server.post.rcpt = lambda address, attempt: None
    assert run(people, refused=True).sent == 60


def test_a_connection_that_breaks_before_the_text_loses_nobody(run, server):
    server.post.rcpt = lambda address, attempt: (
        "hang up" if attempt == 1 and address in PEOPLE[2:5] else None
    )
    report = run(retries=1)
    assert (report.sent, report.again, report.later) == (12, 0, ())
    assert everybody_once(server)


def test_three_broken_connections_in_a_row_end_the_round(run, server):
    server.post.rcpt = lambda address, attempt: "hang up"
    report = run(retries=2, wait=5)
    assert report.sent == 0
    assert [address for address, _ in report.later] == list(PEOPLE)
    assert run.pauses == [5, 10]
    assert sum(server.post.tried.values()) == 9
    server.post.rcpt = lambda address, attempt: None
    assert run().sent == 12
    assert everybody_once(server)


def test_a_text_that_was_not_taken_before_the_break_is_sent_again(run, server):
    server.post.data = lambda address, attempt: (
        "hang up" if attempt == 1 and address == PEOPLE[4] else None
    )
    report = run(retries=1)
    assert (report.sent, report.again) == (12, 1)
    assert everybody_once(server)


def test_a_text_that_was_taken_before_the_break_comes_twice_under_one_message_id(run, server):
    server.post.data = lambda address, attempt: (
        "taken, hang up" if attempt == 1 and address == PEOPLE[4] else None
    )
    report = run(retries=1)
    assert (report.sent, report.again) == (12, 1)
    assert got(server)[PEOPLE[4]] == 2
    # A mailbox that drops doubles, as by Message-ID they are known, has it once.
    assert len(set(server.post.taken)) == 12


def test_or_it_is_left_alone_when_nobody_may_get_it_twice(run, server):
    server.post.data = lambda address, attempt: (
        "taken, hang up" if attempt == 1 and address == PEOPLE[4] else None
    )
    report = run(retries=1, unconfirmed="skip")
    assert (report.sent, report.again) == (11, 0)
    assert [address for address, _ in report.skipped] == [PEOPLE[4]]
    report = run(unconfirmed="skip")
    assert (report.sent, report.already) == (0, 11)
    assert report.skipped == ((PEOPLE[4], "the run ended before the server's reply"),)
    assert everybody_once(server)


def test_the_record_holds_no_address(run, tmp_path):
    run()
    lines = (tmp_path / "a.sent.jsonl").read_text().splitlines()
    assert len(lines) == 24
    assert not [line for line in lines if "person" in line]
    assert Counter(json.loads(line)["state"] for line in lines) == {"sending": 12, "sent": 12}
