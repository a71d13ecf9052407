"""Identifiers are checked by their published forms, and a near miss is told the right one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.content import identifiers


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Half a Loaf: Sparse Updates", "half-a-loaf-sparse-updates"),
        ("S^{2}FT: Fine-Tuning", "s2ft-fine-tuning"),
        (r"$\ell_0$ Is Enough", "ell-0-is-enough"),
        ("Überholen & Prøve", "uberholen-prove"),
        ("-- ?! --", ""),
        ("word " * 40, "-".join(["word"] * 16)),
    ],
)
def test_a_slug_is_made_of_the_words_of_a_title(title, slug):
    assert identifiers.make_slug(title) == slug


@given(st.text())
def test_what_is_made_is_a_slug(title):
    slug = identifiers.make_slug(title)
    assert slug == "" or identifiers.check_slug(slug) is None


@pytest.mark.parametrize("slug", ["a", "a-b", "7-up", "x" * 100])
def test_good_slugs(slug):
    assert identifiers.check_slug(slug) is None


@pytest.mark.parametrize("slug", ["", "A", "a--b", "-a", "a-", "a_b", "é", "x" * 101, "a\n"])
def test_bad_slugs(slug):
    assert identifiers.check_slug(slug) is not None


@pytest.mark.parametrize(
    "arxiv", ["2503.01234", "0704.0001", "math/0309285", "cs.LG/0301012", "hep-th/9901001"]
)
def test_good_arxiv_ids(arxiv):
    assert identifiers.check_arxiv(arxiv) is None


@pytest.mark.parametrize(
    "arxiv",
    ["2513.01234", "2500.01234", "2503.123", "2503.123456", "math/030928", "x", "", "2503.01234 "],
)
def test_bad_arxiv_ids(arxiv):
    message, hint = identifiers.check_arxiv(arxiv) or ("", "")
    assert message == f'"{arxiv}" is no arXiv id'
    assert hint == 'copy it from the arXiv page, such as "2503.01234"'


@pytest.mark.parametrize(
    "written",
    [
        "arXiv:2503.01234",
        "2503.01234v3",
        "https://arxiv.org/abs/2503.01234",
        "http://www.arxiv.org/pdf/2503.01234v1.pdf",
    ],
)
def test_an_arxiv_id_in_disguise_is_shown_bare(written):
    assert identifiers.check_arxiv(written) == (
        f'"{written}" is not a bare arXiv id',
        'write arxiv: "2503.01234"',
    )


@pytest.mark.parametrize(
    ("arxiv", "month"),
    [
        ("2503.01234", (2025, 3)),
        ("0704.0001", (2007, 4)),
        ("math/0309285", (2003, 9)),
        ("hep-th/9901001", (1999, 1)),
    ],
)
def test_an_arxiv_id_tells_its_month(arxiv, month):
    assert identifiers.arxiv_month(arxiv) == month


def test_no_arxiv_id_has_no_month():
    with pytest.raises(ValueError, match="no arXiv id: x"):
        identifiers.arxiv_month("x")


@pytest.mark.parametrize("doi", ["10.1000/182", "10.1162/tacl_a_00536", "10.1088/1742-5468/ad0a86"])
def test_good_dois(doi):
    assert identifiers.check_doi(doi) is None


@pytest.mark.parametrize(
    ("doi", "told"),
    [
        ("11.1000/182", '"11.1000/182" is no DOI'),
        ("10.1000", '"10.1000" is no DOI'),
        ("10.1000/a b", '"10.1000/a b" is no DOI'),
        ('10.1000/a"b', '"10.1000/a"b" is no DOI'),
        ("doi: 10.1000/182", '"doi: 10.1000/182" is not a bare DOI'),
        ("https://dx.doi.org/10.1000/182", '"https://dx.doi.org/10.1000/182" is not a bare DOI'),
    ],
)
def test_bad_dois(doi, told):
    assert (identifiers.check_doi(doi) or ("",))[0] == told


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org",
        "http://a.example.org:8080/x?y=1&z=%20#frag",
        "https://example.org/wiki/A_(b)",
    ],
)
def test_good_addresses(url):
    assert identifiers.check_url(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "//example.org/",
        "example.org",
        "https://",
        "https://localhost/",
        "https://[::1",
        "https://example.org:port/",
        "https://example.org/a b",
        'https://example.org/"',
        "https://example.org/<s>",
        "https://example.org/`x`",
    ],
)
def test_bad_addresses(url):
    assert identifiers.check_url(url) is not None


@pytest.mark.parametrize(
    ("url", "tidy"),
    [
        ("https://a.org/", "https://a.org"),
        ("https://a.org/x//", "https://a.org/x"),
        ("https://github.com/a/b.git", "https://github.com/a/b"),
        ("https://github.com/a/b.git/", "https://github.com/a/b"),
        ("https://github.com/a/b.github.io", "https://github.com/a/b.github.io"),
        ("https://a.org/?next=/", "https://a.org/?next=/"),
        ("https://a.org/#/", "https://a.org/#/"),
    ],
)
def test_an_address_is_tidied_where_that_leads_to_the_same_place(url, tidy):
    assert identifiers.tidy_url(url) == tidy
