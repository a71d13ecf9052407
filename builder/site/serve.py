"""`papershelf serve`: a preview that follows every edit."""

from __future__ import annotations

import os
from pathlib import Path

from builder.site.build import Request, load
from builder.site.plugin import PapershelfPlugin


def serve(request: Request, *, address: str, open_in_browser: bool = False) -> None:
    """Serve the site at `address` (HOST:PORT) until interrupted, building anew on each edit.

    Raises BuildFailed when mkdocs.yml is wrong, ProblemsFound when content/ is not valid at the
    start; later problems are logged, and the last good site stays.
    """
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.serve import serve as mkdocs_serve

    config = load(request)
    PapershelfPlugin.content_override = request.content
    mkdocs_serve(
        config_file=str(request.config),
        livereload=True,
        dev_addr=address,
        docs_dir=str(Path(config.docs_dir)),
        open_in_browser=open_in_browser,
    )
