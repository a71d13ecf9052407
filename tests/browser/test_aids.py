"""Reading aids, used as a reader uses them."""

import csv
import json
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.measure_weight import shift

LOAF = "half-a-loaf-sparse-updates-for-large-models"
CRANE = "papercrane-folding-policies-from-one-demonstration"
SIEVE = "sieve-7-learning-what-to-forget"
EDITION = "editions/daily-papers-2025-03-17/"
KEY = "papershelf:/group/list/"
HOUR = 3_600_000


def kept(page: Page) -> dict:
    """What the browser keeps, as the page wrote it."""
    return json.loads(page.evaluate("key => localStorage.getItem(key)", KEY))


def put(page: Page, state: dict) -> None:
    """Let the browser have kept something, and load the page again."""
    page.evaluate(
        "([key, text]) => localStorage.setItem(key, text)",
        [KEY, json.dumps({"version": 1, **state})],
    )
    page.reload()


def paper(page: Page, slug: str):
    return page.locator(f'li [data-paper="{slug}"]')


def ribbon(page: Page, slug: str):
    return paper(page, slug).get_by_role("button", name=re.compile("^Save “"))


def wake(page: Page) -> None:
    """Be a person: before one is there, nothing is loaded."""
    page.mouse.move(3, 3)
    page.mouse.move(9, 9)
    expect(page.locator("html")).to_have_attribute("data-aids", "")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)
        page.wait_for_timeout(150)


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.closest('[data-paper]')?.dataset.paper ?? ''")


def reach(page: Page, slug: str) -> None:
    """Wait until the focus is on a paper of a list."""
    expect(paper(page, slug).locator(":focus")).to_be_visible()


def said(page: Page):
    return page.locator(".ps-aids-said")


def test_a_paper_saved_in_a_list_is_saved_everywhere_and_after_a_reload(visit):
    page = visit(EDITION)
    wake(page)
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "false")
    ribbon(page, LOAF).click()
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "true")
    page.goto(page.url.replace(EDITION, "browse/"))
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "true")
    expect(ribbon(page, CRANE)).to_have_attribute("aria-pressed", "false")
    page.goto(page.url.replace("browse/", f"papers/{LOAF}/"))
    expect(page.get_by_role("button", name="Save", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    page.get_by_role("button", name="Save", exact=True).click()
    assert kept(page)["saved"] == {}


def test_marks_appear_on_lists_that_a_script_makes_anew(visit):
    page = visit("browse/")
    put(page, {"read": {LOAF: {"title": "T", "at": 1}}})
    expect(paper(page, LOAF)).to_contain_text("Read")
    page.get_by_role("radio", name="Rows").check(force=True)
    expect(page.locator(f'.ps-row[data-paper="{LOAF}"]')).to_contain_text("Read")


def test_another_tab_learns_of_it_at_once(visit):
    page = visit(EDITION)
    wake(page)
    other = page.context.new_page()
    other.goto(page.url)
    wake(other)
    ribbon(page, SIEVE).click()
    expect(ribbon(other, SIEVE)).to_have_attribute("aria-pressed", "true")
    ribbon(other, LOAF).click()
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "true")
    assert set(kept(page)["saved"]) == {SIEVE, LOAF}


@pytest.mark.parametrize(
    "broken",
    [
        "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); }",
        # Material's own script needs its part of the storage.
        """for (const name of ["getItem", "setItem"]) {
            const real = Storage.prototype[name];
            Storage.prototype[name] = function (key, ...rest) {
                if (key.startsWith("papershelf:")) throw new DOMException("", "SecurityError");
                return real.call(this, key, ...rest);
            };
        }""",
    ],
    ids=["full", "forbidden"],
)
def test_without_room_to_keep_things_they_hold_until_the_page_is_left(visit, broken):
    page = visit("about/")
    page.add_init_script(broken)
    page.goto(page.url.replace("about/", EDITION))
    wake(page)
    ribbon(page, LOAF).click()
    ribbon(page, SIEVE).click()
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "true")
    paper(page, LOAF).get_by_role("heading").get_by_role("link").click()
    page.wait_for_url(f"**/papers/{LOAF}/")


@pytest.mark.parametrize(
    "damage",
    ["{", "[]", '{"version": 1, "saved": null, "visit": 3}', '{"version": 9, "saved": {}}'],
)
def test_what_is_damaged_or_newer_does_no_harm(visit, damage):
    page = visit(EDITION)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, damage])
    page.reload()
    wake(page)
    ribbon(page, LOAF).click()
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "true")
    if "9" in damage:  # kept by a newer version: it stays
        assert page.evaluate("key => localStorage.getItem(key)", KEY) == damage
    else:
        assert set(kept(page)["saved"]) == {LOAF}


