"""`papershelf build`: the whole site, reusing the last build wherever that is safe.

- Nothing changed, and the site is as the last build left it: nothing is done. What would do it is
  not even loaded, so that this takes no longer than the look.
- Only content, page templates or hand-written pages changed: MkDocs renders just the pages whose
  Markdown changed.
- Anything else changed, or the last build did not end well: everything is built anew.
"""

from __future__ import annotations

import gc
import importlib
from contextlib import closing
from functools import partial
from pathlib import Path

from builder.memory import Memory
from builder.site import destination, theme
from builder.site.failure import BuildFailed
from builder.site.outputs import Looking
from builder.site.request import SITES, WORK, Report, Request, load
from builder.site.stages import Stage, silent
from builder.site.state import Last, seen, with_content
from builder.walking import walk

__all__ = ["BuildFailed", "Report", "Request", "build", "load"]

# The file in a work folder in which the end of the last build is noted.
STATE = "state.json"


def build(request: Request, stage: Stage = silent) -> Report:
    """Build the site; `stage` is told the name of each step.

    Raises ProblemsFound when content/ is not valid, BuildFailed when the site cannot be made.
    """
    stage("Looking for changes")
    # What a build loads and makes, it holds to its end: looking for cycles among it finds none, and
    # takes a third of the time of a large list.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with theme.loading(request) as found, closing(Looking()) as looking:
            return _build(request, stage, looking, found)
    finally:
        if collecting:
            gc.enable()


def _build(request: Request, stage: Stage, looking: Looking, found: theme.Theme) -> Report:
    # What is made anew in any case need not be looked at.
    looks = not request.force
    if found.is_aside and _is_likely_edited(request):
        # There is time for it before the configuration is known, but for the look is more later.
        importlib.import_module("builder.site.rebuild")
    elif looks:
        looking.begin(_likely_site(request))
    setup = found.setup
    if looks:
        looking.begin(setup.site)
    remembered = setup.settings.work / "memory.db"
    if request.force:
        remembered.unlink(missing_ok=True)
    with closing(Memory(remembered, setup.programs)) as memory:
        looked = seen(setup.settings.content, memory)
        last = Last(
            setup.settings.work / STATE,
            with_content(setup.inputs, looked),
            looked,
            partial(looking.result, setup.site),
            forget=request.force,
        )
        if standing := last.standing(searchable=request.search):
            memory.save()
            return Report(
                kind="unchanged",
                site=setup.site,
                pages=standing.pages,
                changed=0,
                findings=standing.findings,
            )
        from builder.site.rebuild import rebuild

        return rebuild(found, request, stage, memory, last)


def _likely_site(request: Request) -> Path:
    """Where the site will be, most likely: that is known for sure only when MkDocs is loaded, and
    looking at a large site takes as long."""
    if request.site:
        return request.site.absolute()
    folder = request.config.absolute().parent
    sites = destination.claimed(folder / WORK / SITES)
    return sites[0] if len(sites) == 1 else folder / "site"


def _is_likely_edited(request: Request) -> bool:
    """Whether pages will be made, most likely: there is no earlier build, or a file of content/ is
    newer. It decides about no more than when something is loaded."""
    folder = request.config.absolute().parent
    states = [path.stat().st_mtime for path in (folder / WORK).glob(f"*/{STATE}")]
    content = walk(request.content or folder / "content")
    return not states or any(status.st_mtime > max(states) for _, status in content)
