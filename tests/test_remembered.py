"""Digests of what many items say, of which an edit works out those alone that it concerns."""

import random

import pytest

from builder import remembered
from builder.memory import Memory


@pytest.mark.parametrize("seed", range(10))
def test_a_digest_of_all_is_another_exactly_when_one_is(tmp_path, seed):
    chance = random.Random(seed)
    values = {}
    seen = {}
    for _ in range(40):
        for _ in range(chance.randrange(3)):
            item = f"p{chance.randrange(6)}"
            if chance.random() < 0.2:
                values.pop(item, None)
            else:
                values[item] = chance.choice("ab"), chance.choice("xy")
        ordered = dict(sorted(values.items()))
        stamps = {item: f"{one}{two}" for item, (one, two) in ordered.items()}
        gives = {
            "one": lambda item: values[item][0],
            "two": lambda item: values[item][1],
        }
        memory = Memory(tmp_path / "memory.db")
        found = remembered.wholes(memory, "kind", stamps, gives)
        memory.save()
        assert found == remembered.wholes(Memory(), "kind", stamps, gives)
        for place, name in enumerate(("one", "two")):
            what = tuple((item, value[place]) for item, value in ordered.items())
            assert seen.setdefault((name, found[name]), what) == what
            assert seen.setdefault((name, what), found[name]) == found[name]


def test_only_items_of_another_stamp_are_worked_out(tmp_path):
    memory = Memory(tmp_path / "memory.db")
    asked = []
    gives = {"one": lambda item: asked.append(item) or item}
    for stamps in ({"a": "1", "b": "1", "c": ""}, {"a": "1", "b": "2", "c": "", "d": "1"}):
        remembered.wholes(memory, "kind", stamps, gives)
    assert asked == ["a", "b", "c", "b", "c", "d"]
