"""The book of pages knows what each was made of, from one build to the next."""

import random

import pytest

from builder.memory import Memory
from builder.pages import book as module
from builder.pages import ledger
from builder.pages.book import Book, is_kept, together
from builder.pages.tracing import Tracer


class Facts(Tracer):
    """Facts that a test may change."""

    def __init__(self, **papers):
        super().__init__()
        self.stamps["paper"] = lambda key: papers.get(key, "")


def written(book, made, tracer):
    book.enter(together(made), tracer)
    book.settle(tracer)


def entered(book, tracer, **traces):
    """Enter pages, each with the papers that it was made of."""
    made = {
        path: (f"digest of {path}", "sign", [("paper", key) for key in keys.split()])
        for path, keys in traces.items()
    }
    written(book, made, tracer)
    return book


def test_pages_are_stale_whose_facts_changed():
    facts = Facts(a="1", b="1", c="1")
    book = entered(Book(), facts, first="a b", second="b c", third="c")
    assert book.stale(facts, "") == set()
    assert book.stale(Facts(a="2", b="1", c="1"), "") == {"first"}
    assert book.stale(Facts(a="2", b="1", c="3"), "") == {"second", "third"}


def test_all_pages_are_stale_in_another_form():
    facts = Facts(a="1")
    book = entered(Book(), facts, first="a", second="")
    assert book.stale(facts, "new") == {"first", "second"}
    assert book.stale(facts, "new") == set()


def test_a_fact_that_is_gone_is_a_change():
    book = entered(Book(), Facts(a="1", b="1"), first="a", second="b")
    assert book.stale(Facts(b="1"), "") == {"first"}


def test_what_is_remembered_is_recalled(tmp_path):
    facts = Facts(a="1", b="1")
    memory = Memory(tmp_path / "memory.db")
    entered(Book(), facts, first="a", second="a b").remember(memory)
    memory.save()
    memory = Memory(tmp_path / "memory.db")
    assert is_kept(memory)
    book = Book.recall(memory)
    assert book.digests["second"] == "digest of second"
    assert book.stale(facts, "") == set()
    assert book.stale(Facts(a="1", b="2"), "") == {"second"}


def test_pages_that_are_made_anew_have_their_new_facts_and_old_ones_are_forgotten():
    facts = Facts(a="1", b="1", c="1")
    book = entered(Book(), facts, first="a b", second="b")
    entered(book, facts, first="c b")
    assert book.facts.numbers("paper").keys() == {"b", "c"}
    assert book.stale(Facts(a="9", b="1", c="1"), "") == set()
    assert book.stale(Facts(a="1", b="1", c="9"), "") == {"first"}
    book.forget(["first"])
    entered(book, facts, second="b")
    assert book.facts.numbers("paper").keys() == {"b"}
    assert book.stale(Facts(b="9"), "") == {"second"}


def test_without_memory_the_book_is_empty():
    assert not is_kept(Memory())
    assert Book.recall(Memory()).digests == {}


def test_kinds_that_are_as_they_were_are_not_looked_at():
    def facts(plants, whole):
        tracer = Facts(**plants)
        asked = []
        give = tracer.stamps["paper"]
        tracer.stamps["paper"] = lambda key: asked.append(key) or give(key)
        tracer.wholes["paper"] = lambda: whole
        return tracer, asked

    book = entered(Book(), facts({"a": "1"}, "before")[0], first="a")
    tracer, asked = facts({"a": "1"}, "before")
    assert (book.stale(tracer, ""), asked) == (set(), [])
    tracer, asked = facts({"a": "2"}, "after")
    assert (book.stale(tracer, ""), asked) == ({"first"}, ["a"])


def test_a_fact_of_a_file_is_looked_at_when_the_file_is_another_or_none_is_known():
    def facts(value, file):
        tracer = Facts(a=value)
        tracer.by_file, tracer.files = {"paper": ""}, {"a": file}
        return tracer

    book = entered(Book(), facts("1", "x"), first="a")
    assert book.stale(facts("2", "x"), "") == set()
    assert book.stale(facts("2", "y"), "") == {"first"}
    book = entered(Book(), facts("1", ""), first="a")
    assert book.stale(facts("2", ""), "") == {"first"}


def test_after_any_changes_pages_are_stale_whose_facts_differ_and_no_other_fact_is_known():
    chance = random.Random(5)
    names = [f"p{number}" for number in range(12)]
    book, values, made_of = Book(), {}, {}
    for _ in range(200):
        values |= {name: str(chance.random()) for name in chance.sample(names, 2)}
        gone = [path for path in made_of if chance.random() < 0.1]
        facts = Facts(**values)
        stale = book.stale(facts, "")
        now = {path: {name: values.get(name) for name in read} for path, read in made_of.items()}
        assert stale == {path for path, read in made_of.items() if read != now[path]}
        new = (set(stale) | set(chance.sample("abcdefgh", 2))).difference(gone)
        for path in gone:
            del made_of[path]
        made_of |= {
            path: {name: values.get(name) for name in chance.sample(names, chance.randint(0, 4))}
            for path in new
        }
        book.forget(gone)
        entered(book, facts, **{path: " ".join(made_of[path]) for path in new})
        assert book.digests.keys() == book.signs.keys() == made_of.keys()
        known = {number: name for name, number in book.facts.numbers("paper").items()}
        assert sorted(known.values()) == sorted(
            {name for read in made_of.values() for name in read}
        )
        for path, read in made_of.items():
            assert {known[number] for number in book.read(path)} == read.keys()
        assert max(known, default=0) < 2 * len(names)


