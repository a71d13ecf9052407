"""The citation on a paper's page, in a browser."""

from playwright.sync_api import expect

from builder.citation import bibtex, references

LOAF = "half-a-loaf-sparse-updates-for-large-models"


def test_a_button_copies_the_bibtex_entry_and_says_so(visit, small):
    page = visit(f"papers/{LOAF}/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    button = page.get_by_role("button", name="Copy BibTeX")
    button.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    entry = bibtex([references(small.papers)[LOAF]])
    assert page.evaluate("navigator.clipboard.readText()") == entry
    expect(button).to_be_visible()


def test_where_nothing_can_be_copied_the_entry_is_marked_instead(visit, small):
    page = visit(f"papers/{LOAF}/")
    page.evaluate(
        "() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refused')); }"
    )
    page.get_by_role("button", name="Copy BibTeX").click()
    entry = bibtex([references(small.papers)[LOAF]])
    page.wait_for_function("getSelection().toString() !== ''")
    assert page.evaluate("getSelection().toString()").strip() == entry.strip()


def test_the_files_are_downloaded_under_the_papers_key(visit, small):
    page = visit(f"papers/{LOAF}/")
    key = references(small.papers)[LOAF].key
    for label, name in (("BibTeX", ".bib"), ("RIS", ".ris"), ("CSL JSON", ".json")):
        with page.expect_download() as caught:
            page.get_by_role("link", name=label, exact=True).click()
        assert caught.value.suggested_filename == f"{key}{name}"


def test_the_entry_scrolls_within_itself_on_a_phone(visit):
    page = visit(f"papers/{LOAF}/", width=390)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
