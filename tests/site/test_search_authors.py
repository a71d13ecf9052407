"""The authors whom the search finds by name, and entries in small files."""

import json

from builder.pages.views import AuthorRow
from builder.site import authors, search_data, shards


def author(name: str, papers: int = 2, note: str = "") -> AuthorRow:
    key = name.lower().replace(" ", "-")
    return AuthorRow(
        id=key, name=name, note=note, url=f"authors/{key}/", papers=papers, paper_url="papers/p/"
    )


def test_an_author_stands_under_each_part_of_the_name():
    files, _ = authors.divided([author("Ada M. Lovelace", 3), author("José Ada", note="Lima")])
    assert json.loads(files["authors/authors-0.json"]) == [
        *("ada", "Ada M. Lovelace", "ada-m.-lovelace", 3),
        *("ada", "José Ada (Lima)", "josé-ada", 2),
        *("jose", "José Ada (Lima)", "josé-ada", 2),
        *("lovelace", "Ada M. Lovelace", "ada-m.-lovelace", 3),
        *("m", "Ada M. Lovelace", "ada-m.-lovelace", 3),
    ]


def test_a_part_that_a_name_has_twice_stands_once():
    files, _ = authors.divided([author("Li Li")])
    assert json.loads(files["authors/authors-0.json"])[::4] == ["li"]


def test_the_index_names_the_first_entry_of_each_file():
    people = [author(f"Folder {letter}x") for letter in "abcdefghijklmnopqrstuvwxyz"] * 10
    files, firsts = authors.divided(people)
    assert len(files) == len(firsts) == 3
    assert firsts == [json.loads(files[f"authors/authors-{at}.json"])[0] for at in range(3)]
    index = json.loads(search_data.files(search_data.Indexed.of([]), people)["index.json"])
    assert index["authors"] == firsts


def test_nobody_has_no_file():
    files, firsts = authors.divided([])
    assert files == {}
    assert firsts == []


def test_entries_lie_in_order_in_files_of_one_size():
    entries = [("c", 1), ("a", 2), ("b", 3)]
    files, firsts = shards.divided("x/y", entries, 2)
    assert files == {
        "x/y-0.json": '["a",2,"b",3]',
        "x/y-1.json": '["c",1]',
    }
    assert firsts == ["a", "c"]
