"""Feeds: every list of papers as Atom (RFC 4287) and as JSON Feed 1.1.

Entries keep their ids for good, and dates come from `builder.history`: a feed never says "now".
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from feedgenerator import Atom1Feed
from markupsafe import escape

from builder import __version__
from builder.analysis import Analysis
from builder.exports.entries import Entries, Entry
from builder.exports.outputs import Made
from builder.exports.site import Site
from builder.feed import FeedInfo
from builder.history import Timeline
from builder.library import Library
from builder.memory import Memory, stamp

LANGUAGE = "en"
RIGHTS = "Titles and abstracts belong to their authors and publishers."
# What XML 1.0 cannot hold, in no spelling: https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ABOUT = {
    "all": "Every paper that comes to the list.",
    "corrections": "What changed in papers after they came to the list.",
    "series": "Every listing of this series, with its papers.",
    "collection": "Papers of this reading path, each with the reason why it stands there.",
    "tag": "Papers on this topic.",
}


def feed_outputs(
    infos: tuple[FeedInfo, ...],
    library: Library,
    analysis: Analysis,
    timeline: Timeline,
    site: Site,
    *,
    digests: Mapping[str, str],
    memory: Memory | None = None,
) -> dict[str, Made]:
    """Path below the site's root -> file, for every feed in both formats.

    digests: slug -> digest of all that the paper's file says.
    """
    entries = Entries(library, analysis, timeline, site, digests, memory)
    files: dict[str, Made] = {}
    for info in infos:
        # Of a feed that has nothing to tell yet the date is that of the list.
        told = entries.stamps(info) or [str(timeline.newest)]
        made = stamp(repr((info.id, info.name, info.page, site)), *told)
        files[info.atom] = Made(stamp=made, make=functools.partial(_atom_of, info, entries))
        files[info.json] = Made(stamp=made, make=functools.partial(_json_of, info, entries))
    return files


def _atom_of(info: FeedInfo, entries: Entries) -> str:
    found = entries.of(info)
    # A feed that has nothing to tell yet is as old as the list.
    updated = max((entry.updated for entry in found), default=entries.timeline.newest)
    assert updated is not None
    feed_id = entries.uri(f"feeds/{info.id}")
    return atom(info, found, entries.site, updated, feed_id=feed_id)


def _json_of(info: FeedInfo, entries: Entries) -> str:
    return json_feed(info, entries.of(info), entries.site)


def feed_files(
    infos: tuple[FeedInfo, ...],
    library: Library,
    analysis: Analysis,
    timeline: Timeline,
    site: Site,
) -> dict[str, str]:
    """`feed_outputs` as texts."""
    made = feed_outputs(infos, library, analysis, timeline, site, digests={})
    return {path: file.text() for path, file in made.items()}


def atom(
    info: FeedInfo, entries: tuple[Entry, ...], site: Site, updated: datetime, *, feed_id: str
) -> str:
    """A feed as Atom."""
    feed = _Atom(
        title=_xml(_title(info, site)),
        link=site.url + info.page,
        description=_ABOUT[info.kind],
        language=LANGUAGE,
        author_name=_xml(site.name),
        author_link=site.url,
        feed_url=site.url + info.atom,
        feed_guid=feed_id,
        feed_copyright=RIGHTS,
        updated=updated,
    )
    for entry in entries:
        feed.add_item(
            title=_xml(entry.title),
            link=entry.url,
            description=_xml(escape(entry.summary)) or None,
            content=_xml(entry.content),
            pubdate=entry.published,
            updateddate=entry.updated,
            unique_id=entry.id,
            entry=entry,
            scheme=f"{site.url}tags/",
        )
    return feed.writeString("utf-8") + "\n"


class _Atom(Atom1Feed):
    """feedgenerator's Atom, with what it leaves out: several authors of an entry, names of
    categories, links elsewhere, and a date of the feed that never is the clock's."""

    def latest_post_date(self) -> datetime:
        return self.feed["updated"]

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("generator", "Papershelf", {"version": __version__})

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry: Entry = item["entry"]
        for name in entry.authors:
            handler.startElement("author", {})
            handler.addQuickElement("name", _xml(name))
            handler.endElement("author")
        for key, label in entry.tags:
            attributes = {"term": key, "label": _xml(label), "scheme": item["scheme"]}
            handler.addQuickElement("category", "", attributes)
        for link in entry.links:
            attributes = {"rel": "related", "href": link.url, "title": _xml(link.label)}
            handler.addQuickElement("link", "", attributes)


def json_feed(info: FeedInfo, entries: tuple[Entry, ...], site: Site) -> str:
    """A feed as JSON Feed, version 1.1."""
    whole = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(info, site),
        "home_page_url": site.url + info.page,
        "feed_url": site.url + info.json,
        "description": f"{_ABOUT[info.kind]} {RIGHTS}",
        "authors": [{"name": site.name, "url": site.url}],
        "language": LANGUAGE,
        "items": [_item(entry) for entry in entries],
    }
    # Without indentation json is encoded in C, five times as fast.
    return json.dumps(whole, ensure_ascii=False) + "\n"


def _item(entry: Entry) -> dict[str, Any]:
    """An item; what is not known is absent, as the format wants it."""
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "external_url": next((x.url for x in entry.links if x.kind in ("arxiv", "doi")), None),
        "title": entry.title,
        "content_html": entry.content,
        "summary": entry.summary,
        "date_published": entry.published.isoformat(),
        "date_modified": entry.updated.isoformat(),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [name for _, name in entry.tags],
    }
    return {key: value for key, value in item.items() if value}


def _title(info: FeedInfo, site: Site) -> str:
    return site.name if info.kind == "all" else f"{site.name}: {info.name}"


def _xml(text: str) -> str:
    return _NOT_XML.sub("", text)
