"""The record of who got a digest: what a crash leaves, and two senders at once."""

import pytest

from builder.mail import MailFailed
from builder.mail.record import Record, Step
from builder.problems import ProblemsFound


def test_what_is_written_is_read_again(tmp_path):
    path = tmp_path / "mail" / "a.sent.jsonl"
    with Record(path) as record:
        record.add("<1@example.org>", "sending")
        record.add("<1@example.org>", "sent", "250 ünïcode")
        record.add("<2@example.org>", "sending")
        assert record.of("<1@example.org>") == Step(state="sent", reply="250 ünïcode")
    with Record(path) as record:
        assert record.of("<1@example.org>") == Step(state="sent", reply="250 ünïcode")
        assert record.of("<2@example.org>") == Step(state="sending")
        assert record.of("<3@example.org>") is None


def test_each_step_is_in_the_file_before_the_next(tmp_path):
    path = tmp_path / "a.sent.jsonl"
    with Record(path) as record:
        for number in range(1, 4):
            record.add(f"<{number}@example.org>", "sending")
            assert path.read_text().count("\n") == number


@pytest.mark.parametrize("torn", ['{"message": "<2@exa', '{"message": "<2@example.org>", "state"'])
def test_a_line_that_a_crash_cut_off_is_dropped(tmp_path, torn):
    path = tmp_path / "a.sent.jsonl"
    whole = '{"message": "<1@example.org>", "state": "sent"}\n'
    path.write_text(whole + torn)
    with Record(path) as record:
        assert record.of("<1@example.org>") == Step(state="sent")
        assert record.of("<2@example.org>") is None
        record.add("<3@example.org>", "later")
    assert path.read_text() == whole + '{"message": "<3@example.org>", "state": "later"}\n'


@pytest.mark.parametrize("line", ["no json", "{}", '{"message": "x", "state": "perhaps"}', "[1]"])
def test_a_broken_line_before_the_last_ends_everything(tmp_path, monkeypatch, line):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.sent.jsonl").write_text(f'{{"message": "1", "state": "sent"}}\n{line}\n')
    with pytest.raises(ProblemsFound) as caught, Record(tmp_path / "a.sent.jsonl"):
        pass
    (problem,) = caught.value.problems
    assert problem.line == 2
    assert problem.message == "this is no line of a record of sent mail"
    # The lock is free again.
    (tmp_path / "a.sent.jsonl").unlink()
    with Record(tmp_path / "a.sent.jsonl"):
        pass


def test_two_senders_cannot_hold_one_record(tmp_path):
    path = tmp_path / "a.sent.jsonl"
    with (
        Record(path),
        pytest.raises(MailFailed, match="another send of this digest is under way"),
        Record(path),
    ):
        pass
    with Record(path):
        pass
