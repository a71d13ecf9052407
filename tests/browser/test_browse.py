"""The browse page, used as a person uses it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect


def results(page: Page):
    return page.locator("[data-results] h3 a")


def count(page: Page):
    return page.locator("[data-browse-count]")


def box(page: Page, name: str):
    return page.get_by_role("checkbox", name=re.compile(f"^{re.escape(name)} "))


def field(page: Page):
    return page.get_by_role("searchbox", name="Search the papers")


def test_without_a_choice_every_paper_is_there_newest_first(visit):
    page = visit("browse/")
    expect(count(page)).to_have_text("12 papers")
    expect(results(page)).to_have_count(12)
    expect(results(page).first).to_have_text("PaperCrane: Folding Policies from One Demonstration")
    expect(page.locator("[data-browse-fallback]")).to_be_hidden()
    results(page).first.click()
    page.wait_for_url("**/group/list/papers/papercrane-folding-policies-from-one-demonstration/")


def test_filters_narrow_the_list_and_stand_in_the_address(visit):
    page = visit("browse/")
    box(page, "Sparsity").check()
    expect(count(page)).to_have_text("4 of 12 papers")
    expect(page).to_have_url(re.compile(r"/browse/\?tag=sparsity$"))
    box(page, "Code available").check()
    expect(count(page)).to_have_text("2 of 12 papers")
    expect(page).to_have_url(re.compile(r"\?tag=sparsity&has=code$"))
    assert results(page).all_inner_texts() == [
        "Sieve-7: Learning What to Forget",
        "Half a Loaf: Sparse Updates for Large Models",
    ]


def test_the_numbers_at_the_filters_follow_the_choice(visit):
    page = visit("browse/?tag=sparsity")
    page.get_by_role("region", name="Filters").get_by_text("Contribution", exact=True).click()
    # Of a topic a paper has several: the number says how many have both.
    expect(box(page, "Theory")).to_have_accessible_name("Theory 2")
    expect(box(page, "Robotics")).to_have_accessible_name("Robotics 0")
    # Of a year it has one: the number says how many there are if that year is chosen too.
    box(page, "2025").check()
    expect(box(page, "2023")).to_have_accessible_name("2023 1")
    box(page, "2023").check()
    expect(count(page)).to_have_text("3 of 12 papers")


def test_back_and_forward_lead_through_the_choices(visit):
    page = visit("browse/")
    box(page, "2025").check()
    expect(count(page)).to_have_text("5 of 12 papers")
    box(page, "Editors’ pick").check()
    expect(count(page)).to_have_text("1 of 12 papers")
    page.go_back()
    expect(count(page)).to_have_text("5 of 12 papers")
    expect(box(page, "Editors’ pick")).not_to_be_checked()
    page.go_back()
    expect(count(page)).to_have_text("12 papers")
    page.go_forward()
    expect(box(page, "2025")).to_be_checked()
    expect(count(page)).to_have_text("5 of 12 papers")


ADDRESSES = {
    "tag=sparsity&tag=theory": 2,
    "year=2025&year=2024": 8,
    "edition=daily-papers-2025-03-17": 5,
    "edition=daily-papers-2025-03-17&edition=daily-papers-undated": 7,
    "venue=ICLR+2025": 1,
    "has=code": 3,
    "has=pick": 1,
    "q=sparse+updates&tag=sparsity&year=2025&has=code": 2,
    "tag=no-such-topic": 0,
}


@pytest.mark.parametrize(("query", "papers"), ADDRESSES.items())
def test_an_address_gives_its_view(visit, query, papers):
    page = visit(f"browse/?{query}")
    expect(count(page)).to_have_text(f"{papers} of 12 papers")
    expect(results(page)).to_have_count(papers)
    expect(page).to_have_url(re.compile(re.escape(query) + "$"))


def test_a_copied_address_gives_the_same_view_elsewhere(visit):
    page = visit("browse/?q=sparse&sort=title&view=rows")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    expect(results(page).nth(1)).to_be_visible()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    path = copied.split("/group/list/")[1]
    assert path == "browse/?q=sparse&sort=title&view=rows"
    other = visit(path)
    expect(results(other)).to_have_text(results(page).all_inner_texts())


def test_papers_are_sorted_by_the_readers_choice(visit):
    page = visit("browse/")
    page.get_by_label("Sort by").select_option("Title")
    expect(page).to_have_url(re.compile(r"\?sort=title$"))
    expect(results(page).first).to_contain_text("A Survey of Small Gardens")
    expect(results(page).nth(-2)).to_contain_text("Überholen ohne einzuholen")
    page.get_by_label("Sort by").select_option("Most listed")
    expect(page).to_have_url(re.compile(r"\?sort=listed$"))
    expect(page.locator("[data-results] li").first).to_contain_text("Listed 2 times")


def test_rows_are_the_same_papers_in_less_room(visit):
    page = visit("browse/?tag=theory")
    expect(page.locator("[data-results] .ps-card")).to_have_count(3)
    cards = results(page).all_inner_texts()
    page.get_by_label("Rows").check()
    expect(page).to_have_url(re.compile(r"\?tag=theory&view=rows$"))
    expect(page.locator("[data-results] .ps-row")).to_have_count(3)
    assert results(page).all_inner_texts() == cards


def test_typing_searches_and_misspelt_words_are_put_right(visit):
    page = visit("browse/")
    field(page).click()
    page.keyboard.type("demonstratoin", delay=10)
    expect(results(page)).to_have_text(["PaperCrane: Folding Policies from One Demonstration"])
    expect(page).to_have_url(re.compile(r"\?q=demonstratoin$"))
    note = page.locator("[data-browse-note]")
    expect(note).to_contain_text("Showing results for demonstration instead of demonstratoin.")
    expect(page.get_by_label("Sort by")).to_have_value("relevance")
    expect(page.locator("[data-results] mark").first).to_have_text("Demonstration")


def test_the_field_on_the_home_page_leads_to_its_results(visit):
    page = visit()
    field(page).fill("captions night")
    field(page).press("Enter")
    page.wait_for_url("**/browse/?q=captions+night")
    expect(results(page).first).to_have_text("LanternBench: Captions for Night Driving")


def test_chosen_filters_are_taken_away_one_by_one_or_all_at_once(visit):
    page = visit("browse/?tag=sparsity&year=2025&has=code")
    page.get_by_role("button", name="Remove filter: 2025").click()
    expect(page).to_have_url(re.compile(r"\?tag=sparsity&has=code$"))
    expect(page.get_by_role("button", name="Remove filter: Code available")).to_be_focused()
    page.get_by_role("button", name="Clear all").click()
    expect(page).to_have_url(re.compile(r"/browse/$"))
    expect(count(page)).to_have_text("12 papers")


def test_filters_that_no_paper_fits_say_so(visit):
    page = visit("browse/?tag=robotics&year=2023")
    expect(page.locator("[data-browse-note]")).to_have_text("No paper fits all of these filters.")
    expect(results(page)).to_have_count(0)


def test_on_a_phone_the_filters_fold_away(visit):
    page = visit("browse/", width=390)
    expect(results(page).first).to_be_visible()
    expect(box(page, "Sparsity")).to_be_hidden()
    fold = page.get_by_role("button", name="Filters")
    fold.click()
    expect(fold).to_have_attribute("aria-expanded", "true")
    box(page, "Sparsity").check()
    expect(count(page)).to_have_text("4 of 12 papers")
    expect(fold).to_have_text("Filters (1)")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_plain_list_stands_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}browse/?q=crane")
    expect(page.locator("[data-browse]")).to_be_hidden()
    page.get_by_role("link", name="PaperCrane: Folding Policies from One Demonstration").click()
    page.wait_for_url("**/papers/papercrane-folding-policies-from-one-demonstration/")
    context.close()


def test_without_the_search_data_the_plain_list_stands_there(visit):
    page = visit("about/")
    page.route("**/search/index.json", lambda route: route.fulfill(status=200, body="<html>"))
    page.get_by_role("navigation", name="Sections", exact=True).get_by_text("Browse").click()
    expect(page.locator("[data-browse-fallback]")).to_be_visible()
    expect(page.locator("[data-browse]")).to_be_hidden()


def test_filters_need_no_search_engine(visit):
    page = visit("browse/?tag=sparsity&sort=title")
    expect(results(page)).to_have_count(4)
    loaded = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert not [name for name in loaded if "/pagefind/" in name or "/words/" in name]


def test_columns_that_few_need_come_when_they_are_needed(visit):
    page = visit("about/")
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.goto(page.url.replace("about/", "browse/"))
    box(page, "Sparsity").check()
    expect(count(page)).to_have_text("4 of 12 papers")
    assert "papers.json" in asked
    assert not {"ids.json", "titles.json"} & set(asked)
    page.get_by_label("Sort by").select_option("title")
    expect(results(page).first).to_have_text("A Survey of Small Gardens: Compact Models on Devices")
    field(page).fill("gardens")
    expect(count(page)).not_to_have_text("4 of 12 papers")
    assert {"ids.json", "titles.json"} <= set(asked)


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_the_page_is_accessible_and_does_not_jump(visit, width, dark):
    page = visit("browse/?q=sparse+captoins&year=2025&year=2024", width=width, dark=dark)
    expect(results(page).first).to_be_visible()
    if width < 500:
        page.get_by_role("button", name="Filters").click()
    found = Axe().run(page).response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
    assert page.evaluate("document.documentElement.scrollWidth") <= width
