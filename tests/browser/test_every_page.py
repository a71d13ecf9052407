"""Every kind of page: accessible at every size in both schemes, still, light, and alone."""

import shutil
import zipfile
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page, expect

from tests.browser import serving
from tests.browser.kinds import kinds
from tests.browser.measure_weight import SCRIPTS, own_scripts, return_to, shift, use_keys

# Which there are is checked against the site below.
KINDS = (
    "home",
    "browse",
    "browse, compact",
    "browse, nothing found",
    "paper, short",
    "paper, long",
    "removed paper",
    "tags",
    "one of tags",
    "editions",
    "one of editions",
    "collections",
    "one of collections",
    "authors",
    "one of authors",
    "years",
    "one of years",
    "map",
    "health",
    "saved",
    "subscribe",
    "about",
    "contribute",
    "404",
)
# Of WCAG 2.2, AA, and what axe calls good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# A busy machine shows some pages in two pieces, whose parts then settle by a pixel or two: a tenth
# of what counts as still (0.1), and less than any of the shifts that were found and mended.
STILL = 0.01
AXE = """async (rules) => {
  const { violations } = await axe.run({ resultTypes: ["violations"], runOnly: rules });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}"""


def rest(page: Page) -> None:
    page.wait_for_load_state("networkidle")


def few(page: Page) -> dict[str, int]:
    """The site's own scripts that a page has loaded: few enough."""
    found = own_scripts(page)
    assert sum(found.values()) <= SCRIPTS * 1000, found
    return found


def test_no_kind_of_page_is_left_out(site):
    assert tuple(kinds(site)) == KINDS


# One visit does for all, since opening a page takes longest. The fixture `visit` fails a test of
# which a page asks another host for anything or writes to the console.
@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_still_light_and_accessible_at_every_size_in_light_and_dark(visit, site, kind):
    page = visit(kinds(site)[kind], width=390)
    rest(page)
    assert shift(page) < STILL
    few(page)
    page.mouse.move(9, 9)
    expect(page.locator("html")).to_have_attribute("data-aids", "")
    page.evaluate("document.querySelectorAll('main details').forEach((each) => (each.open = true))")
    page.evaluate(AXE_SCRIPT)
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        expect(page.locator("html")).to_have_css("color-scheme", scheme)
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            found[scheme, width] = page.evaluate(AXE, RULES)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert not any(found.values()), found
    return_to(page, "/group/list/")
    assert shift(page) < STILL
    use_keys(page)
    assert "assets/javascripts/aids/triage.js" in few(page)


# A slow connection brings a page in pieces, each of which is shown when it is there.
@pytest.mark.parametrize(
    ("path", "cut"),
    [("404.html", '<div class="ps-footer__inner">'), ("map/", " Method <span")],
)
def test_nothing_moves_where_a_page_comes_in_pieces(visit, path, cut):
    page = visit(path, width=390)
    rest(page)
    page.evaluate(
        """async (cut) => {
          const text = await (await fetch(location.href)).text();
          const at = text.indexOf(cut);
          const frame = (done) => setTimeout(() => requestAnimationFrame(done), 200);
          const paint = () => new Promise(frame);
          document.open();
          document.write(text.slice(0, at));
          await paint();
          window.shifted = 0;
          document.write(text.slice(at));
          await paint();
          document.close();
        }""",
        cut,
    )
    assert shift(page) < STILL


def test_without_scripts_a_reader_comes_by_topic_and_by_year_to_every_text(
    browser: Browser, address
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}browse/")
    fallback = page.locator("[data-browse-fallback]")
    fallback.get_by_role("link", name="Sparsity").first.click()
    page.wait_for_url("**/tags/sparsity/")
    page.locator("[data-paper] :is(h2, h3) a").first.click()
    page.wait_for_url("**/papers/*/")
    expect(page.get_by_role("heading", name="Abstract")).to_be_visible()
    page.goto(f"{address}browse/")
    listed = fallback.locator("a[href*='papers/']")
    expect(listed).to_have_count(12)
    listed.last.click()
    page.wait_for_url("**/papers/*/")
    page.goto(f"{address}years/")
    page.locator("main a[href*='2025']").first.click()
    page.wait_for_url("**/years/2025/")
    page.locator("[data-paper] :is(h2, h3) a").first.click()
    page.wait_for_url("**/papers/*/")
    expect(page.get_by_role("heading", name="Abstract")).to_be_visible()
    context.close()


def test_a_zip_of_the_site_is_opened_on_a_server_below_any_path(browser: Browser, site, tmp_path):
    packed = shutil.make_archive(str(tmp_path / "site"), "zip", site)
    root = tmp_path / "root"
    with zipfile.ZipFile(packed) as archive:
        archive.extractall(root / "a folder" / "papers")
    said: list[str] = []
    with serving.serve(root) as served:
        page = browser.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{served}a%20folder/papers/")
        page.locator("[data-search-open]").first.click()
        page.locator("[role=combobox]:focus").wait_for()
        page.keyboard.type("sparse updates")
        page.locator("[role=option]").first.click()
        page.wait_for_url("**/a%20folder/papers/papers/half-a-loaf*/")
        page.get_by_role("link", name="Browse").first.click()
        expect(page.locator("[data-results] h3 a")).to_have_count(12)
        page.get_by_role("checkbox", name="Sparsity").first.check()
        expect(page.locator("[data-browse-count]")).to_have_text("4 of 12 papers")
        page.get_by_role("link", name="Map").first.click()
        expect(page.locator("[data-map-frame] a")).to_have_count(12)
        page.close()
    assert not said
    assert Path(packed).stat().st_size > 0
