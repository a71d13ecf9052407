"""The invented library as a site, built once, and pages in an installed Chromium to look at it."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect

from builder.site.build import Request as Build
from builder.site.build import build
from tests.browser import serving
from tests.browser.measure_weight import watch
from tests.projects import make_project

REMOVED = """removed:
  - slug: a-map-of-nowhere
    title: A Map of Nowhere
    reason: Withdrawn by its authors
"""

# On a busy machine things take long; that is no reason to fail.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here drives a browser; without one it is skipped, but never where CI runs."""
    missing = serving.find_chromium() is None and os.environ.get("CI") != "true"
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if missing:
                item.add_marker(pytest.mark.skip(reason="no Chromium is installed"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site of the invented library, below the path group/list/ of a folder."""
    project = make_project(tmp_path_factory.mktemp("browser") / "project")
    root = project.parent / "root"
    (project / "content" / "removed.yml").write_text(REMOVED, encoding="utf-8")
    config = project / "mkdocs.yml"
    # 404.html, which a host shows at any path, names its files from the root of the host.
    given = config.read_text(encoding="utf-8")
    config.write_text(given.replace("example.org/papershelf/", "example.org/group/list/"), "utf-8")
    build(Build(config=config, site=root / "group" / "list"))
    return root / "group" / "list"


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the site is served: at a path of its host, as many hosts do it."""
    with serving.serve(site.parent.parent) as root:
        yield f"{root}group/list/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """An installed Chromium."""
    with serving.chromium() as found:
        yield found


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Visit]:
    """visit("browse/", width=390, dark=False) -> the page, loaded.

    Behind the test, no visited page may have asked another host for anything, nor have written to
    the console.
    """
    contexts = []
    complaints: list[str] = []

    def said(message: ConsoleMessage) -> None:
        complaints.append(f"console: {message.text} {message.location.get('url', '')}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            complaints.append(f"request: {request.url}")

    def visit(path: str = "", *, width: int = 1280, dark: bool = False) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 844 if width < 500 else 900},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            has_touch=width < 500,
        )
        context.set_default_timeout(20_000)
        watch(context)
        contexts.append(context)
        page = context.new_page()
        page.on("console", said)
        page.on("pageerror", lambda error: complaints.append(f"error: {error}"))
        page.on("request", asked)
        page.goto(address + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)
