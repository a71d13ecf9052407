"""What the head of a paper's page says to machines: citation tags, OpenGraph, JSON-LD.

The citation tags are those of Google Scholar's inclusion guidelines
(https://scholar.google.com/intl/en/scholar/inclusion.html) and of Zotero's "Embedded Metadata"
translator, which also reads DC.type; the others are of https://ogp.me/,
https://developer.x.com/en/docs/x-for-websites/cards and https://schema.org/ScholarlyArticle.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from builder.citation.names import Name
from builder.citation.reference import Reference

_JSON = json.JSONEncoder(ensure_ascii=False)
_UNSAFE = "<>&\u2028\u2029\x85"


@dataclass(frozen=True, kw_only=True)
class Meta:
    """A tag <meta ATTRIBUTE="NAME" content="CONTENT">; all three are plain text.

    attribute: "name" or "property".
    """

    attribute: str
    name: str
    content: str


def tags(
    item: Reference,
    *,
    description: str,
    address: str,
    site_name: str,
    image: tuple[str, int, int] | None = None,
) -> tuple[Meta, ...]:
    """The tags of a paper's page, in a fixed order.

    description: a sentence on the paper; address: of the page, "" where the site has none.
    image: the address of its preview image, width and height.
    """
    url, width, height = image or ("", "", "")
    return (
        *(Meta(attribute="name", name=name, content=content) for name, content in _citation(item)),
        Meta(attribute="name", name="DC.type", content=_ZOTERO_TYPES[item.kind]),
        *(
            Meta(attribute="property", name=name, content=content)
            for name, content in (
                ("og:type", "article"),
                ("og:site_name", site_name),
                ("og:title", item.plain_title),
                ("og:description", description),
                ("og:url", address),
                ("og:image", url),
                ("og:image:width", str(width)),
                ("og:image:height", str(height)),
                ("og:image:alt", item.plain_title if image else ""),
                ("article:published_time", item.date.isoformat() if item.date else ""),
            )
            if content
        ),
        Meta(
            attribute="name",
            name="twitter:card",
            content="summary_large_image" if image else "summary",
        ),
    )


# Without a venue Zotero would take a paper for an article in a journal.
_ZOTERO_TYPES = {
    "conference": "conferencePaper",
    "journal": "journalArticle",
    "preprint": "preprint",
    "other": "document",
}


def _citation(item: Reference) -> Iterator[tuple[str, str]]:
    yield "citation_title", item.plain_title
    for name in item.authors:
        yield "citation_author", _author(name, is_alone=len(item.authors) == 1)
    published = item.publication_date
    if published:
        yield "citation_publication_date", published.replace("-", "/")
    if item.date and item.date.isoformat() != published:
        yield "citation_online_date", item.date.isoformat().replace("-", "/")
    if item.venue:
        if item.kind == "conference":
            yield "citation_conference_title", item.venue.title
        elif item.kind == "journal":
            yield "citation_journal_title", item.venue.title
        if item.venue.volume:
            yield "citation_volume", item.venue.volume
        if item.venue.issue:
            yield "citation_issue", item.venue.issue
        if item.venue.pages:
            first, *rest = re.split(r"\s*[-–]+\s*", item.venue.pages)
            yield "citation_firstpage", first
            if rest:
                yield "citation_lastpage", rest[-1]
    if item.arxiv:
        yield "citation_arxiv_id", item.arxiv
    if item.doi:
        yield "citation_doi", item.doi
    if item.pdf:
        yield "citation_pdf_url", item.pdf
    if item.url:
        # Where the paper is, which a reference manager shall note: not this page about it.
        yield "citation_public_url", item.url
    yield "citation_abstract", item.abstract


def _author(name: Name, *, is_alone: bool) -> str:
    """A name as both readers divide it rightly: "van der Berg, Jan".

    Zotero takes a lone tag with a comma and a space on both sides of it for two people, unless it
    starts with a Dutch or German particle.
    """
    if not name.family:
        return name.printed
    two = " " in name.family and " " in name.given
    if is_alone and two and not re.match(r"(?:van|de|von)", name.family, re.IGNORECASE):
        return name.printed
    return f"{name.family}, {name.given}" + (f" {name.suffix}" if name.suffix else "")


def json_ld(
    item: Reference, *, description: str, address: str, keywords: Sequence[str] = ()
) -> str:
    """The paper as a schema.org ScholarlyArticle: JSON in one line, safe inside <script>.

    keywords: names of its topics.
    """
    identifiers = [("arXiv", item.arxiv), ("DOI", item.doi)]
    parts: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "headline": item.plain_title,
        "name": item.plain_title,
        "author": [_person(name) for name in item.authors],
        "datePublished": item.publication_date,
        "isPartOf": _container(item),
        "pagination": item.venue and item.venue.pages,
        "identifier": [
            {"@type": "PropertyValue", "propertyID": kind, "value": value}
            for kind, value in identifiers
            if value
        ],
        "sameAs": list(item.same_as),
        "encoding": item.pdf
        and {
            "@type": "MediaObject",
            "contentUrl": item.pdf,
            "encodingFormat": "application/pdf",
        },
        "description": description,
        "abstract": item.abstract,
        "keywords": list(keywords),
        "mainEntityOfPage": address,
    }
    made = _JSON.encode({key: value for key, value in parts.items() if value})
    # "</script>" and "<!--" end or change a script element wherever they stand; JSON may write
    # any sign by its number. U+2028 and its like are line ends to some readers. Most texts have
    # none of these signs, which is seen sooner one by one.
    if not any(sign in made for sign in _UNSAFE):
        return made
    return re.sub(f"[{_UNSAFE}]", lambda match: f"\\u{ord(match[0]):04x}", made)


def _person(name: Name) -> dict[str, str]:
    if not name.family:
        # A name of one word is a person's, unless it is spelt as only groups spell theirs.
        kind = "Organization" if re.search(r"[ \d]|\S[A-Z]", name.printed) else "Person"
        return {"@type": kind, "name": name.printed}
    return {
        "@type": "Person",
        "name": name.printed,
        "givenName": name.given,
        "familyName": name.family,
    }


def _container(item: Reference) -> dict[str, Any] | None:
    if not item.venue:
        return None
    if item.kind != "journal":
        return {"@type": "PublicationVolume", "name": item.venue.title}
    journal = {"@type": "Periodical", "name": item.venue.title}
    if not item.venue.volume:
        return journal
    return {
        "@type": "PublicationVolume",
        "volumeNumber": item.venue.volume,
        "isPartOf": journal,
    }
