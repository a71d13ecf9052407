"""What is written as YAML is read back as the same value of the same type."""

import datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from builder.content import emit

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.one_of(
    TEXTS, st.booleans(), st.integers(min_value=0, max_value=999_999_999), st.dates()
)


@given(VALUES)
def test_a_scalar_reads_back(value):
    back = yaml.safe_load(f"key: {emit.scalar(value)}\n")["key"]
    assert (type(back), back) == (type(value), value)


@given(TEXTS)
def test_a_quoted_text_reads_back(text):
    assert yaml.safe_load(emit.quoted(text)) == text


@given(st.lists(TEXTS, max_size=8))
def test_a_list_reads_back(values):
    assert yaml.safe_load(emit.text_list("key", values) + "\n") == {"key": values}


@given(st.dictionaries(st.sampled_from(["kind", "url", "paper"]), TEXTS, min_size=1))
def test_a_mapping_in_one_line_reads_back(pairs):
    assert yaml.safe_load(emit.flow_map(pairs)) == pairs


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("ICLR 2025", "ICLR 2025"),
        ("10.1000/182", "10.1000/182"),
        ("2503.01234", '"2503.01234"'),
        ("no", '"no"'),
        ("12", '"12"'),
        ("2025-01-01", '"2025-01-01"'),
        ("a: b", '"a: b"'),
        ("a, b", '"a, b"'),
        ("#1", '"#1"'),
        ("Käthe O'Neil", "Käthe O'Neil"),
        (datetime.date(2025, 3, 6), "2025-03-06"),
        (True, "true"),
    ],
)
def test_quotes_stand_only_where_they_are_needed(value, written):
    assert emit.scalar(value) == written


def test_a_long_list_has_a_line_for_each_item():
    assert emit.text_list("authors", ["A" * 60, "B" * 60]) == (
        f"authors:\n  - {'A' * 60}\n  - {'B' * 60}"
    )
