"""`papershelf serve`: a preview that follows every edit.

MkDocs' own preview (`mkdocs serve`) works too, and makes the whole site anew on each edit. This one
builds as `papershelf build` does, into a folder that stays, and so makes only what changed: with
ten thousand papers the difference is between a minute and a moment.
"""

from __future__ import annotations

import gc
import logging
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from builder import reporting
from builder.problems import ProblemsFound
from builder.site.build import build
from builder.site.drafts import Drafts
from builder.site.failure import BuildFailed
from builder.site.pipeline import Prepared
from builder.site.request import WORK, Request, load

# Of more pages than these an edit's own page is shown before all that follows from it, which takes
# more than a second; of more than those the search index stays as it was at the start, too.
DRAFTED = 1_000
SEARCHED = 2_000
log = logging.getLogger("papershelf")


def serve(request: Request, *, address: str, open_in_browser: bool = False) -> None:
    """Serve the site at `address` (HOST:PORT) until interrupted, building anew on each edit.

    Raises BuildFailed when mkdocs.yml or the address is wrong, ProblemsFound when content/ is not
    valid at the start; later problems are logged, and the last good site stays.
    """
    host, port = _parted(address)
    config = load(request)
    plugin = config.plugins["papershelf"]
    path = urlsplit(config.site_url or "/").path.rstrip("/") + "/"
    site = Path(config.config_file_path).parent / WORK / "preview" / "site"
    wanted = replace(request, site=site, preview=f"http://{host}:{port}{path}")
    report = build(wanted)
    for finding in report.findings:
        log.warning(reporting.render([finding], "text"))
    if report.pages > SEARCHED:
        log.info("Search finds what was there when the preview started")
        wanted = replace(wanted, search=False)
    drafts = Drafts(wanted, report.prepared) if report.pages > DRAFTED else None

    from mkdocs.livereload import LiveReloadServer
    from watchdog.observers import Observer

    again = site.with_name("again")
    again.mkdir(exist_ok=True)
    server = LiveReloadServer(
        builder=_Following(wanted, drafts, again / "and again"),
        host=host,
        port=port,
        root=str(site),
        mount_path=path,
    )
    # The server asks each file for its time twice a second; the system tells of changes by itself.
    server.observer = Observer()
    server.error_handler = _error_page(site)
    plugin.on_serve(server, config=config, builder=None)
    server.watch(str(request.config.absolute()))
    server.watch(str(again))
    if Path(config.docs_dir).is_dir():
        server.watch(config.docs_dir)
    for number in (signal.SIGINT, signal.SIGTERM):
        # A shell lets what it starts in the background ignore Ctrl-C; whoever sends it means it.
        signal.signal(number, signal.default_int_handler)
    try:
        server.serve(open_in_browser=open_in_browser)
    except KeyboardInterrupt:
        pass
    except OSError as error:
        raise BuildFailed(f"{address}: {error.strerror or error}; choose another address") from None
    finally:
        server.shutdown()
        if drafts:
            drafts.withdraw()


def _parted(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise BuildFailed(f'"{address}" is no address; write HOST:PORT, such as 127.0.0.1:8000')
    return host, int(port)


class _Following:
    """Follows edits: builds all that changed, and shows drafts first, where there are any.

    again: a file that the server watches. The server shows nothing before it has an answer; so the
    first look is one, and the server is asked for another.
    """

    def __init__(self, wanted: Request, drafts: Drafts | None, again: Path) -> None:
        self._wanted = wanted
        self._drafts = drafts
        self._again = again
        self._shown: tuple[str, ...] = ()

    def __call__(self) -> None:
        if self._drafts and not self._shown:
            started = time.monotonic()
            self._shown = self._drafts.show()
            if self._shown:
                names, took = " and ".join(self._shown), time.monotonic() - started
                log.info("Showing %s after %.1f s; tags, links and lists follow", names, took)
                self._again.touch()
                return
        self._shown = ()
        if self._drafts:
            self._drafts.withdraw()
        prepared = _rebuild(self._wanted)
        if self._drafts:
            self._drafts.learn(prepared)
        # A build looks for no garbage; what the last one was made of is some now.
        del prepared
        gc.collect()


def _rebuild(wanted: Request) -> Prepared | None:
    """Build what changed, and return what it was made of; what is wrong is logged, and the site
    stays as it is."""
    started = time.monotonic()
    try:
        report = build(wanted)
    except ProblemsFound as error:
        log.error(reporting.render(error.problems, "text"))
        log.error("%s; the last good pages stay", reporting.summary(error.problems))
    except BuildFailed as error:
        log.error("%s", error)
    else:
        if report.kind != "unchanged":
            for finding in report.findings:
                log.warning(reporting.render([finding], "text"))
            log.info(
                "Built %s of %s pages in %.1f s",
                f"{report.changed:,}",
                f"{report.pages:,}",
                time.monotonic() - started,
            )
        return report.prepared
    return None


def _error_page(site: Path) -> Callable[[int], bytes | None]:
    def page(code: int) -> bytes | None:
        path = site / f"{code}.html"
        return path.read_bytes() if path.is_file() else None

    return page
