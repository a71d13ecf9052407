"""The map and the health page, in a browser."""

import re

import pytest
from playwright.sync_api import Page, expect


def middle(page: Page, number: int) -> tuple[float, float]:
    """Where a mark of the map is, in pixels from the page's upper left corner."""
    page.locator("[data-map-frame]").scroll_into_view_if_needed()
    box = page.locator("[data-map-frame] a use").nth(number).bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def title(page: Page, number: int) -> str:
    return page.locator("[data-map-frame] a").nth(number).get_attribute("aria-label").split("\n")[0]


def test_pointing_at_a_mark_shows_its_paper_and_a_click_opens_it(visit):
    page = visit("map/")
    card = page.locator(".ps-map__card")
    expect(card).to_be_hidden()
    page.mouse.move(*middle(page, 2))
    expect(card).to_contain_text(title(page, 2))
    page.mouse.click(*middle(page, 2))
    expect(page).to_have_url(re.compile("/papers/"))


def test_a_tap_shows_the_paper_and_a_tap_on_the_card_opens_it(visit):
    page = visit("map/", width=390)
    page.touchscreen.tap(*middle(page, 2))
    card = page.locator(".ps-map__card")
    expect(card).to_contain_text(title(page, 2))
    assert page.url.endswith("/map/")
    card.tap()
    expect(page).to_have_url(re.compile("/papers/"))


def test_the_map_is_one_stop_for_the_tab_key_and_arrows_go_on_from_there(visit):
    page = visit("map/")
    stops = page.locator('[data-map-frame] a[tabindex="0"]')
    expect(stops).to_have_count(1)
    stops.focus()
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    seen = {first}
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
        expect(page.locator(".ps-map__card")).to_contain_text(focused.split("\n")[0])
        seen.add(focused)
    assert len(seen) > 1
    expect(stops).to_have_count(1)


def test_a_larger_map_keeps_what_was_in_the_middle(visit):
    page = visit("map/")
    page.get_by_text("4×", exact=True).click()
    frame = page.locator("[data-map-frame]")
    share = "node => (node.scrollLeft + node.clientWidth / 2) / node.scrollWidth"
    page.wait_for_function(
        "document.querySelector('[data-map-frame]').scrollWidth > 3.9 *"
        " document.querySelector('[data-map-frame]').clientWidth"
    )
    assert frame.evaluate(share) == pytest.approx(0.5, abs=0.01)


def test_without_scripts_marks_are_links_with_titles_and_lists_say_the_same(browser, address):
    context = browser.new_context(java_script_enabled=False)
    try:
        page = context.new_page()
        page.goto(f"{address}map/")
        mark = page.locator("[data-map-frame] a").first
        assert mark.locator("title").text_content().strip()
        assert "/papers/" in page.evaluate("element => element.href.baseVal", mark.element_handle())
        expect(page.locator(".ps-map__card")).to_have_count(0)
    finally:
        context.close()


def test_the_map_is_found_in_the_header_and_the_health_page_in_the_footer(visit):
    page = visit("")
    page.locator("header").get_by_role("link", name="Map", exact=True).first.click()
    expect(page.locator("h1")).to_have_text("Map")
    page.locator("footer").get_by_role("link", name="Data health").click()
    expect(page.locator("h1")).to_have_text("Data health")


def test_the_health_page_leads_to_a_papers_file(visit):
    page = visit("health/")
    page.locator("#papers-venue summary").click()
    link = page.locator("#papers-venue .ps-gaps__edit").first
    expect(link).to_be_visible()
    assert "/content/papers/" in link.get_attribute("href")
