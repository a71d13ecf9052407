"""What is worked out of papers alone can be found out before the analysis is there."""

import pytest

from builder import library
from builder.analysis import Analysis, analyse
from builder.memory import Memory
from builder.pages.people import OF_PAPERS, People
from builder.pages.shape import Shaper


@pytest.fixture
def loaded(content):
    return library.load(content)


def test_lists_are_the_same_without_an_analysis(loaded, tmp_path):
    memory = Memory(tmp_path / "memory.db")
    early = People(loaded, Analysis(), memory=memory)
    assert not early.has_lists
    early.prepare_lists()
    assert People(loaded, Analysis(), memory=memory).has_lists
    late, alone = (Shaper(loaded, analyse(loaded), memory=each) for each in (memory, Memory()))
    for name in OF_PAPERS:
        one, other = getattr(late, name), getattr(alone, name)
        assert (
            (dict(one), list(one)) == (dict(other), list(other))
            if hasattr(one, "keys")
            else (one == other)
        )
        assert late.made_of[name] == alone.made_of[name]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        ("## Notes", "More.\n\n## Notes", True),
        ("authors: [", "authors: [Somebody Else, ", False),
        ("date: 20", "date: 19", False),
    ],
)
def test_an_edit_of_a_text_leaves_them_as_they_are(content, tmp_path, old, new, same):
    memory = Memory(tmp_path / "memory.db")
    People(library.load(content), Analysis(), memory=memory).prepare_lists()
    for path in sorted((content / "papers").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
            break
    else:
        pytest.fail(f"no paper has {old}")
    assert People(library.load(content), Analysis(), memory=memory).has_lists == same
