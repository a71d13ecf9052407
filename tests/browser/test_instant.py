"""Material's instant navigation, turned on: every script works on each page that comes."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from builder.site.build import Request, build
from tests.browser import serving
from tests.projects import make_project

LOAF = "half-a-loaf-sparse-updates-for-large-models"


@pytest.fixture(scope="module")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site with the feature, below group/list/ of a folder."""
    config = make_project(tmp_path_factory.mktemp("instant") / "project") / "mkdocs.yml"
    text = config.read_text(encoding="utf-8")
    text = text.replace("  font: false\n", "  font: false\n  features: [navigation.instant]\n")
    config.write_text(text, encoding="utf-8")
    root = config.parent.parent / "root"
    build(Request(config=config, site=root / "group" / "list"))
    return root


def go(page: Page, name: str) -> None:
    """To a section by the header, without a new page being loaded."""
    page.get_by_role("navigation", name="Sections", exact=True).get_by_role(
        "link", name=name
    ).click()


def test_a_walk_through_the_site_loads_no_page_anew_and_everything_works(browser: Browser, instant):
    said: list[str] = []
    with serving.serve(instant) as root:
        # Instant navigation asks sitemap.xml which addresses are the site's.
        page = browser.new_page(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
        page.route("**/sitemap.xml", lambda route: route.fulfill(body=sitemap(instant, root)))
        page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
        page.goto(f"{root}group/list/tags/sparsity/")
        page.wait_for_load_state("networkidle")
        page.evaluate("window.same = true")

        title = page.locator(f'[data-paper="{LOAF}"] h3 a')
        title.click()
        page.wait_for_url(f"**/papers/{LOAF}/")
        around = page.locator("nav.ps-around")
        expect(around).to_have_attribute("aria-label", "In Sparsity")
        expect(page.get_by_role("button", name="Copy BibTeX")).to_be_visible()
        save = page.get_by_role("button", name="Save", exact=True)
        save.click()
        expect(save).to_have_attribute("aria-pressed", "true")
        around.get_by_role("link").first.click()
        expect(around).to_have_attribute("aria-label", "In Sparsity")

        go(page, "Browse")
        expect(page.locator("[data-results] h3 a")).to_have_count(12)
        current = page.locator(".ps-header__nav [aria-current]")
        expect(current).to_have_text("Browse")
        page.get_by_role("checkbox", name=re.compile("^Sparsity")).check()
        expect(page.locator("[data-browse-count]")).to_have_text("4 of 12 papers")
        page.go_back()
        expect(page.locator("[data-browse-count]")).to_have_text("12 papers")

        page.locator("[data-saved-link]").click()
        expect(page.locator("[data-saved-saved]")).to_contain_text("Half a Loaf")
        page.go_back()
        page.keyboard.press("/")
        expect(page.locator("[role=combobox]")).to_be_focused()
        page.keyboard.press("Escape")
        assert page.evaluate("window.same")
        assert not said
        # Material's own script stumbles over links within pictures, there and nowhere else.
        go(page, "Map")
        first = page.locator("[data-map-frame] a").first
        expect(first).to_have_attribute("aria-label", re.compile(".+"))
        go(page, "Browse")
        expect(page.locator("[data-results] h3 a")).to_have_count(12)
        page.close()


def sitemap(folder: Path, root: str) -> str:
    """As the site's, for the address at which it is served here."""
    text = (folder / "group" / "list" / "sitemap.xml").read_text(encoding="utf-8")
    return text.replace("https://example.org/papershelf/", f"{root}group/list/")
