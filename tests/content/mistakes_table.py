"""What people are told about their mistakes, as a table.

    python tests/content/mistakes_table.py [--fixtures]

Each edit of broken_edits.py is made on a copy of the invented library, and what `papershelf check`
prints then stands beside it. With --fixtures the mistakes of tests/data/mistakes follow, each of
which stands in one file by itself.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.content.broken_edits import EDITS, SLUG, printed

DATA = Path(__file__).parents[1] / "data"


def rows() -> list[tuple[str, list[str]]]:
    """(what somebody did, the lines that are printed, or why there are none)."""
    found = []
    for edit in EDITS:
        with tempfile.TemporaryDirectory() as folder:
            told = printed(edit, DATA / "library", Path(folder).resolve())
        found.append((edit.name, told or [f"(nothing: {edit.harmless})"]))
    return found


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--fixtures", action="store_true", help="those of one file, too")
    given = parser.parse_args(arguments)
    table = rows()
    for name, lines in table:
        print(name)
        for line in lines:
            print(f"    {line.replace(SLUG, 'SLUG')}")
    caught = sum(not lines[0].startswith("(nothing") for _, lines in table)
    print(f"{len(table)} edits: {caught} caught, {len(table) - caught} taken as they are")
    if given.fixtures:
        text = (DATA / "mistakes" / "expected.txt").read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if not line.startswith("#")]
        print("", *lines, sep="\n")
        print(f"{len({line.split(':')[0] for line in lines})} files with mistakes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
