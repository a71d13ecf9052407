"""Lean pages: all that is indexed, and little else."""

import pytest

from builder.site import bundle, indexer
from builder.site.lean import lean

THEME = """<!doctype html><html lang="en"><head><title>Theme</title></head><body>
<header><a href="..">Home</a></header>{body}<footer>Made by hand</footer></body></html>"""

ARTICLE = """<article class="crane" data-pagefind-body>
<h1 data-pagefind-weight="10">Half a <em>Loaf</em></h1>
<p class="kicker" data-pagefind-ignore>An editors’ pick</p><p>Before<span
 data-pagefind-ignore>between</span>after, <b>bold</b>ly</p>
<section data-pagefind-ignore><h2>More</h2><section>inner</section><p>x</p></section>
<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><script>let crane = 1;</script>
<span hidden data-pagefind-filter="tag[data-value]" data-value="a > b"></span>
<span hidden data-pagefind-meta="title[data-title]" data-title="Half & half"></span>
</article>"""


def indexed(page: bytes) -> list[bundle.Fragment]:
    """What Pagefind makes of a page, beside one that is like any other."""
    other = b"<html lang=en><body data-pagefind-body>Other</body></html>"
    return list(bundle.fragments(indexer.run([("a.html", page), ("b.html", other)])))


def thin(body: str) -> bytes:
    """The lean page, which must be indexed as the whole one is."""
    page = THEME.format(body=body).encode()
    found = lean(page)
    assert found is not None
    assert indexed(found) == indexed(page)
    return found


def test_a_page_without_a_mark_is_not_indexed():
    assert lean(THEME.format(body="<p>Crane</p>").encode()) is None


def test_the_theme_and_what_is_ignored_go_and_the_words_stay_apart():
    found = thin(ARTICLE)
    for gone in (b"Home", b"hand", b"pick", b"between", b"inner", b"M0 0", b"let"):
        assert gone not in found
    assert b"Before<span data-pagefind-ignore></span>after, <b>bold</b>ly" in found


def test_what_is_said_of_the_page_beside_the_body_is_kept():
    found = thin(
        "<div data-pagefind-body>Crane<p data-pagefind-ignore>x</p></div><span hidden "
        'data-pagefind-filter="kind:tag"></span><p data-pagefind-ignore>Edit</p>'
    )
    assert b"kind:tag" in found
    assert b"Edit" not in found


def test_what_an_ignored_element_says_of_the_page_is_kept():
    found = thin(
        "<main data-pagefind-body>Crane<p data-pagefind-ignore>unread "
        '<span data-pagefind-filter="year">2025</span></p> paper</main>'
    )
    assert b"2025" in found


@pytest.mark.parametrize(
    "body",
    [
        "<p>data-pagefind-body</p>",
        "<main data-pagefind-body>one</main><main data-pagefind-body>two</main>",
        "<main data-pagefind-body>one <!-- <p data-pagefind-ignore> --> two</main>",
        "<MAIN data-pagefind-body>one <p data-pagefind-ignore>x</p></MAIN>",
        "<p data-pagefind-body>one<p>two</p>",
        '<main title="<b" data-pagefind-body>one</main>',
    ],
)
def test_a_page_of_another_form_stays_whole(body):
    page = THEME.format(body=body).encode()
    assert lean(page) == page


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("<p data-pagefind-ignore>x<p>crane</p>", b"crane"),
        ('<p title="data-pagefind-ignore">crane</p>', b"crane"),
        ('<p data-pagefind-ignore>x <a title="</p>">y</a></p> crane', b"crane"),
        ("<pre>crane &lt;p data-pagefind-ignore&gt; boat</pre>", b"boat"),
        ("<p data-pagefind-ignore>x</p >crane", b"crane"),
    ],
)
def test_in_doubt_more_stays_than_is_needed(body, kept):
    assert kept in thin(f"<main data-pagefind-body>Boats. {body}</main>")
