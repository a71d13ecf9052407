"""Delivery of a digest to many: nobody lost, nobody twice, whatever breaks."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from builder.mail import MailFailed
from builder.mail.letter import Letter, Sender
from builder.mail.record import Record
from builder.mail.smtp import Connection

# So many connections in a row that do not come about, or break, end a round.
_BREAKS = 3
# So many refusals in a row are not about the recipients.
_REFUSALS = 20


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How to go about it.

    retries: how often recipients who could not be served are tried again in this run, after
    `wait` seconds, and twice as long each further time; those left are for the next run.
    unconfirmed: what to do with a message of which nobody knows whether it was taken: send it
    "again" under the same Message-ID, or "skip" it. refused: try those again that a server
    refused for good in an earlier run.
    """

    retries: int = 3
    wait: float = 60
    unconfirmed: Literal["again", "skip"] = "again"
    refused: bool = False


@dataclass(frozen=True, kw_only=True)
class Report:
    """What came of it, in numbers and as (address, reply of the server).

    already: got it in an earlier run; before: were refused in one. again: messages sent a second
    time, under the same Message-ID, because nobody knew whether the first was taken. skipped:
    nobody knows, and they were not sent it again. later: left for the next run.
    """

    sent: int
    already: int
    before: int
    again: int
    refused: tuple[tuple[str, str], ...]
    later: tuple[tuple[str, str], ...]
    skipped: tuple[tuple[str, str], ...]


class Progress(Protocol):
    """Told how many of the recipients are settled, and what is done now."""

    def __call__(self, settled: int, doing: str) -> None: ...


def send(
    letter: Letter,
    recipients: Sequence[str],
    sender: Sender,
    connection: Connection,
    record: Record,
    plan: Plan,
    *,
    now: Callable[[], datetime],
    sleep: Callable[[float], None] = time.sleep,
    progress: Progress = lambda settled, doing: None,
) -> Report:
    """Send a letter to each recipient who has not got it, one message each.

    Raises MailFailed when going on would not help: what happened so far is in the record.
    """
    round_ = _Rounds(letter, sender, connection, record, plan, now)
    waiting = [address for address in recipients if round_.due(address)]
    progress(len(recipients) - len(waiting), "sending")
    for attempt in range(plan.retries + 1):
        if attempt:
            pause = plan.wait * 2 ** (attempt - 1)
            progress(len(recipients) - len(waiting), f"{len(waiting):,} wait {pause:.0f} s")
            sleep(pause)
        left: list[str] = []
        for place, address in enumerate(waiting):
            if round_.broken >= _BREAKS:
                left += waiting[place:]
                break
            if not round_.settle(address):
                left.append(address)
            progress(len(recipients) - len(waiting) + place + 1 - len(left), "sending")
        waiting = left
        round_.broken = 0
        if not waiting:
            break
    return round_.report(waiting)


class _Rounds:
    """The state of a run over its rounds. broken: connections in a row that came to nothing."""

    def __init__(
        self,
        letter: Letter,
        sender: Sender,
        connection: Connection,
        record: Record,
        plan: Plan,
        now: Callable[[], datetime],
    ) -> None:
        self.letter, self.sender, self.connection = letter, sender, connection
        self.record, self.plan, self.now = record, plan, now
        self.broken = 0
        self._refusals = 0
        self._sent = self._already = self._before = self._again = 0
        self._refused: list[tuple[str, str]] = []
        self._skipped: list[tuple[str, str]] = []
        self._replies: dict[str, str] = {}

    def due(self, address: str) -> bool:
        """Whether somebody still has to get the letter; counts those who have not."""
        step = self.record.of(self.letter.message_id(address))
        if step is None or step.state == "later":
            return True
        if step.state == "sent":
            self._already += 1
        elif step.state == "sending":
            return self._unconfirmed(address, step.reply)
        elif self.plan.refused:
            return True
        else:
            self._before += 1
        return False

    def settle(self, address: str) -> bool:
        """Try once; whether the recipient needs no further attempt."""
        message_id = self.letter.message_id(address)
        message = self.letter.message(address, self.sender, date=self.now())
        outcome = self.connection.deliver(
            message,
            sender=self.sender.address.addr_spec,
            recipient=address,
            before=lambda: self._begin(message_id),
        )
        self._replies[address] = outcome.reply
        if outcome.kind == "offline":
            self.broken += 1
            return False
        if outcome.kind == "unknown":
            self.broken += 1
            return not self._unconfirmed(address, outcome.reply)
        self.broken = 0
        self.record.add(message_id, outcome.kind, outcome.reply)
        if outcome.kind == "sent":
            self._sent += 1
            self._refusals = 0
        elif outcome.kind == "refused":
            self._refused.append((address, outcome.reply))
            self._refusals += 1
            if self._refusals >= _REFUSALS:
                raise MailFailed(
                    f"the server refused {_REFUSALS} recipients in a row, the last one with: "
                    f"{outcome.reply}; find out why, and send again with --retry-refused"
                )
        return outcome.kind != "later"

    def _begin(self, message_id: str) -> None:
        """The server is about to get the text of a message."""
        step = self.record.of(message_id)
        if step and step.state == "sending":
            self._again += 1
        self.record.add(message_id, "sending")

    def _unconfirmed(self, address: str, reply: str) -> bool:
        """Whether a message is sent again of which nobody knows whether it was taken."""
        if self.plan.unconfirmed == "again":
            return True
        self._skipped.append((address, reply or "the run ended before the server's reply"))
        return False

    def report(self, waiting: Sequence[str]) -> Report:
        """The end of the run; waiting: who is left for the next one."""
        return Report(
            sent=self._sent,
            already=self._already,
            before=self._before,
            again=self._again,
            refused=tuple(self._refused),
            later=tuple((address, self._replies.get(address, "")) for address in waiting),
            skipped=tuple(self._skipped),
        )
