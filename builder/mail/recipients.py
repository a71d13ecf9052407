"""Who gets the digest: a file of addresses, one a line."""

from __future__ import annotations

from email.errors import HeaderParseError
from email.headerregistry import Address
from pathlib import Path

from builder.content import files
from builder.problems import Problem, ProblemsFound

_LIMIT = 64 * 1024 * 1024


def read(path: Path) -> tuple[str, ...]:
    """The addresses in a file, in its order; empty lines and lines that start with # are skipped.

    Raises ProblemsFound with every line that is no address, or names one a second time.
    """
    shown = path.as_posix()
    problems: list[Problem] = []
    found: dict[str, tuple[str, int]] = {}
    for number, line in enumerate(files.read_text(path, limit=_LIMIT).splitlines(), start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        wrong = check(text)
        key = text.casefold()
        if wrong:
            problems.append(Problem(path=shown, line=number, message=wrong[0], hint=wrong[1]))
        elif key in found:
            first = f"{text} stands here a second time (first in line {found[key][1]})"
            problems.append(
                Problem(path=shown, line=number, message=first, hint="remove one of the two")
            )
        else:
            found[key] = (text, number)
    if not found and not problems:
        problems.append(
            Problem(path=shown, line=1, message="no address in it", hint="write one on each line")
        )
    if problems:
        raise ProblemsFound(problems)
    return tuple(address for address, _ in found.values())


def check(text: str) -> tuple[str, str] | None:
    """None for a bare mail address, or what is wrong with it and what to do."""
    if not text.isascii():
        return f'"{text}" is not ASCII', "write the part behind the @ in its form with xn--"
    try:
        address = Address(addr_spec=text)
    except (HeaderParseError, ValueError, IndexError):
        address = None
    # A line break would end the header; a space or angle bracket is a name, or two addresses.
    if address is None or any(c.isspace() or c in "<>,;" or not c.isprintable() for c in text):
        return f'"{text}" is no mail address', "write it bare, such as ada@example.org"
    if "." not in address.domain.strip("."):
        return f'"{text}" has no full domain', "write it whole, such as ada@example.org"
    return None
