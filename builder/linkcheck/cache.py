"""What was answered before: .papershelf/links.json, so that nobody is asked more than needed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import get_args

from builder.content.files import write_text
from builder.linkcheck.model import UNANSWERED, Answer, State, Target

VERSION = 1
AGE = timedelta(days=7)
# Who got a bad answer wants to know soon whether that is mended.
BAD = timedelta(days=1)
# Ids of arXiv and DOIs are made to stay.
STEADY = 10
# What no file leads to any more is forgotten after so long.
FORGOTTEN = timedelta(days=120)


@dataclass
class Cache:
    """Answers by address. path: of the file; None keeps them nowhere."""

    path: Path | None = None
    answers: dict[str, Answer] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Cache:
        """The cache in a file; an empty one where the file is not there or damaged."""
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["version"] != VERSION:
                return cls(path=path)
            answers = {str(url): _answer(item) for url, item in data["answers"].items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(path=path)
        return cls(path=path, answers=answers)

    def write(self, now: datetime) -> None:
        """Write the file; an answer that is too old is left out."""
        if self.path is None:
            return
        kept = {
            url: {
                "state": item.state,
                "asked": item.asked.isoformat(),
                "since": item.since.isoformat(),
                **({"detail": item.detail} if item.detail else {}),
                **({"to": item.to} if item.to else {}),
            }
            for url, item in sorted(self.answers.items())
            if now - item.asked <= FORGOTTEN
        }
        data = {"version": VERSION, "answers": kept}
        write_text(self.path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")

    def fresh(self, target: Target, now: datetime, age: timedelta = AGE) -> Answer | None:
        """The answer for an address, if it is young enough not to ask again."""
        known = self.answers.get(target.url)
        if known is None or known.state in UNANSWERED:
            return None
        limit = age * STEADY if target.shallow else age
        if known.state != "good":
            limit = min(age, BAD)
        # A clock that was put back makes no answer eternal.
        return known if timedelta(0) <= now - known.asked < limit else None

    def note(self, url: str, answer: Answer) -> Answer:
        """Keep an answer; returns it with the day since which it has been a bad one."""
        before = self.answers.get(url)
        if before and before.state != "good" and answer.state != "good":
            answer = replace(answer, since=before.since)
        if answer.state not in ("later", "robots"):
            self.answers[url] = answer
        return answer


def _answer(item: Mapping[str, str]) -> Answer:
    if item["state"] not in get_args(State):
        raise ValueError(item["state"])
    times = {name: datetime.fromisoformat(item[name]) for name in ("asked", "since")}
    if any(time.tzinfo is None for time in times.values()):
        raise ValueError("a time without its zone")
    return Answer(
        state=item["state"],  # type: ignore[arg-type]
        detail=str(item.get("detail", "")),
        to=str(item.get("to", "")),
        **times,
    )
