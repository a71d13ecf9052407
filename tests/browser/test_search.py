"""The search dialog, used as a person uses it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

HALF_A_LOAF = "Half a Loaf: Sparse Updates for Large Models"


def search(page: Page, words: str, open_with: str = "/") -> None:
    """Open the search with a key and type."""
    page.keyboard.press(open_with)
    expect(field(page)).to_be_focused()
    page.keyboard.type(words, delay=10)


def field(page: Page):
    return page.get_by_role("combobox", name=re.compile("Search papers"))


def options(page: Page):
    return page.get_by_role("option")


def titles(page: Page):
    return page.locator(".ps-search__paper .ps-search__title")


def test_a_search_typed_by_a_person_finds_a_paper_and_opens_it_by_keyboard(visit):
    page = visit()
    search(page, "half a loaf")
    expect(titles(page).first).to_have_text(HALF_A_LOAF)
    # "half a" finds the paper first, too; what all words find takes its place.
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    chosen = options(page).first.get_attribute("id")
    expect(field(page)).to_have_attribute("aria-activedescendant", chosen)
    page.keyboard.press("Enter")
    page.wait_for_url("**/group/list/papers/half-a-loaf-sparse-updates-for-large-models/")
    expect(page.get_by_role("heading", level=1)).to_have_text(HALF_A_LOAF)


def test_what_is_chosen_while_other_results_are_on_their_way_stays_chosen(visit):
    page = visit()
    search(page, "half")
    expect(titles(page).first).to_have_text(HALF_A_LOAF)
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    # The search waits a moment for more letters; a person does not.
    page.keyboard.type(" a loaf")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_contain_text(HALF_A_LOAF)
    before = chosen.get_attribute("id")
    page.clock.resume()
    expect(field(page)).not_to_have_attribute("aria-activedescendant", before)
    expect(chosen).to_contain_text(HALF_A_LOAF)
    assert chosen.get_attribute("id") == field(page).get_attribute("aria-activedescendant")
    page.keyboard.type(" and")
    expect(chosen).to_have_count(0)
    expect(field(page)).not_to_have_attribute("aria-activedescendant", re.compile("."))


def test_whoever_types_faster_than_the_search_still_gets_its_first_paper(visit):
    page = visit()
    search(page, "quarter")
    expect(titles(page).first).to_be_visible()
    page.keyboard.type(" bits")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/quarter-bits-quantizing-below-one-bit/")


def test_a_result_opens_in_a_new_tab_with_ctrl_and_enter(visit):
    page = visit()
    search(page, "papercrane")
    expect(titles(page).first).to_contain_text("PaperCrane")
    with page.context.expect_page() as opened:
        page.keyboard.press("Control+Enter")
    opened.value.wait_for_url("**/papers/papercrane-folding-policies-from-one-demonstration/")
    expect(field(page)).to_be_focused()


@pytest.mark.parametrize("key", ["/", "Control+k", "Meta+k"])
def test_the_search_opens_by_key_and_escape_gives_the_focus_back(visit, key):
    page = visit("about/")
    link = page.get_by_role("navigation", name="Sections", exact=True).get_by_role(
        "link", name="Topics"
    )
    link.focus()
    page.keyboard.press(key)
    expect(field(page)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-search]")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_slash_in_a_field_is_a_slash(visit):
    page = visit("browse/")
    find = page.get_by_role("searchbox", name="Search the papers")
    find.focus()
    page.keyboard.type("a/b")
    expect(find).to_have_value("a/b")
    expect(page.locator("[data-search]")).to_be_hidden()


def test_the_button_opens_the_search_and_its_cross_closes_it(visit):
    page = visit()
    page.locator("[data-search-open]").click()
    expect(field(page)).to_be_focused()
    page.get_by_role("button", name="Close the search").click()
    expect(page.locator("[data-search]")).to_be_hidden()


def test_before_the_search_is_opened_nothing_of_it_is_loaded(visit):
    page = visit()
    page.wait_for_load_state("networkidle")
    loaded = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert any(name.endswith("/search-open.js") for name in loaded)
    assert not [name for name in loaded if "/pagefind/" in name or "/search/" in name]


MISSPELT = {
    "doubled letter": ("papercranne folding", "papercrane folding"),
    "swapped letters": ("lanternebnch", "lanternbench"),
    "missing letter": ("quantizng below", "quantizing below"),
    "wrong first letter": ("kanternbench captions", "lanternbench captions"),
    "two slips": ("demostratoin policies", "demonstration policies"),
    "missing space": ("sparseupdates", "sparse updates"),
    "stray space": ("transl ation teacup", "translation teacup"),
    "a name": ("exemplr crane", "exemplar crane"),
    "what is right stays": ("Sieve-7 retreiver", "Sieve-7 retriever"),
    "while typing": ("folding polciie", "folding policies"),
}


@pytest.mark.parametrize(("typed", "meant"), MISSPELT.values(), ids=MISSPELT)
def test_misspelt_words_are_put_right_and_said_to_be(visit, typed, meant):
    page = visit()
    search(page, typed)
    note = page.locator("[data-search-note]")
    expect(note).to_contain_text(f"Showing results for {meant} instead of {typed}.")
    page.keyboard.press("Control+a")
    corrected = titles(page).first.inner_text()
    page.keyboard.type(meant)
    expect(note).to_be_hidden()
    expect(titles(page).first).to_have_text(corrected)


def test_the_typed_words_can_be_searched_for_after_all(visit):
    page = visit()
    search(page, "papercranne")
    expect(titles(page).first).to_contain_text("PaperCrane")
    page.get_by_role("button", name="Search for what I typed").click()
    expect(page.locator("[data-search-note]")).not_to_contain_text("Showing results for")


def test_words_that_are_nowhere_are_named_and_the_others_searched_for(visit):
    page = visit()
    search(page, "zyxwvutsrq patience")
    expect(titles(page).first).to_contain_text("Price of Patience")
    expect(page.locator("[data-search-note]")).to_contain_text("“zyxwvutsrq”")


def test_where_nothing_is_found_a_way_on_is_offered(visit):
    page = visit()
    search(page, "xqzvw")
    note = page.locator("[data-search-note]")
    expect(note).to_contain_text("Nothing found for xqzvw.")
    expect(page.locator("[data-search-status]")).to_have_text("No paper found")
    note.get_by_role("link", name="Browse all papers").click()
    page.wait_for_url("**/group/list/browse/")


def test_papers_with_most_of_the_words_follow_those_with_all(visit):
    page = visit()
    search(page, "sparse updates captions")
    some = page.get_by_role("group", name="With some of the words")
    expect(some.get_by_role("option").first).to_contain_text(re.compile("Half a Loaf|Sieve"))


def test_a_synonym_finds_its_topic_and_lifts_the_papers_on_it(visit):
    page = visit()
    search(page, "RAG")
    topics = page.get_by_role("group", name="Topics").get_by_role("option")
    expect(topics.first).to_contain_text("Retrieval")
    expect(topics.first).to_contain_text(re.compile(r"RAG · \d+ paper"))
    expect(titles(page).first).to_have_text("Sieve-7: Learning What to Forget")


def test_hyphens_and_accents_may_be_left_out(visit):
    page = visit()
    search(page, "sieve 7")
    expect(titles(page).first).to_contain_text("Sieve-7")
    page.keyboard.press("Control+a")
    page.keyboard.type("uberholen")
    expect(titles(page).first).to_contain_text("Überholen")
    page.keyboard.press("Control+a")
    page.keyboard.type("kathe mussig")
    expect(titles(page).first).to_contain_text("Überholen")


def test_the_words_are_marked_in_title_and_passage(visit):
    page = visit()
    search(page, "half gradient keeps sign")
    paper = page.locator(".ps-search__paper").first
    expect(paper.locator(".ps-search__title mark").first).to_have_text("Half")
    passage = paper.locator(".ps-search__excerpt")
    expect(passage.locator("mark").filter(has_text="gradient")).to_be_visible()
    expect(passage).to_contain_text("update only the weights whose gradient keeps its sign")


def test_words_are_marked_that_an_ending_doubles_a_letter_of(visit):
    page = visit()
    search(page, "captionning night")
    title = page.locator(".ps-search__paper .ps-search__title").first
    expect(title).to_have_text("LanternBench: Captions for Night Driving")
    expect(title.locator("mark")).to_have_text(["Captions", "Night"])


def test_markup_in_titles_is_shown_and_not_made(visit):
    page = visit()
    search(page, "not to escape")
    expect(titles(page).first).to_have_text(
        'What <b>Not</b> to Escape: Markup & "Quotes" in Prompts'
    )
    assert page.locator(".ps-search__found b, .ps-search__found script").count() == 0


def test_the_last_line_leads_to_all_results_in_browse(visit):
    page = visit()
    search(page, "model")
    every = page.get_by_role("option", name=re.compile(r"^See all \d+ in Browse$"))
    count = re.search(r"\d+", every.inner_text())[0]
    page.keyboard.press("ArrowUp")
    expect(every).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/browse/?q=model")
    expect(page.locator("[data-browse-count]")).to_have_text(f"{count} of 12 papers")


def test_the_number_of_results_is_announced(visit):
    page = visit()
    search(page, "papercrane")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("1 paper found")


def test_only_papers_authors_topics_and_editions_are_found(visit):
    page = visit()
    search(page, "about this list contribute browse")
    expect(page.locator("[data-search-note]")).to_be_visible()
    for url in page.eval_on_selector_all(
        ".ps-search__option", "all => all.map(one => one.pathname)"
    ):
        assert re.search(r"/(papers|tags|authors|editions)/[^/]+/$|/browse/$", url), url


@pytest.mark.parametrize("words", ["example", "exa", "ada exam", "example, ada"])
def test_an_author_is_found_by_parts_of_the_name_and_opened(visit, words):
    page = visit()
    search(page, words)
    authors = page.get_by_role("group", name="Authors").get_by_role("option")
    # Jo and Nia have one paper each, and no page.
    expect(authors).to_have_text(["Ada Example2 papers"])
    authors.first.click()
    page.wait_for_url("**/group/list/authors/ada-example/")


@pytest.mark.parametrize("words", ["loaf example", "ex", "crane"])
def test_an_author_is_not_found_by_other_words(visit, words):
    page = visit()
    search(page, words)
    expect(page.locator("[data-search]:not([data-busy])")).to_be_visible()
    page.locator("[data-search] :is([role=option], [data-search-note] p)").first.wait_for()
    expect(page.get_by_role("group", name="Authors")).to_have_count(0)


def test_without_the_index_the_dialog_says_so_and_tries_again(visit):
    page = visit()
    page.route("**/search/index.json", lambda route: route.fulfill(status=200, body="<html>"))
    search(page, "crane")
    note = page.locator("[data-search-note]")
    expect(note).to_contain_text("The search could not be loaded.")
    page.unroute("**/search/index.json")
    note.get_by_role("button", name="Try again").click()
    expect(titles(page).first).to_contain_text("PaperCrane")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_the_dialog_is_accessible_and_fits_its_window(visit, width, dark):
    page = visit(width=width, dark=dark)
    page.locator("[data-search-open]").click()
    expect(field(page)).to_be_focused()
    box = page.locator("[data-search]").bounding_box()
    assert box["width"] <= width
    assert width > 500 or (box["width"], box["height"]) == (390, 844)
    for words in ("", "sparse updates captoins", "xqzvw"):
        field(page).fill(words)
        if words:
            expect(page.locator("[data-search-note]")).to_be_visible()
            expect(page.locator("[data-search]")).not_to_have_attribute("data-busy", "")
        found = Axe().run(page, context="[data-search]").response["violations"]
        assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