def test_read_papers_are_hidden_when_asked_for_and_one_press_shows_them(visit):
    page = visit(EDITION)
    put(page, {"hideRead": True, "read": {LOAF: {"title": "T", "at": 1}}})
    expect(paper(page, LOAF)).to_be_hidden()
    expect(paper(page, SIEVE)).to_be_visible()
    page.get_by_role("button", name="1 read paper hidden: show").click()
    expect(paper(page, LOAF)).to_be_visible()
    expect(page.locator(".ps-aids-pill")).to_have_count(0)


def test_what_came_since_the_last_visit_is_new_until_the_next_one(visit):
    page = visit(EDITION)
    before = page.evaluate("Date.parse('2025-03-16T00:00:00Z')")
    put(page, {"visit": {"at": before}})
    expect(paper(page, CRANE)).to_contain_text("New")
    expect(page.get_by_role("link", name=re.compile(r"^Saved papers; \d+ new"))).to_be_visible()
    page.reload()
    expect(paper(page, CRANE)).to_contain_text("New")
    # Half an hour of silence ends the visit.
    state = kept(page)
    assert state["visit"]["known"] == "2025-03-17T00:00:00Z"
    put(page, state | {"visit": state["visit"] | {"at": state["visit"]["at"] - HOUR}})
    expect(paper(page, CRANE)).not_to_contain_text("New")


def test_on_the_first_visit_nothing_is_new_and_nothing_is_asked_for(visit):
    page = visit(EDITION)
    wake(page)
    page.wait_for_load_state("networkidle")
    assert "at" in kept(page)["visit"]
    urls = page.evaluate("performance.getEntriesByType('resource').map((each) => each.name)")
    assert not [url for url in urls if "changes.json" in url]
    assert kept(page)["fresh"] == {}


def test_a_renamed_paper_stays_saved_under_its_new_name(visit):
    page = visit(EDITION)
    put(page, {"visit": {"at": 1}, "saved": {"half-a-loaf": {"title": "Half", "at": 5}}})
    expect(ribbon(page, LOAF)).to_have_attribute("aria-pressed", "true")
    assert kept(page)["saved"] == {LOAF: {"title": "Half", "at": 5}}


def test_the_keys_go_through_a_list_and_mark_its_papers(visit):
    page = visit(EDITION)
    wake(page)
    press(page, "j")
    reach(page, CRANE)
    press(page, "j", "j", "k")
    reach(page, LOAF)
    press(page, "s", "j", "x", "b")
    expect(said(page)).to_contain_text("Put into the basket: Sieve-7")
    state = kept(page)
    assert (set(state["saved"]), set(state["read"])) == ({LOAF}, {SIEVE})
    assert set(state["basket"]) == {SIEVE}
    press(page, "x")
    expect(said(page)).to_contain_text("No longer marked as read: Sieve-7")
    assert kept(page)["read"] == {}
    press(page, "o")
    page.wait_for_url(f"**/papers/{SIEVE}/")
    press(page, "s")
    expect(said(page)).to_contain_text("Saved: Sieve-7")
    assert set(kept(page)["saved"]) == {LOAF, SIEVE}


def test_a_paper_hidden_by_a_key_hands_the_focus_on(visit):
    page = visit(EDITION)
    put(page, {"hideRead": True})
    press(page, "j", "x")
    expect(paper(page, CRANE)).to_be_hidden()
    reach(page, LOAF)


def test_a_key_copies_the_citation(visit, site):
    page = visit(EDITION)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    press(page, "j", "c")
    expect(said(page)).to_contain_text("BibTeX copied: PaperCrane")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (site / f"papers/{CRANE}/cite.bib").read_text(encoding="utf-8")


def test_keys_are_letters_while_typing_and_with_other_keys(visit):
    page = visit("browse/")
    find = page.get_by_role("searchbox", name="Search the papers")
    find.focus()
    page.keyboard.type("jsx")
    expect(find).to_have_value("jsx")
    page.evaluate("document.activeElement.blur()")
    press(page, "Control+j", "Alt+j")
    assert focused(page) == ""


