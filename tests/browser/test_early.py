"""What somebody types and chooses before the scripts are there, as on a slow connection."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

HALF_A_LOAF = "Half a Loaf: Sparse Updates for Large Models"


@pytest.fixture
def before(visit) -> Callable[[str, str], tuple[Page, Callable[[], None]]]:
    """before("browse/", "**/main.js") -> the page without that file, and what lets it come."""

    def before(path: str, pattern: str) -> tuple[Page, Callable[[], None]]:
        page = visit("about/")
        held: list[Route] = []
        page.route(pattern, lambda route: held.append(route))
        page.goto(page.url.replace("about/", path), wait_until="commit")

        def come() -> None:
            with page.expect_request_finished(lambda request: request == held[0].request):
                for route in held:
                    route.continue_()

        return page, come

    return before


def field(page: Page):
    return page.get_by_role("searchbox", name="Search the papers")


def titles(page: Page):
    return page.locator(".ps-search__paper .ps-search__title")


def results(page: Page):
    return page.locator("[data-results] h3 a")


@pytest.mark.parametrize("late", ["**/browse/main.js", "**/search/*/papers.json"])
def test_what_was_typed_and_chosen_before_the_browse_page_was_ready_counts(before, late):
    page, come = before("browse/?tag=sparsity", late)
    field(page).focus()
    page.keyboard.type("sparse a/b")
    page.get_by_role("checkbox", name="Code available").check()
    page.get_by_label("Sort by").select_option("Title")
    page.get_by_label("Rows").check()
    come()
    expect(page.locator("[data-results] .ps-row h3").first).to_contain_text(HALF_A_LOAF)
    expect(field(page)).to_have_value("sparse a/b")
    expect(page.get_by_label("Sort by")).to_have_value("title")
    expect(page.get_by_role("checkbox", name="Sparsity")).to_be_checked()
    query = "?q=sparse+a%2Fb&tag=sparsity&has=code&sort=title&view=rows"
    expect(page).to_have_url(re.compile(re.escape(query) + "$"))
    page.keyboard.press("Escape")
    expect(page.locator("[data-search]")).to_be_hidden()


def test_a_field_typed_into_wins_over_the_address_and_the_next_letters_are_kept(before):
    page, come = before("browse/?q=captions", "**/browse/main.js")
    field(page).focus()
    page.keyboard.type("cran")
    come()
    page.keyboard.type("e")
    expect(results(page).first).to_contain_text("PaperCrane")
    expect(field(page)).to_have_value("crane")
    expect(page).to_have_url(re.compile(r"/browse/\?q=crane$"))


def test_a_search_sent_before_the_script_asks_for_the_best_match(before):
    page, _ = before("browse/", "**/browse/main.js")
    field(page).fill("captions night")
    field(page).press("Enter")
    expect(page).to_have_url(re.compile(r"/browse/\?q=captions\+night$"))


def test_a_filter_chosen_in_the_middle_of_typing_takes_the_words_along(visit):
    page = visit("browse/")
    expect(results(page)).to_have_count(12)
    # In one breath, so that no pause in typing comes between.
    page.evaluate("""() => {
      const field = document.querySelector("#browse-q");
      field.value = "crane";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      document.querySelector("input[value=robotics]").click();
    }""")
    expect(page).to_have_url(re.compile(r"\?q=crane&tag=robotics$"))
    expect(results(page)).to_have_count(1)
    expect(field(page)).to_have_value("crane")


def test_the_search_takes_what_is_typed_before_it_is_loaded(before):
    page, come = before("", "**/search/dialog.js")
    page.wait_for_function("document.readyState === 'complete'")
    page.keyboard.type("/jobs half a loaf")
    query = page.get_by_role("combobox", name=re.compile("Search papers"))
    expect(query).to_have_value("jobs half a loaf")
    come()
    expect(titles(page).first).to_have_text(HALF_A_LOAF)
    expect(query).to_have_value("jobs half a loaf")
    # These letters are keys elsewhere: none of them has marked a paper.
    kept = page.evaluate("JSON.stringify(Object.values(localStorage))")
    assert HALF_A_LOAF not in kept and "PaperCrane" not in kept
    expect(page.locator(".ps-aids-said:not(:empty)")).to_have_count(0)


def test_keys_pressed_before_their_script_is_there_are_followed_in_their_order(before):
    page, come = before("editions/daily-papers-2025-03-17/", "**/triage.js")
    page.wait_for_function("document.readyState === 'complete'")
    page.keyboard.press("j")
    page.keyboard.press("s")
    page.wait_for_timeout(300)
    come()
    expect(page.locator(".ps-aids-said")).to_contain_text("Saved")


def test_the_button_of_the_search_needs_no_script_to_open_it(before):
    page, come = before("", "**/search-open.js")
    page.locator("[data-search-open]").click()
    page.keyboard.type("half a loaf")
    come()
    expect(titles(page).first).to_have_text(HALF_A_LOAF)
    page.keyboard.press("Escape")
    expect(page.locator("[data-search-open]")).to_be_focused()


def test_a_search_sent_from_the_dialog_before_its_script_leads_to_the_results(before):
    page, _ = before("", "**/search/dialog.js")
    page.locator("[data-search-open]").click()
    page.keyboard.type("captions night")
    page.keyboard.press("Enter")
    page.wait_for_url("**/browse/?q=captions+night")
    expect(results(page).first).to_have_text("LanternBench: Captions for Night Driving")


@pytest.mark.parametrize("late", ["**/bundle.*.js", "**/search-open.js", "**/aids/start.js"])
def test_the_field_of_the_home_page_keeps_what_was_typed_before_any_script(before, late):
    page, come = before("", late)
    field(page).focus()
    page.keyboard.type("a/b")
    come()
    page.wait_for_load_state("networkidle")
    page.keyboard.type("c")
    expect(field(page)).to_have_value("a/bc")
    expect(field(page)).to_be_focused()
    expect(page.locator("[data-search]")).to_be_hidden()
