"""What is read is noted; what was noted tells whether anything of it has changed."""

from builder.memory import Memory
from builder.pages import tracing
from builder.pages.tracing import ALL, Tracer, kept, shared


class Garden(Tracer):
    """Counts what it works out."""

    def __init__(self, plants):
        super().__init__()
        self.plants = plants
        self.work = 0
        self.stamps["plant"] = lambda key: self.plants.get(key, "")
        self.keys["plant"] = lambda: self.plants

    def plant(self, key):
        self.note("plant", key)
        return self.plants[key]

    @shared
    def tall(self):
        self.work += 1
        return {key: self.plant(key).upper() for key in self.plants}

    @shared
    def number(self):
        return len(self.plants)


def stamp(garden, trace):
    return [garden.stamper(kind)(key) for kind, key in trace]


def read(garden, work):
    with garden.tracing() as notes:
        work(garden)
    return garden.trace(notes)


def test_what_is_read_is_noted_and_nothing_else():
    garden = Garden({"a": "oak", "b": "elm"})
    assert read(garden, lambda g: g.plant("a")) == (("plant", "a"),)
    garden.plant("b")
    assert read(garden, lambda g: None) == ()


def test_a_stamp_changes_with_the_facts_of_its_trace_alone():
    before = stamp(Garden({"a": "oak", "b": "elm"}), (("plant", "a"),))
    assert stamp(Garden({"a": "oak", "b": "ash"}), (("plant", "a"),)) == before
    assert stamp(Garden({"a": "ash", "b": "elm"}), (("plant", "a"),)) != before
    assert stamp(Garden({"b": "elm"}), (("plant", "a"),)) != before


def test_what_is_shared_is_worked_out_once_and_read_by_its_keys():
    garden = Garden({"a": "oak", "b": "elm"})
    assert read(garden, lambda g: g.tall["a"]) == (("tall", "a"),)
    assert read(garden, lambda g: g.tall.get("c")) == (("tall", "c"),)
    assert read(garden, lambda g: list(g.tall)) == (("tall()", ""),)
    assert read(garden, lambda g: g.number) == (("number", ""),)
    assert garden.work == 1


def test_a_shared_value_is_stamped_by_what_it_is_not_by_what_it_is_made_of():
    before = Garden({"a": "oak", "b": "elm"})
    after = Garden({"a": "oak", "b": "ash"})
    for trace in ((("tall", "a"),), (("tall()", ""),), (("number", ""),), (("tall", "c"),)):
        assert stamp(before, trace) == stamp(after, trace)
    assert stamp(before, (("tall", "b"),)) != stamp(after, (("tall", "b"),))
    assert stamp(before, (("tall()", ""),)) != stamp(Garden({"a": "oak"}), (("tall()", ""),))


def test_many_facts_of_a_kind_are_noted_as_all_of_it(monkeypatch):
    monkeypatch.setattr(tracing, "MANY", 2)
    garden = Garden({"a": "oak", "b": "elm", "c": "fir"})
    trace = read(garden, lambda g: [g.plant(key) for key in "abc"])
    assert trace == (("plant", ALL),)
    assert stamp(garden, trace) != stamp(Garden({"a": "oak", "b": "elm", "c": "yew"}), trace)
    assert stamp(garden, trace) != stamp(Garden({"a": "oak", "b": "elm"}), trace)
    assert stamp(garden, trace) == stamp(Garden({"a": "oak", "b": "elm", "c": "fir"}), trace)


def test_what_is_kept_is_read_with_all_it_was_made_of():
    garden = Garden({"a": "oak"})
    with garden.tracing() as notes:
        garden.note_all({("plant", "a")})
    assert garden.trace(notes) == (("plant", "a"),)


def test_a_kind_of_fact_that_is_unknown_never_counts_as_the_same_value():
    assert stamp(Garden({}), (("gone", "x"),)) == stamp(Garden({"a": "oak"}), (("gone", "x"),))
    assert stamp(Garden({}), (("gone", "x"),)) != stamp(Garden({}), (("plant", "x"),))


# ---------------------------------------------------------------- whole kinds, and what is kept


class Orchard(Garden):
    """Knows of its plants as a whole, and keeps what takes long."""

    def __init__(self, plants, memory):
        super().__init__(plants)
        self.memory = memory
        self.wholes["plant"] = lambda: repr(self.plants)

    @shared
    def names(self):
        self.note("weather")
        return tuple(self.tall)

    @kept
    def fruit(self):
        self.work += 1
        return {key: self.plant(key) * 2 for key in self.plants}


def test_what_is_shared_knows_the_kinds_that_it_is_made_of_in_the_end():
    orchard = Orchard({"a": "oak"}, Memory())
    assert orchard.tall["a"] == "OAK"
    assert orchard.names == ("a",)
    assert orchard.made_of == {"tall": {"plant"}, "names": {"plant", "weather"}}
    assert orchard.basis(["tall()", "names", "soil"]) == {"plant", "weather", "soil"}
    assert orchard.whole_of(["plant"])
    assert orchard.whole_of(["plant", "weather"]) == ""


def test_what_is_kept_is_worked_out_again_when_anything_of_it_has_changed(tmp_path):
    def work(plants):
        memory = Memory(tmp_path / "memory.db")
        orchard = Orchard(plants, memory)
        found = dict(orchard.fruit)
        memory.save()
        assert found == {key: value * 2 for key, value in plants.items()}
        assert orchard.made_of["fruit"] == {"plant"}
        return orchard.work

    assert work({"a": "oak"}) == 1
    assert work({"a": "oak"}) == 0
    assert work({"a": "elm"}) == 1
    assert work({"a": "elm", "b": "fir"}) == 1
    assert work({"a": "elm", "b": "fir"}) == 0


def test_of_what_nobody_knows_as_a_whole_nothing_is_kept(tmp_path):
    for _ in range(2):
        memory = Memory(tmp_path / "memory.db")
        orchard = Orchard({"a": "oak"}, memory)
        orchard.wholes.clear()
        assert orchard.fruit["a"] == "oakoak"
        assert orchard.work == 1
        memory.save()
