"""In which order a site's pages are rendered."""

from builder.site import rendering

PAGES = (
    "authors/ada.md",
    "index.md",
    "papers/loaf.md",
    "papers/loaf-again.md",
    "papers/unmarked.md",
    "tags/bread.md",
    "tags/index.md",
)


def test_lists_and_papers_that_an_index_waits_for_are_told_from_other_pages():
    waited = {
        "papers/loaf/index.html",
        "papers/loaf-again/index.html",
        "tags/bread/index.html",
        "tags/index.html",
    }
    assert rendering._divided(reversed(PAGES), waited) == (
        ["tags/bread.md", "tags/index.md"],
        ["papers/loaf-again.md", "papers/loaf.md"],
        ["papers/unmarked.md", "authors/ada.md", "index.md"],
    )


def test_without_an_index_no_page_is_waited_for():
    lists, papers, others = rendering._divided(PAGES, frozenset())
    assert (lists, papers, len(others)) == ([], [], len(PAGES))
