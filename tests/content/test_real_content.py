"""The list that this repository keeps: every file loads, and is byte for byte as it is written."""

import re
from pathlib import Path

import pytest

from builder import library
from builder.checks.facts import double_links, namesakes, spellings
from builder.content import (
    authors,
    collection,
    edition,
    files,
    paper,
    redirects,
    removed,
    silences,
    vocabulary,
)
from builder.content.identifiers import tidy_url
from builder.importers import urls
from tests.conftest import DATA

CONTENT = Path(__file__).parents[2] / "content"
# A name and the year, where it is known; no volume, no pages.
VENUE = re.compile(r"(?P<name>[A-Za-z][A-Za-z :-]*?)(?: (?P<year>(?:19|20)\d\d))?")
FORMATS = (
    ("papers/*.md", paper),
    ("editions/*.yml", edition),
    ("collections/*.md", collection),
    ("tags.yml", vocabulary),
    ("redirects.yml", redirects),
    ("removed.yml", removed),
    ("check.yml", silences),
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
        assert item.author_count != len(item.authors), f"{item.slug}: names are counted"


@pytest.mark.parametrize("check", [spellings, namesakes, double_links])
def test_the_facts_of_the_list_deserve_no_warning(check):
    assert list(check(library.load(CONTENT))) == []


def test_a_venue_of_the_list_has_one_form():
    names = set()
    for item in library.load(CONTENT).papers.values():
        if item.venue:
            match = VENUE.fullmatch(item.venue)
            assert match, f"{item.slug}: {item.venue}"
            names.add(match["name"])
    assert "NIPS" not in names
    assert len({name.casefold() for name in names}) == len(names)
    workshops = {name for name in names if "workshop" in name.casefold()}
    assert [name for name in workshops if not re.search(r"\bWorkshops? at [A-Z]", name)] == []


def test_a_link_of_the_list_is_tidy_and_of_the_kind_that_its_host_is():
    for item in library.load(CONTENT).papers.values():
        for link in item.links:
            assert tidy_url(link.url) == link.url, item.slug
            host = urls.kind(link.url)
            # A repository may hold data alone, or a list of papers.
            known = {host, "data", "model", "project"} if host == "code" else {host}
            assert link.kind in known, f"{item.slug}: {link.url}"


def test_what_an_abstract_of_the_list_leads_to_stands_in_links():
    for item in library.load(CONTENT).papers.values():
        found = (urls.trim(match[0]) for match in urls.ADDRESS.finditer(item.abstract))
        there = {link.url.partition("://")[2] for link in item.links}
        for link in urls.links(found):
            assert link.url.partition("://")[2] in there, f"{item.slug}: {link.url}"
