"""What is kept between builds is there again, or missing; never wrong."""

from builder.memory import Memory, Notes, packed, stamp, unpacked


def test_what_was_saved_is_recalled_with_its_stamp(tmp_path):
    memory = Memory(tmp_path / "work" / "memory.db", "v1")
    memory.remember("card", {"a": ("s1", b"one"), "b": ("s2", b"two")})
    memory.forget("card", ["b"])
    memory.save()
    again = Memory(tmp_path / "work" / "memory.db", "v1")
    assert again.recall("card") == {"a": ("s1", b"one")}
    assert again.recall("other") == {}


def test_what_was_not_saved_is_not_there(tmp_path):
    first = Memory(tmp_path / "memory.db", "v1")
    first.remember("card", {"a": ("s", b"kept")})
    first.save()
    second = Memory(tmp_path / "memory.db", "v1")
    second.remember("card", {"a": ("s", b"lost")})
    second.close()
    assert Memory(tmp_path / "memory.db", "v1").recall("card") == {"a": ("s", b"kept")}


def test_other_programs_remember_nothing(tmp_path):
    memory = Memory(tmp_path / "memory.db", "v1")
    memory.remember("card", {"a": ("s", b"one")})
    memory.save()
    assert Memory(tmp_path / "memory.db", "v2").recall("card") == {}


def test_a_second_build_at_the_same_time_does_without(tmp_path):
    first = Memory(tmp_path / "memory.db", "v1")
    first.remember("card", {"a": ("s", b"one")})
    second = Memory(tmp_path / "memory.db", "v1")
    assert second.recall("card") == {}
    second.remember("card", {"a": ("s", b"two")})
    second.save()
    first.save()
    assert Memory(tmp_path / "memory.db", "v1").recall("card") == {"a": ("s", b"one")}


def test_a_damaged_file_counts_as_empty_and_is_replaced(tmp_path):
    path = tmp_path / "memory.db"
    path.write_bytes(b"no database at all" * 1000)
    memory = Memory(path, "v1")
    assert memory.recall("card") == {}
    memory.remember("card", {"a": ("s", b"one")})
    memory.save()
    assert Memory(path, "v1").recall("card") == {"a": ("s", b"one")}


def test_without_a_path_nothing_is_kept():
    memory = Memory()
    memory.remember("card", {"a": ("s", b"one")})
    assert memory.recall("card") == {}
    memory.save()


def test_a_stamp_tells_where_one_text_ends():
    assert stamp("ab", "c") != stamp("a", "bc")
    assert stamp("ab") == stamp(b"ab")


def test_a_value_comes_back_as_it_was_and_a_damaged_one_not_at_all():
    data = packed({"a": ("x", 1)})
    assert unpacked(data) == {"a": ("x", 1)}
    assert unpacked(data[:-1] + b"?") is None
    assert unpacked(b"") is None


def test_a_value_is_made_once_for_each_stamp(tmp_path):
    memory = Memory(tmp_path / "memory.db")
    assert memory.known("kind", "s1", lambda: [1]) == [1]
    assert memory.known("kind", "s1", lambda: [2]) == [1]
    assert memory.known("kind", "s2", lambda: [3]) == [3]
    assert Memory().known("kind", "s1", lambda: [4]) == [4]


def test_one_value_is_recalled_by_its_key(tmp_path):
    memory = Memory(tmp_path / "memory.db")
    memory.remember("kind", {"a": ("stamp", b"1"), "b": ("", b"2")})
    assert memory.one("kind", "a") == ("stamp", b"1")
    assert memory.one("kind", "c") == ("", b"")
    assert Memory().one("kind", "a") == ("", b"")
    assert memory.has("kind") and not memory.has("other")
    assert not Memory().has("kind")


def test_notes_hold_what_another_process_is_to_remember(tmp_path):
    memory = Memory(tmp_path / "memory.db")
    memory.remember("card", {"a": ("s0", b"old"), "c": ("s3", b"three")})
    memory.remember("secret", {"a": ("s", b"one")})
    notes = memory.lent(["card", "none"])
    assert notes.recall("card") == {"a": ("s0", b"old"), "c": ("s3", b"three")}
    assert notes.one("card", "c") == ("s3", b"three")
    assert (notes.has("card"), notes.has("none"), notes.has("secret")) == (True, False, False)
    assert notes.known("sum", "s", lambda: 5) == 5
    notes.remember("card", {"a": ("s1", b"one")})
    notes.remember("card", {"b": ("s2", b"two")})
    notes.forget("card", ["c"])
    assert notes.noted().recall("card") == {}
    memory.take(notes.noted())
    assert memory.recall("card") == {"a": ("s1", b"one"), "b": ("s2", b"two")}
    assert memory.known("sum", "s", lambda: 6) == 5
    assert isinstance(notes.noted(), Notes)
