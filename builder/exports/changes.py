"""What a reader's own lists need to know of the site: new papers, and papers that were renamed."""

from __future__ import annotations

import json

from builder import markup
from builder.history import Timeline
from builder.library import Library

VERSION = 1
# Whoever stayed away for longer than these took to come is shown the newest of them.
NEWEST = 200


def changes(library: Library, timeline: Timeline) -> str:
    """api/changes.json, which assets/javascripts/aids/visits.js reads.

    {"version", "added", "moved"}. added: the NEWEST papers that came last, the latest first, each
    {"slug", "title", "time"} with the time in UTC (RFC 3339); papers of which nobody knows when
    they came are left out. moved: old slug -> slug today, of content/redirects.yml.
    """
    known = timeline.papers
    dated = [(known[slug].added, slug) for slug in library.papers if slug in known]
    dated.sort(key=lambda item: item[1])
    dated.sort(key=lambda item: item[0], reverse=True)
    whole = {
        "version": VERSION,
        "added": [
            {
                "slug": slug,
                "title": markup.to_plain(library.papers[slug].title),
                "time": f"{added:%Y-%m-%dT%H:%M:%SZ}",
            }
            for added, slug in dated[:NEWEST]
        ],
        "moved": {
            old: slug
            for slug, names in sorted(timeline.names.items())
            for old in names
            if old != slug
        },
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
