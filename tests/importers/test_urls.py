"""Addresses in a text are found, trimmed, and told apart by their hosts."""

import pytest

from builder.content.paper import Link
from builder.importers import urls


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://github.com/a/b", "code"),
        ("https://www.gitlab.com/a/b", "code"),
        ("https://huggingface.co/datasets/a/b", "data"),
        ("https://huggingface.co/spaces/a/b", "demo"),
        ("https://huggingface.co/a/b", "model"),
        ("https://youtu.be/x", "video"),
        ("https://a.org/x.PDF", "pdf"),
        ("https://a.github.io/", "project"),
        ("https://a.org/", "project"),
    ],
)
def test_the_host_tells_the_kind(url, kind):
    assert urls.kind(url) == kind


@pytest.mark.parametrize(
    ("found", "address"),
    [
        ("https://a.org/x.", "https://a.org/x"),
        ("https://a.org/x‘", "https://a.org/x"),
        ("https://a.org/x”.", "https://a.org/x"),
        ("https://a.org/x).", "https://a.org/x"),
        ("https://a.org/x_(y)", "https://a.org/x_(y)"),
        ("https://a.org/x],", "https://a.org/x"),
        ("https://a.org/.;:!?", "https://a.org/"),
    ],
)
def test_the_punctuation_of_the_sentence_is_no_part_of_an_address(found, address):
    assert urls.trim(found) == address


def test_links_come_once_in_their_order_and_without_papers():
    found = urls.links(
        [
            "https://a.org/x",
            "github.com/a/b",
            "https://a.org/x/",
            "https://github.com/a/b.git",
            "https://arxiv.org/abs/2503.01234",
            "https://doi.org/10.1000/182",
            "https://localhost/",
        ]
    )
    assert found == (
        Link(kind="project", url="https://a.org/x"),
        Link(kind="code", url="https://github.com/a/b"),
    )
