"""The list that this repository keeps: every file loads, and is byte for byte as it is written."""

import re
from pathlib import Path

import pytest

from builder import library
from builder.content import authors, collection, edition, files, paper, redirects, vocabulary
from tests.conftest import DATA

CONTENT = Path(__file__).parents[2] / "content"
FORMATS = (
    ("papers/*.md", paper),
    ("editions/*.yml", edition),
    ("collections/*.md", collection),
    ("tags.yml", vocabulary),
    ("redirects.yml", redirects),
    ("authors.yml", authors),
)


@pytest.mark.parametrize("root", [CONTENT, DATA / "library"], ids=["the list", "the tests'"])
def test_every_file_is_as_it_would_be_written(root):
    different = []
    for pattern, form in FORMATS:
        for path in sorted(root.glob(pattern)):
            shown = path.relative_to(root).as_posix()
            text = files.read_text(path)
            if form.dump(form.parse(text, path=shown)) != text:
                different.append(shown)
    assert different == []


def test_the_list_has_no_problem():
    loaded, problems = library.inspect(CONTENT)
    assert problems == []
    assert len(loaded.papers) >= 306
    assert len(loaded.editions) >= 5


def test_the_first_import_is_whole():
    loaded = library.load(CONTENT)
    first = [item for item in loaded.editions.values() if item.source == "huggingface-daily-papers"]
    listed = [listing.paper for item in first for listing in item.papers]
    assert sorted(len(item.papers) for item in first)[:5] == [52, 75, 78, 84, 90]
    assert len(set(listed)) >= 306
    assert sum(listed.count(slug) > 1 for slug in set(listed)) >= 45


def test_every_paper_of_the_list_names_its_authors():
    for item in library.load(CONTENT).papers.values():
        assert item.authors, item.slug
        for name in item.authors:
            assert not re.search(r"\bet al\b|[()@;,]|\d{3}|\bUniversity\b", name), item.slug
