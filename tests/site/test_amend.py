"""Pages exchanged in an index: what comes out is what a whole run gives, or nothing."""

import random
from pathlib import Path

import pytest

from builder.pages.views import AuthorRow
from builder.site import amend, indexer, packing, search
from tests.projects import files_of

# Accents, compounds, words that begin alike, and what is no word.
WORDS = (
    "boat boats crane cranes paper fold loaf half-a-loaf José Jose Jósé Jôse café cafe cafè câfe "
    "naïve résumé resume x1 2024 foo.bar ℓ₀ straße ½ 数学 modell models"
)


def page(chance: random.Random, *, fields=("byline",)) -> str:
    """A page of chance."""

    def words(least: int, most: int) -> str:
        return " ".join(chance.choices(WORDS.split(), k=chance.randint(least, most)))

    told = [f'filter="kind:{chance.choice(["paper", "author", "tag"])}"']
    told += [f'filter="{name}:{words(1, 1)}"' for name in ("tag", "venue") if chance.random() < 0.7]
    told += [f'meta="{name}:{words(1, 3)}"' for name in fields]
    spans = "".join(f"<span data-pagefind-{each}></span>" for each in told)
    return (
        f"<html lang=en><body><main data-pagefind-body><h1>{words(1, 8)}</h1>{spans}"
        f"<p>{words(0, 50)}</p><p data-pagefind-weight=2>{words(1, 2)}</p></main></body></html>"
    )


def write(site: Path, number: int, text: str) -> None:
    file = site / f"p{number:02}" / "index.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def whole(site: Path, folder: Path) -> dict[str, bytes]:
    """The files of the site as they are when nothing of an earlier index is known."""
    for file in site.glob("p*/index.html"):
        write(folder, int(file.parent.name[1:]), file.read_text(encoding="utf-8"))
    search.index(folder)
    return files_of(folder)


@pytest.fixture
def given(monkeypatch):
    """What amending gave, each time that it was asked for."""
    found = []
    original = amend.amend

    def spy(*args):
        found.append(original(*args))
        return found[-1]

    monkeypatch.setattr(amend, "amend", spy)
    return found


@pytest.fixture
def site(tmp_path):
    """Forty pages, indexed; the record beside."""
    chance = random.Random(1)
    for number in range(40):
        write(tmp_path / "site", number, page(chance))
    search.index(tmp_path / "site", record=tmp_path / "work" / "search.json")
    return tmp_path / "site"


@pytest.fixture
def index(site, tmp_path):
    return lambda: search.index(site, record=tmp_path / "work" / "search.json")


