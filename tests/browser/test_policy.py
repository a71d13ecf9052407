"""The site under the headers with which nginx sends it: nothing that it needs is forbidden."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from builder.site import headers
from tests.browser.kinds import kinds
from tests.nginx import Answer, needs_nginx, serve

pytestmark = needs_nginx

PAPER = "papers/half-a-loaf-sparse-updates-for-large-models/"


@pytest.fixture(scope="module")
def address(site, tmp_path_factory) -> Iterator[str]:
    """Where nginx serves the site; `visit` goes there, and complains of what a page complains."""
    folder = tmp_path_factory.mktemp("policy")
    (folder / "www" / "group").mkdir(parents=True)
    (folder / "www" / "group" / "list").symlink_to(site)
    text = headers.nginx(
        headers.security(headers.inline_scripts(site)),
        url="https://papers.example.org/group/list/",
        redirects="",
    )
    (folder / "site.conf").write_text(text, encoding="utf-8")
    with serve(folder, tmp_path_factory.mktemp("nginx")) as root:
        yield f"{root}group/list/"


def test_no_kind_of_page_has_anything_to_complain_about(visit, address, site):
    page = visit("")
    for path in kinds(site).values():
        page.goto(address + path)
        # Scripts have run: the colors were chosen by the one within the page.
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
        page.wait_for_load_state("networkidle")
    assert "script-src 'self'" in Answer(address)["content-security-policy"]


def test_the_policy_is_in_force(browser, address):
    """A page's own script that was not there at the build does not run."""
    context = browser.new_context()
    try:
        page = context.new_page()
        page.goto(address)
        ran = page.evaluate(
            """() => {
                const script = document.createElement("script");
                script.textContent = "window.intruder = true";
                document.body.append(script);
                return window.intruder === true;
            }"""
        )
        assert ran is False
    finally:
        context.close()


def test_search_browsing_saving_and_colors_work(visit):
    page = visit("")
    page.keyboard.press("/")
    page.locator(".ps-search input").fill("sparse updates")
    found = page.locator("#ps-search-found [role=option]")
    expect(found.first).to_contain_text("Half a Loaf")
    page.keyboard.press("Escape")
    page = visit("browse/?q=sparse")
    expect(page.locator("main, #content").first).to_contain_text("Half a Loaf")
    page = visit(PAPER)
    page.locator("[data-md-component=palette] label:visible").first.click()
    expect(page.locator("[data-md-component=palette] label:visible")).to_have_count(1)


def test_the_page_for_what_is_not_there_looks_as_it_should(browser, address):
    context = browser.new_context()
    complaints = []
    try:
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.goto(f"{address}papers/no-such-paper/")
        expect(page.locator("h1")).to_have_text("There is no page here")
        # That the page itself is not there, the browser says; nothing is forbidden.
        assert [text for text in complaints if "Content Security Policy" in text] == []
    finally:
        context.close()
