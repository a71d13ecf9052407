"""One run of MkDocs over a part of the site."""

from __future__ import annotations

from typing import Any

from builder.site.failure import BuildFailed
from builder.site.messages import listening
from builder.site.selection import Selection


def run(config: Any, selection: Selection) -> tuple[str, ...]:
    """Let MkDocs render what is selected; returns its warnings. Raises BuildFailed."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.exceptions import BuildError, MkDocsException

    config.plugins["papershelf"].selection = selection
    try:
        with listening() as warnings:
            mkdocs_build(config, dirty=True)
    except (BuildError, MkDocsException, RuntimeError) as error:
        raise BuildFailed("\n".join([*warnings, str(error)])) from None
    return tuple(warnings)