@pytest.mark.parametrize("seed", range(10))
def test_a_book_that_is_remembered_between_is_the_one_that_is_not(tmp_path, seed, monkeypatch):
    chance = random.Random(seed)
    # So that facts are divided, and all is written down anew every now and then.
    monkeypatch.setattr(ledger, "MANY", 2)
    monkeypatch.setattr(ledger, "PARTS", 3)
    monkeypatch.setattr(module, "_MOST_SINCE", seed)
    kinds = [f"kind{number}" for number in range(4)]
    facts = [(kind, f"k{number}") for kind in kinds for number in range(5)]
    values = dict.fromkeys(facts, "")
    held = Book()
    for _ in range(30):
        values |= {
            fact: str(chance.random()) for fact in chance.sample(facts, chance.randint(0, 2))
        }
        tracer = Tracer()
        for kind in kinds:
            mine = {key: value for (own, key), value in values.items() if own == kind}
            tracer.stamps[kind] = mine.__getitem__
            tracer.wholes[kind] = lambda mine=mine: str(sorted(mine.items()))
        memory = Memory(tmp_path / "memory.db")
        kept = Book.recall(memory)
        gone = [path for path in held.digests if chance.random() < 0.1]
        made = {
            path: (str(chance.random()), "sign", chance.sample(facts, chance.randint(0, 5)))
            for path in chance.sample("abcdefgh", chance.randint(0, 3))
        }
        stale = held.stale(tracer, "")
        assert kept.stale(tracer, "") == stale
        for path in stale - made.keys():
            made[path] = str(chance.random()), "", [chance.choice(facts)]
        gone = [path for path in gone if path not in made]
        for book in (kept, held):
            book.forget(gone)
            written(book, made, tracer)
        kept.remember(memory)
        assert (kept.digests, kept.signs) == (held.digests, held.signs)
        assert [kept.facts.numbers(kind) for kind in kinds] == [
            held.facts.numbers(kind) for kind in kinds
        ]
        assert all(kept.read(path) == held.read(path) for path in held.digests)
        memory.save()


def test_an_edit_reads_and_writes_the_facts_alone_that_changed(tmp_path, monkeypatch):
    def facts(**values):
        tracer = Tracer()
        for kind, value in values.items():
            tracer.stamps[kind] = lambda key, value=value: value
            tracer.wholes[kind] = lambda value=value: value
        return tracer

    memory = Memory(tmp_path / "memory.db")
    before = facts(title="1", day="1")
    book = Book()
    made = {"first": ("d", "", [("title", "a")]), "second": ("d", "", [("day", "a")])}
    written(book, made, before)
    book.remember(memory)
    asked = []
    one, remember = Memory.one, Memory.remember
    monkeypatch.setattr(Memory, "one", lambda self, *key: asked.append(key[1]) or one(self, *key))
    monkeypatch.setattr(
        Memory,
        "remember",
        lambda self, kind, rows: asked.append(set(rows)) or remember(self, kind, rows),
    )
    after = facts(title="2", day="1")
    book = Book.recall(memory)
    assert book.stale(after, "") == {"first"}
    written(book, {"first": ("e", "", [("title", "a")])}, after)
    book.remember(memory)
    assert [row for row in asked if "facts" in str(row)] == [
        "facts title 0",
        {"head", "since", "owners", "facts title 0"},
    ]


def test_a_book_with_a_damaged_row_is_not_trusted(tmp_path):
    memory = Memory(tmp_path / "memory.db")
    tracer = Facts(a="1")
    tracer.stamps["day"] = lambda key: "1"
    made = {"first": ("d", "", [("paper", "a")]), "second": ("d", "", [("day", "a")])}
    for name in ("facts paper 0", "pages", "head", "since"):
        book = Book()
        written(book, made, tracer)
        book.remember(memory)
        _, value = memory.one("pages", name)
        memory.remember("pages", {name: ("", value[:-1] + b"?")})
        book = Book.recall(memory)
        if name == "facts paper 0":
            assert book.stale(tracer, "") == {"first", "second"}
            written(book, made, tracer)
            book.remember(memory)
            assert not is_kept(memory)
        else:
            assert book.digests == {}


@pytest.mark.parametrize("namesakes", ["1", "2"])
def test_a_fact_of_a_file_and_of_another_kind_is_looked_at_when_either_is_another(namesakes):
    def facts(value, others):
        tracer = Facts(a=value)
        tracer.by_file, tracer.files = {"paper": "authors"}, {"a": "x"}
        tracer.stamps["authors"] = lambda key: others
        tracer.wholes["authors"] = lambda: others
        return tracer

    book = Book()
    made = {"first": ("d", "", [("paper", "a"), ("authors", "")])}
    written(book, made, facts("1", "1"))
    book.made_of["paper"] = frozenset({"paper"})
    expected = {"first"} if namesakes == "2" else set()
    assert book.stale(facts("2", namesakes), "") == expected


def test_stamps_in_a_row_tell_the_same_as_one_by_one():
    def facts(row, **values):
        tracer = Facts(**values)
        if row:
            tracer.in_a_row["paper"] = values
        return tracer

    for row in (False, True):
        book = entered(Book(), facts(row, a="1", b="1", c="1"), first="a", second="b", third="c")
        assert book.stale(facts(row, a="1", b="2"), "") == {"second", "third"}
        assert book.stale(facts(row, a="1", b="2"), "") == set()
