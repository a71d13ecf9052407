"""Every broken edit is told in the right line with what to do, or taken on purpose."""

import re

import pytest

from tests.conftest import DATA
from tests.content.broken_edits import EDITS, SLUG, printed


def expected() -> dict[str, list[str]]:
    """Name of an edit -> the lines that are printed."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in (DATA / "broken_edits.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("    "):
            found[name].append(line.strip().replace("SLUG", SLUG))
        elif line and not line.startswith("#"):
            name = line
            found[name] = []
    return found


EXPECTED = expected()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: re.sub(r"\W+", "-", edit.name))
def test_a_broken_edit_is_told_with_its_line_and_what_to_do(edit, tmp_path):
    found = printed(edit, DATA / "library", tmp_path)
    assert found == EXPECTED[edit.name]
    assert bool(found) != bool(edit.harmless)
    for line in found:
        assert re.match(r"content/[^:]+:\d+: .+; .+", line)


def test_every_edit_is_expected_and_has_a_name_of_its_own():
    assert [edit.name for edit in EDITS] == list(EXPECTED)
    assert len({edit.name for edit in EDITS}) == len(EDITS)


def test_there_are_more_than_forty_kinds():
    assert sum(not edit.harmless for edit in EDITS) > 100