@pytest.mark.parametrize("seed", range(12))
def test_any_edits_give_what_a_whole_run_gives(seed, tmp_path, monkeypatch, given):
    chance = random.Random(seed)
    # Files of few words: an edit moves the ends of many.
    size = (20, 60, 1000)[seed % 3]
    monkeypatch.setattr(indexer, "CHUNK", size)
    site, record = tmp_path / "site", tmp_path / "work" / "search.json"
    pages = chance.choice([8, 30])
    for number in range(pages):
        write(site, number, page(chance))
    search.index(site, record=record)
    for step in range(3):
        for number in chance.sample(range(pages), chance.randint(1, pages // 4)):
            write(site, number, page(chance))
        search.index(site, record=record)
        assert files_of(site) == whole(site, tmp_path / f"whole-{step}")
    assert len(given) == 3
    assert None not in given


def test_a_new_word_and_the_last_of_a_word(site, index, tmp_path, given):
    for text in ("zzz aaaaa", "Zyzzyva", "crane"):
        write(site, 7, f"<html lang=en><body><main data-pagefind-body>{text}</main></body></html>")
        # Without a field that others have: those stay.
        index()
        assert files_of(site) == whole(site, tmp_path / text)
    assert len(given) == 3
    assert None not in given


def test_only_what_changed_is_read_and_written(site, index, monkeypatch):
    before = {path: (site / path).stat().st_mtime_ns for path in files_of(site)}
    asked = []
    original = indexer.run

    def run(pages):
        pages = list(pages)
        asked.append([path for path, _ in pages])
        return original(pages)

    monkeypatch.setattr(indexer, "run", run)
    old = (site / "p05" / "index.html").read_text(encoding="utf-8")
    write(site, 5, old.replace("<p>", "<p>Zeppelin ", 1))
    index()
    assert asked == [["p05/index.html"], ["p05/index.html"]]
    written = {
        path for path in files_of(site) if before.get(path) != (site / path).stat().st_mtime_ns
    }
    kinds = [path.rpartition(".")[2] for path in written if path.startswith("pagefind/")]
    assert kinds.count("pf_fragment") == 1
    assert kinds.count("pf_filter") == 0


def test_authors_alone_ask_nothing_of_pagefind(site, tmp_path, monkeypatch):
    record = tmp_path / "work" / "search.json"
    ada = AuthorRow(
        id="ada", name="Ada", note="", url="authors/ada/", papers=2, paper_url="papers/p/"
    )
    monkeypatch.setattr(indexer, "run", None)
    assert search.index(site, authors=(ada,), record=record)
    assert not search.index(site, authors=(ada,), record=record)
    made = [path for path in files_of(site) if "/authors/" in path]
    assert len(made) == 1
    assert search.index(site, record=record)
    assert not [path for path in files_of(site) if "/authors/" in path]


def test_a_site_in_which_nothing_is_marked_is_not_amended(tmp_path, given):
    page, record = tmp_path / "site" / "index.html", tmp_path / "work" / "search.json"
    page.parent.mkdir()
    for text in ("Crane", "Boat"):
        page.write_text(f"<html lang=en><body>{text}</body></html>")
        search.index(page.parent, record=record)
        assert len(list((page.parent / "pagefind" / "fragment").iterdir())) == 1
        found = next((page.parent / "pagefind" / "fragment").iterdir())
        assert text.encode() in packing.unpack(found.name, found.read_bytes())
    assert given == []


def test_a_field_that_no_page_had_is_left_to_a_whole_run(site, index, tmp_path, given):
    write(site, 3, page(random.Random(2), fields=("byline", "aliases")))
    index()
    assert given == [None]
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_so_is_a_field_that_no_page_has_any_more(site, index, tmp_path, given):
    write(site, 3, page(random.Random(2), fields=("byline", "aliases")))
    index()
    write(site, 3, page(random.Random(2)))
    index()
    assert given == [None, None]
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_so_are_pages_that_come_or_go(site, index, tmp_path, given):
    write(site, 50, page(random.Random(3)))
    index()
    assert files_of(site) == whole(site, tmp_path / "more")
    (site / "p50" / "index.html").unlink()
    index()
    assert files_of(site) == whole(site, tmp_path / "less")
    assert given == []


def test_so_is_a_large_part_of_the_site(site, index, tmp_path, given):
    chance = random.Random(4)
    for number in range(11):
        write(site, number, page(chance))
    index()
    assert given == []
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_so_is_a_pagefind_that_is_not_known(site, index, tmp_path, given, monkeypatch):
    monkeypatch.setattr(amend, "KNOWN", frozenset({"1.4.0"}))
    write(site, 3, page(random.Random(5)))
    index()
    assert given == [None]
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_so_are_ids_that_two_pages_share(site, index, tmp_path, given, monkeypatch):
    # Of so few digits two of forty pages share some.
    monkeypatch.setattr(amend, "_digits", lambda page: page.rpartition("_")[2][:1])
    monkeypatch.setattr(amend, "_DIGITS", 1)
    write(site, 3, page(random.Random(6)))
    index()
    assert given == [None]
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_so_are_files_that_end_elsewhere_than_expected(site, index, tmp_path, given, monkeypatch):
    known = amend._divided
    monkeypatch.setattr(amend, "_divided", lambda words: [*known(words)[:-1], [], []])
    write(site, 3, page(random.Random(7)))
    index()
    assert given == [None]
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_so_is_a_form_that_is_not_understood(site, index, tmp_path, given, monkeypatch):
    monkeypatch.setattr(amend, "_forms", lambda word: {"": {0: word[3]}})
    write(site, 3, page(random.Random(10)))
    index()
    assert given == [None]
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_pages_that_lose_all_words_and_find_them_again(site, index, tmp_path):
    empty = "<html lang=en><body><main data-pagefind-body></main></body></html>"
    for step, text in enumerate((empty, page(random.Random(11)))):
        write(site, 3, text)
        index()
        assert files_of(site) == whole(site, tmp_path / str(step))


@pytest.mark.parametrize("lost", ["search.db", "search.json"])
def test_without_what_is_remembered_all_is_read(site, index, tmp_path, given, lost):
    (tmp_path / "work" / lost).unlink()
    write(site, 3, page(random.Random(8)))
    index()
    assert given == []
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_an_index_that_somebody_touched_is_made_anew(site, index, tmp_path, given):
    next((site / "pagefind" / "index").iterdir()).write_bytes(b"")
    write(site, 3, page(random.Random(9)))
    index()
    assert given == []
    assert files_of(site) == whole(site, tmp_path / "whole")


def test_the_name_of_a_file_of_words_is_pagefinds(site):
    for file in (site / "pagefind" / "index").iterdir():
        assert amend._name(packing.unpack(file.name, file.read_bytes())) == file.stem
