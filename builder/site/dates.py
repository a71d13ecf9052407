"""When what a page shows last changed, as Git tells: for sitemap.xml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from builder.analysis import Analysis
from builder.history import Timeline

_OWN = ("papers/", "editions/", "collections/")


def modified(
    sources: Mapping[str, str], timeline: Timeline, analysis: Analysis
) -> Mapping[str, date]:
    """Path of a page's Markdown file -> day of the last change; absent where nobody knows.

    sources: as `Prepared.sources`. A paper, edition or reading path changes with its own file, a
    topic, on all its pages, with the vocabulary and its papers, a hand-written page with itself;
    every other page shows many papers, and changes with the newest of all files.
    """
    history = timeline.history
    if not history.changes:
        return {}
    newest = max(changes[-1].time for changes in history.changes.values()).date()
    tagged: dict[str, list[str]] = {}
    for slug, subjects in analysis.subjects.items():
        for tag, _ in subjects:
            tagged.setdefault(tag, []).append(f"papers/{slug}.md")
    found: dict[str, date] = {}
    for path, source in sources.items():
        if source.startswith(_OWN):
            time = timeline.modified(source)
        elif path.startswith("tags/") and path != "tags/index.md":
            tag = path.split("/")[1].removesuffix(".md")
            time = timeline.modified("tags.yml", *tagged.get(tag, ()))
        else:
            found[path] = newest
            continue
        if time:
            found[path] = time.date()
    for path in history.changes:
        if path.startswith("pages/"):
            found[path.removeprefix("pages/")] = history.changes[path][-1].time.date()
    return found
