"""What is remembered of many items is what is made of them from nothing, with less work."""

import random

import pytest

from builder import remembered
from builder.memory import Memory


def changed(chance, items):
    """Some items come, go and change; "" is the stamp of what nobody knows."""
    for _ in range(chance.randint(0, 3)):
        item = f"i{chance.randrange(8)}"
        if chance.random() < 0.3:
            items.pop(item, None)
        else:
            items[item] = chance.choice(("", "a", "b", "ab", "abc"))
    return dict(chance.sample(list(items.items()), len(items)))


@pytest.mark.parametrize("seed", range(3))
def test_each_value_is_made_where_its_stamp_is_another(tmp_path, seed):
    chance, items, before = random.Random(seed), {}, {}
    for _ in range(30):
        items = changed(chance, items)
        asked: list[str] = []

        def make(some, items=items, asked=asked):
            asked.extend(some)
            return [f"{item} is {items[item]}" for item in some]

        memory = Memory(tmp_path / "memory.db")
        found = remembered.each(memory, "kind", items, make)
        memory.save()
        assert list(found.items()) == [
            (item, f"{item} is {stamp}") for item, stamp in items.items()
        ]
        assert asked == [i for i, stamp in items.items() if not stamp or before.get(i) != stamp]
        before = dict(items)


def paired(one, other):
    """Texts of which one is in the other."""
    return one in other or other in one


@pytest.mark.parametrize("seed", range(3))
def test_pairs_are_looked_for_among_the_items_that_are_new(tmp_path, seed):
    chance, items, before = random.Random(seed), {}, {}
    for _ in range(30):
        items = changed(chance, items)
        asked: list[str] = []

        def find(new, items=items, asked=asked):
            asked.extend(new)
            return [
                (one, other)
                for one in items
                for other in items
                if one < other and new & {one, other} and paired(items[one], items[other])
            ]

        memory = Memory(tmp_path / "memory.db")
        found = remembered.pairs(memory, "kind", items, find)
        memory.save()
        assert found == set(find(items.keys(), asked=[]))
        assert set(asked) == {item for item, stamp in items.items() if before.get(item) != stamp}
        before = dict(items)


def test_without_a_memory_all_is_made():
    items = {"a": "1", "b": "2"}
    assert remembered.each(Memory(), "kind", items, lambda some: map(str.upper, some)) == {
        "a": "A",
        "b": "B",
    }
    assert remembered.pairs(Memory(), "kind", items, lambda new: [tuple(sorted(new))]) == {
        ("a", "b")
    }