def test_the_keys_are_explained_and_can_be_turned_off(visit):
    page = visit(EDITION)
    press(page, "?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog).to_contain_text("mark it as read")
    dialog.get_by_role("checkbox", name="These keys are on").uncheck()
    page.keyboard.press("Escape")
    press(page, "j", "/", "?")
    assert focused(page) == ""
    expect(dialog).to_be_hidden()
    page.reload()
    press(page, "/", "j")
    assert focused(page) == ""
    expect(page.locator("[data-search]")).to_be_hidden()
    page.goto(page.url.replace(EDITION, "saved/"))
    page.get_by_role("checkbox", name=re.compile("^Keys for lists")).check()
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_previous_and_next_follow_the_list_the_reader_came_from(visit):
    page = visit("tags/sparsity/")
    around = page.locator("nav.ps-around")
    slugs = page.eval_on_selector_all("li [data-paper]", "all => all.map(one => one.dataset.paper)")
    paper(page, slugs[1]).get_by_role("heading").get_by_role("link").click()
    expect(around).to_have_attribute("aria-label", "In Sparsity")
    expect(around.get_by_role("link").first).to_contain_text("Before it in Sparsity")
    around.locator("[rel=next]").click()
    page.wait_for_url(f"**/papers/{slugs[2]}/")
    expect(around).to_have_attribute("aria-label", "In Sparsity")
    around.locator("[rel=prev]").click()
    page.wait_for_url(f"**/papers/{slugs[1]}/")


def test_whoever_comes_from_elsewhere_walks_through_the_newest_edition(visit):
    page = visit("tags/sparsity/")
    paper(page, LOAF).get_by_role("heading").get_by_role("link").click()
    expect(page.locator("nav.ps-around")).to_have_attribute("aria-label", "In Sparsity")
    page.goto(page.url.replace(f"papers/{LOAF}/", ""))
    page.locator(f'main a[href$="{LOAF}/"]').first.click()
    page.wait_for_url(f"**/papers/{LOAF}/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("nav.ps-around")).to_have_attribute("aria-label", "In the listing")


def test_everything_that_browse_shows_goes_into_the_basket(visit):
    page = visit("browse/?tag=sparsity")
    wake(page)
    page.get_by_role("button", name="Add all to basket").click()
    expect(said(page)).to_contain_text("4 papers put into the basket. 4 papers in the basket")
    page.goto(re.sub(r"browse/.*", "browse/?q=crane", page.url))
    expect(page.locator("[data-browse-count]")).to_contain_text(" of 12 papers")
    shown = page.eval_on_selector_all(
        "[data-results] [data-paper]", "all => all.map(one => one.dataset.paper)"
    )
    page.get_by_role("button", name="Add all to basket").click()
    expect(said(page)).to_contain_text("put into the basket")
    assert set(kept(page)["basket"]) >= set(shown) and len(kept(page)["basket"]) > 4


def saved_page(visit) -> Page:
    page = visit("saved/")
    titles = {LOAF: "Half a Loaf: Sparse Updates for Large Models", SIEVE: "Sieve-7"}
    put(
        page,
        {
            "basket": {
                slug: {"title": title, "at": at} for at, (slug, title) in enumerate(titles.items())
            }
        },
    )
    return page


def download(page: Page, name: str) -> str:
    section = page.locator("[data-saved-basket]")
    with page.expect_download() as caught:
        section.get_by_role("button", name=name, exact=True).click()
    return Path(caught.value.path()).read_bytes().decode()


def test_the_basket_is_taken_away_as_bibtex_csv_and_markdown(visit, site):
    page = saved_page(visit)
    entries = [(site / f"papers/{slug}/cite.bib").read_text() for slug in (SIEVE, LOAF)]
    assert download(page, "BibTeX") == "\n".join(entries)
    rows = list(csv.DictReader(download(page, "CSV").splitlines()))
    assert [row["slug"] for row in rows] == [SIEVE, LOAF]
    assert rows[1]["authors"] == "Ada Example; Bo Sample"
    assert (rows[1]["year"], rows[1]["arxiv"]) == ("2025", "2503.99901")
    assert rows[1]["url"].endswith(f"/group/list/papers/{LOAF}/")
    lines = download(page, "Markdown").splitlines()
    assert len(lines) == 2
    assert lines[1].startswith("- [Half a Loaf: Sparse Updates for Large Models](http")
    assert ". Ada Example, Bo Sample, " in lines[1]


def test_a_paper_that_cannot_be_loaded_is_named(visit):
    page = saved_page(visit)
    # Not an error of the network, of which the console would tell.
    page.route(f"**/papers/{SIEVE}/cite.csl.json", lambda route: route.fulfill(body="<html>"))
    assert len(download(page, "CSV").splitlines()) == 2
    expect(said(page)).to_have_text("Left out, for they could not be loaded: Sieve-7.")


def test_lists_are_taken_apart_and_put_together_again(visit):
    page = saved_page(visit)
    basket = page.locator("[data-saved-basket]")
    basket.get_by_role("button", name="Take out: Sieve-7").click()
    expect(basket.get_by_role("listitem").get_by_role("heading")).to_have_count(1)
    expect(basket.get_by_role("button", name=re.compile("^Take out: Half a Loaf"))).to_be_focused()
    page.get_by_role("button", name="Undo").click()
    expect(basket.get_by_role("heading", level=3)).to_have_count(2)
    basket.get_by_role("button", name="Remove all").click()
    expect(basket).to_contain_text("The basket is empty")
    page.get_by_role("button", name="Undo").click()
    expect(basket.get_by_role("heading", level=3)).to_have_count(2)


def test_a_file_brings_everything_to_another_device(visit, tmp_path):
    page = saved_page(visit)
    with page.expect_download() as caught:
        page.get_by_role("button", name="Save as a file").click()
    assert caught.value.suggested_filename == "papershelf.json"
    path = tmp_path / "papershelf.json"
    caught.value.save_as(path)
    raw = json.loads(path.read_text())
    # Of an old name in a file, today's is made.
    raw["saved"] = [{"slug": "half-a-loaf", "title": "Half", "at": "2025-01-01T00:00:00.000Z"}]
    path.write_text(json.dumps(raw))
    other = visit("saved/")
    other.locator("input[type=file]").set_input_files(path)
    note = other.locator("[data-saved-note]")
    expect(note).to_have_text("3 marks added.")
    assert set(kept(other)["basket"]) == {LOAF, SIEVE}
    assert set(kept(other)["saved"]) == {LOAF}
    other.locator("input[type=file]").set_input_files(path)
    expect(note).to_have_text("Everything in this file was here already.")


BAD_FILES = {
    "no JSON": ("@book{", "This file is not JSON: choose the one that “Save as a file” made."),
    "other JSON": (
        '{"papers": []}',
        "This file holds no saved papers: choose the one that “Save as a file” made.",
    ),
    "newer": (
        '{"papershelf": 2}',
        "This file comes from a newer version of this site: reload the page and try again.",
    ),
    "no list": (
        '{"papershelf": 1, "saved": {}}',
        "This file is damaged: saved papers is no list.",
    ),
    "bad slug": (
        '{"papershelf": 1, "read": [{"slug": "../x", "title": "T", "at": "2025-01-01"}]}',
        "This file is damaged: number 1 of read papers is no paper.",
    ),
    "bad time": (
        '{"papershelf": 1, "basket": [{"slug": "x", "title": "T", "at": "soon"}]}',
        "This file is damaged: number 1 of the basket is no paper.",
    ),
}


@pytest.mark.parametrize(("text", "message"), BAD_FILES.values(), ids=BAD_FILES)
def test_a_file_that_cannot_be_read_is_told_in_a_sentence_and_changes_nothing(
    visit, tmp_path, text, message
):
    page = saved_page(visit)
    before = kept(page)
    path = tmp_path / "file.json"
    path.write_text(text)
    page.locator("input[type=file]").set_input_files(path)
    expect(page.locator("[data-saved-note]")).to_have_text(message)
    after = kept(page)
    assert all(after[name] == before.get(name, {}) for name in ("saved", "read", "basket"))


def test_a_title_with_markup_is_shown_and_not_made(visit):
    page = visit("saved/")
    put(page, {"saved": {LOAF: {"title": "<b>T</b><img src=x onerror=alert(1)>", "at": 1}}})
    expect(page.locator("[data-saved-saved] h3")).to_have_text(
        "<b>T</b><img src=x onerror=alert(1)>"
    )
    assert page.locator("[data-saved-saved] img").count() == 0


def test_without_scripts_no_button_is_seen_that_could_do_nothing(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}papers/{LOAF}/")
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_hidden()
    page.goto(f"{address}saved/")
    expect(page.locator(".ps-noscript")).to_be_visible()
    expect(page.locator(".ps-saved")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("path", ["", EDITION, f"papers/{LOAF}/", "saved/"])
def test_nothing_moves_when_the_marks_appear(visit, path):
    page = visit("about/")
    put(page, {"saved": {LOAF: {"title": "T", "at": 1}}, "read": {SIEVE: {"title": "S", "at": 1}}})
    page.goto(page.url.replace("about/", path))
    expect(page.locator("html")).to_have_attribute("data-aids", "")
    page.wait_for_load_state("networkidle")
    assert shift(page) == 0


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("dark", [False, True])
def test_the_aids_are_accessible_and_fit_the_window(visit, width, dark):
    page = visit(EDITION, width=width, dark=dark)
    entry = {"title": "A paper", "at": 1}
    put(page, {"saved": {LOAF: entry}, "read": {SIEVE: entry}, "basket": {CRANE: entry}})
    for path in (EDITION, f"papers/{LOAF}/", "saved/", "browse/"):
        page.goto(re.sub(r"/group/list/.*", f"/group/list/{path}", page.url))
        expect(page.locator("html")).to_have_attribute("data-aids", "")
        page.wait_for_load_state("networkidle")
        found = Axe().run(page).response["violations"]
        assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    press(page, "?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()
    found = Axe().run(page, context=".ps-aids-help").response["violations"]
    assert not found, [(each["id"], [node["html"] for node in each["nodes"]]) for each in found]
