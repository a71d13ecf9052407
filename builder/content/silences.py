"""What checks shall not tell again: content/check.yml. Reader and writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.content import emit
from builder.content.fields import load_mapping
from builder.content.paper import Source
from builder.problems import Problem, ProblemsFound

KEYS = ("silence",)
SILENCE_KEYS = ("path", "field", "says", "check", "reason")
CHECKS = ("links",)


@dataclass(frozen=True, kw_only=True)
class Silence:
    """Findings that are known and right as they are.

    path: of the file below content/. field: as the check names it; None: any field. says: a part of
    the message; None: any. check: "links" for what only `papershelf check --links` finds; None: any
    check. reason: why this is no mistake, for whoever asks next.
    """

    path: str
    reason: str
    field: str | None = None
    says: str | None = None
    check: str | None = None

    def covers(self, problem: Problem) -> bool:
        """Whether this finding is silenced."""
        return (
            f"/{problem.path}".endswith(f"/{self.path}")
            and self.field in (None, problem.field)
            and (self.says is None or self.says in problem.message)
        )


@dataclass(frozen=True, kw_only=True)
class Silences:
    """All silences, in the order of the file."""

    entries: tuple[Silence, ...] = ()
    source: Source = field(default=Source(path=""), compare=False, repr=False)


def parse(text: str, *, path: str) -> Silences:
    """Read the silences from the text of their file.

    Raises ProblemsFound with everything that is wrong with it.
    """
    fields = load_mapping(text, path=path)
    fields.only(KEYS)
    found: list[Silence] = []
    for item in fields.mappings("silence"):
        item.only(SILENCE_KEYS)
        made = Silence(
            path=item.text("path", required=True) or "",
            field=item.text("field"),
            says=item.text("says"),
            check=item.matching("check", _check),
            reason=item.text("reason", required=True) or "",
        )
        if made.path and "field" not in item and "says" not in item:
            hint = 'add a line "field: ..." or "says: ...", with what the check told'
            item.problem("path", "this silences a whole file", hint)
        found.append(made)
    if fields.problems:
        raise ProblemsFound(fields.problems)
    return Silences(entries=tuple(found), source=Source(path=path, lines=fields.lines))


def _check(value: str) -> tuple[str, str] | None:
    if value in CHECKS:
        return None
    return f'"{value}" is no such check', f"write check: {CHECKS[0]}, or remove the line"


def dump(silences: Silences) -> str:
    """The canonical text of the file; `parse` reads equal silences back from it."""
    return "".join(f"{line}\n" for line in _dump(silences))


def _dump(silences: Silences) -> Iterator[str]:
    if silences.entries:
        yield "silence:"
    for item in silences.entries:
        yield f"  - path: {emit.scalar(item.path)}"
        if item.field:
            yield f"    field: {emit.scalar(item.field)}"
        if item.says:
            yield f"    says: {emit.quoted(item.says)}"
        if item.check:
            yield f"    check: {emit.scalar(item.check)}"
        yield f"    reason: {emit.scalar(item.reason)}"
