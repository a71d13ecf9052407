"""Templates escape what they are given."""

from pathlib import Path

import markupsafe
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from builder.templating import Templates, escaped


class _Own:
    def __html__(self) -> str:
        return "<i>own</i>"


class _Text(str):
    """A text of a type of its own."""


@pytest.mark.parametrize(
    "value", ["plain", "a & b", "<b>", "'", '"', Markup("<b>"), 5, None, 0.5, _Own(), _Text("<")]
)
def test_a_value_is_escaped_as_markupsafe_does_it(value: object) -> None:
    assert str(escaped(value)) == str(markupsafe.escape(value))


@given(st.text(st.sampled_from("ab<>&'\"é")))
def test_every_text_is_escaped_as_markupsafe_does_it(text: str) -> None:
    assert str(escaped(text)) == str(markupsafe.escape(text))


def _templates(folder: Path, text: str, *, autoescape: bool) -> Templates:
    (folder / "page.j2").write_text(text, encoding="utf-8")
    return Templates(folder, autoescape=autoescape)


def test_a_template_escapes_values_once_also_in_macros_and_blocks(tmp_path: Path) -> None:
    text = (
        "{% macro bold(value) %}<b>{{ value }}</b>{% endmacro %}"
        "{% set kept %}{{ bold(what) }}{% endset %}"
        "{{ what }} {{ bold(what) }} {{ kept }} {{ made }} {{ what ~ made }}"
    )
    made = _templates(tmp_path, text, autoescape=True).render(
        "page.j2", met="a test", what="a & b", made=Markup("<i>")
    )
    assert made == "a &amp; b <b>a &amp; b</b> <b>a &amp; b</b> <i> a &amp; b<i>"


def test_a_template_that_escapes_nothing_does_not_begin_to(tmp_path: Path) -> None:
    templates = _templates(tmp_path, "{{ what }}", autoescape=False)
    assert templates.render("page.j2", met="a test", what="a & b") == "a & b"
