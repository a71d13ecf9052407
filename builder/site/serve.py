"""`papershelf serve`: a preview that follows every edit.

MkDocs' own preview (`mkdocs serve`) works too, and makes the whole site anew on each edit. This one
builds as `papershelf build` does, into a folder that stays, and so makes only what changed: with
ten thousand papers the difference is between a minute and a moment.
"""

from __future__ import annotations

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
from builder.site.failure import BuildFailed
from builder.site.request import WORK, Request, load

# Up to so many pages the search index follows each edit; of more it would take longer than anybody
# waits, and is made when the preview starts.
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

    from mkdocs.livereload import LiveReloadServer
    from watchdog.observers import Observer

    server = LiveReloadServer(
        builder=lambda: _rebuild(wanted), host=host, port=port, root=str(site), mount_path=path
    )
    # The server asks each file for its time twice a second; the system tells of changes by itself.
    server.observer = Observer()
    server.error_handler = _error_page(site)
    plugin.on_serve(server, config=config, builder=None)
    server.watch(str(request.config.absolute()))
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


def _parted(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    if not host or not port.isdecimal() or int(port) > 65535:
        raise BuildFailed(f'"{address}" is no address; write HOST:PORT, such as 127.0.0.1:8000')
    return host, int(port)


def _rebuild(wanted: Request) -> None:
    """Build what changed; what is wrong is logged, and the site stays as it is."""
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


def _error_page(site: Path) -> Callable[[int], bytes | None]:
    def page(code: int) -> bytes | None:
        path = site / f"{code}.html"
        return path.read_bytes() if path.is_file() else None

    return page
