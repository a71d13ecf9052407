"""`papershelf build`: the whole site, reusing the last build wherever that is safe.

- Nothing changed, and the site is as the last build left it: nothing is done. What would do it is
  not even loaded, so that this takes no longer than the look.
- Only content, page templates or hand-written pages changed: MkDocs renders just the pages whose
  Markdown changed.
- Anything else changed, or the last build did not end well: everything is built anew.
"""

from __future__ import annotations

import gc
from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from builder.history import git
from builder.memory import Memory
from builder.site import destination
from builder.site.failure import BuildFailed
from builder.site.outputs import Looking
from builder.site.request import SITES, WORK, Report, Request, load, written
from builder.site.stages import Stage, silent
from builder.site.state import Inputs, Last, inputs, programs, seen

__all__ = ["BuildFailed", "Report", "Request", "build", "load"]


def build(request: Request, stage: Stage = silent) -> Report:
    """Build the site; `stage` is told the name of each step.

    Raises ProblemsFound when content/ is not valid, BuildFailed when the site cannot be made.
    """
    stage("Looking for changes")
    # What is made anew in any case need not be looked at.
    likely = None if request.force else _likely_site(request)
    # What a build loads and makes, it holds to its end: looking for cycles among it finds none, and
    # takes a third of the time of a large list.
    collecting = gc.isenabled()
    gc.disable()
    try:
        with closing(Looking(likely)) as looking:
            return _build(request, stage, looking)
    finally:
        if collecting:
            gc.enable()


def _build(request: Request, stage: Stage, looking: Looking) -> Report:
    config = load(request)
    plugin = config.plugins["papershelf"]
    settings, site = plugin.settings(config), Path(config.site_dir)
    if obstacle := plugin.site_obstacle(config):
        raise BuildFailed(obstacle)
    remembered = settings.work / "memory.db"
    if request.force:
        remembered.unlink(missing_ok=True)
    ours = programs()
    with closing(Memory(remembered, ours)) as memory:
        looked = seen(settings.content, memory)
        last = Last(
            settings.work / "state.json",
            _inputs(config, request, ours, looked),
            looked,
            partial(looking.result, site),
            forget=request.force,
        )
        if standing := last.standing(searchable=request.search):
            memory.save()
            return Report(
                kind="unchanged",
                site=site,
                pages=standing.pages,
                changed=0,
                findings=standing.findings,
            )
        from builder.site.rebuild import rebuild

        return rebuild(config, request, stage, memory, last)


def _inputs(config: Any, request: Request, ours: str, looked: Mapping[str, str]) -> Inputs:
    """Digests of all that the site is made of."""
    plugin = config.plugins["papershelf"]
    settings = plugin.settings(config)
    asked = (config.docs_dir, Path(config.site_dir), plugin.config, config.site_url)
    return inputs(
        programs=ours,
        settings="\n".join(map(str, (written(request.config), *asked))),
        content=looked,
        docs=Path(config.docs_dir),
        templates=settings.template_folders,
        theme=plugin.theme_folders(config),
        history=git.stamp(settings.content),
    )


def _likely_site(request: Request) -> Path:
    """Where the site will be, most likely: that is known for sure only when MkDocs is loaded, and
    looking at a large site takes as long."""
    if request.site:
        return request.site.absolute()
    folder = request.config.absolute().parent
    sites = destination.claimed(folder / WORK / SITES)
    return sites[0] if len(sites) == 1 else folder / "site"
