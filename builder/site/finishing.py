"""What completes a site once its pages and the files beside them are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from builder.site import scripts
from builder.site.pipeline import Prepared
from builder.site.settings import Settings
from builder.site.stages import Stage, silent

if TYPE_CHECKING:
    from builder.site.ahead import Ahead
    from builder.site.search import Settled


def finish(
    site: Path,
    settings: Settings,
    prepared: Prepared,
    *,
    themes: Sequence[Path],
    searchable: bool,
    stage: Stage = silent,
    ahead: Ahead[Settled | None] | None = None,
) -> None:
    """Draw preview images, publish scripts, and index the site.

    themes: the folders of the theme that are ours; searchable: the index is wanted; ahead: an index
    that was begun before. Raises SearchFailed.
    """
    if settings.social:
        from builder.site import previews

        stage("Drawing preview images")
        previews.publish(site, prepared.previews, settings.work / "previews")
    for folder in themes:
        scripts.publish(site, folder / scripts.FOLDER)
    if searchable:
        from builder.site import search

        stage("Indexing for search")
        record = settings.work / "search.json"
        search.index(site, authors=prepared.authors(), record=record, ahead=ahead)
