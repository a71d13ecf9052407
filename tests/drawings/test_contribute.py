"""The pictures of the contribute page are those that their script draws, and stand on the page."""

import re
import xml.etree.ElementTree as ET

from tests.drawings.contribute import FOLDER, PICTURES, draw

PAGE = FOLDER.parent / "contribute.md"


def test_the_files_are_what_the_script_draws():
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert there == draw(), "run python -m tests.drawings.contribute"


def test_all_pictures_together_are_light():
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < 60_000


def test_a_picture_loads_and_runs_nothing():
    for name, text in draw().items():
        found = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
        assert found <= {"svg", "style", "rect", "text", "tspan", "path"}, name
        assert not re.search(r"href|url\(|@import|on\w+=", text), name


def test_each_picture_stands_on_the_page_once_for_light_and_once_for_dark():
    text = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"!\[(.+)\]\(images/(\w+)-(light|dark)\.svg#only-(light|dark)\)", text)
    assert len(found) == text.count("![")
    assert all(kind == only for _, _, kind, only in found)
    assert sorted(name for _, name, _, _ in found) == sorted([*PICTURES, *PICTURES])
    # Whoever does not see one of the two hears of the other the same.
    for name in PICTURES:
        alts = {alt for alt, found_name, _, _ in found if found_name == name}
        assert len(alts) == 1, name
        assert len(alts.pop()) > 40, name
