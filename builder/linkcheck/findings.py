"""Answers as problems, at every place where the link stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from builder.linkcheck.model import Answer, Place, Target
from builder.problems import Problem

_CORRECT = "correct it, or remove the link"
_LOOK = "look whether it is for good, and correct it or remove it then"
_SILENCE = "open it in a browser; if it is there, silence this in content/check.yml"


def problems(targets: Iterable[Target], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """An error for each link that leads nowhere, a warning for each that leads elsewhere or that
    nobody answers for."""
    for target in targets:
        made = _words(target, answers[target.url])
        if made:
            severity, message, hint = made
            for place in target.places:
                yield Problem(
                    path=place.path,
                    line=place.line,
                    field=place.field,
                    message=message,
                    hint=_hint(place, hint),
                    severity="error" if severity == "error" else "warning",
                )


def _hint(place: Place, hint: str) -> str:
    if place.field in ("arxiv", "doi") and hint == _CORRECT:
        return "correct it, or leave it out"
    return hint


def _words(target: Target, answer: Answer) -> tuple[str, str, str] | None:
    """(severity, what is wrong, what to do); None where nothing is."""
    link = f'"{target.url}"'
    since = "" if answer.since.date() == answer.asked.date() else (
        f" (since {answer.since:%Y-%m-%d})"
    )  # fmt: skip
    match answer.state:
        case "gone":
            return "error", f"{link} answers {answer.detail}", _CORRECT
        case "nowhere":
            return "error", f"{link}: {answer.detail}", _CORRECT
        case "private":
            return "error", f"{link}: {answer.detail}", "link to what every reader can reach"
        case "moved":
            return "warning", f'{link} moved for good to "{answer.to}"', "write the new address"
        case "home":
            hint = "find the page's new address, or remove the link"
            return "warning", f'{link} leads to the home page "{answer.to}"', hint
        case "soft":
            hint = "open it in a browser; correct it, or remove the link"
            return "warning", f'{link} shows a page "{answer.detail}"', hint
        case "loop" | "astray":
            return "warning", f"{link}: {answer.detail}", _SILENCE
        case "refused":
            return "warning", f"{link} answers programs {answer.detail}", _SILENCE
        case "failing":
            return "warning", f"{link} answers {answer.detail}{since}", _LOOK
        case "unreachable":
            return "warning", f"{link}: {answer.detail}{since}", _LOOK
    return None
