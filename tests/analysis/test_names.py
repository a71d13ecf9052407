import pytest

from builder.analysis.names import abbreviates, coined, shape
from builder.analysis.text import prose


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SieveNet", "distinct"),
        ("LoAF", "distinct"),
        ("DART-Loaf", "distinct"),
        ("S4", "distinct"),
        ("Sieve-7", "distinct"),
        ("PFGM++", "distinct"),
        ("Qwarn2.5-Loaf", "distinct"),
        ("LOAF", "capitals"),
        ("Long Loaf Arena", "words"),
        ("Flow", None),
        ("Sieve", None),
        ("flow", None),
        ("AI", None),
        ("2024", None),
        ("Open-Set", None),
        ("IO-aware", None),
        ("Low-Rank", None),
        ("Half a Loaf", None),
        ("One Two Three Four Five", None),
        ("S^{2}FT", None),
    ],
)
def test_only_a_distinctive_shape_makes_a_name(name, expected):
    assert shape(name) == expected


@pytest.mark.parametrize(
    ("title", "abstract", "expected"),
    [
        ("LoafNet: Bread for Networks", "We bake.", {"LoafNet": True}),
        ("LoafNet -- Bread for Networks", "We bake.", {"LoafNet": True}),
        ("LoafNet Technical Report: Bread", "We bake.", {"LoafNet": True}),
        ("LoafNet Technical Report", "We bake.", {"LoafNet": True}),
        ("On Bread", "We propose LoafNet, which bakes.", {"LoafNet": False}),
        ("On Bread", "We propose a new method called LoafNet.", {"LoafNet": False}),
        ("On Bread", "We introduce Leavened Ovens (LeOv).", {"LeOv": False}),
        ("On Bread", "a method, which we call LoafNet", {"LoafNet": False}),
        ("On Bread", "a net dubbed LoafNet", {"LoafNet": False}),
        ("On bread: A Study of LoafNet", "We study LoafNet.", {}),
        ("On Bread", "We propose to bake with LoafNet.", {}),
        ("On Bread", "We propose ovens for the large loaf model (LLM).", {}),
        ("On Bread", "We propose `LoafNet`, $LoafNet$.", {}),
        ("Flow: On Bread", "We bake.", {}),
    ],
)
def test_a_name_is_introduced_in_the_title_or_coined_in_the_abstract(title, abstract, expected):
    found = coined(prose(title), prose(abstract))
    assert {name.text: name.titled for name in found} == expected


@pytest.mark.parametrize(
    ("name", "long", "expected"),
    [
        ("S4", "structured state space sequence", True),
        ("NesyCD", "Neural-Symbolic Collaborative Distillation", True),
        ("LoAF", "low-rank adapted fold", True),
        ("LoAF", "the low-rank adapted fold", False),
        ("LoAF", "loose ends", False),
        ("42", "forty two", False),
    ],
)
def test_letters_in_their_order_abbreviate(name, long, expected):
    assert abbreviates(name, long) is expected
