"""How Zotero reads the head of a page, after its "Embedded Metadata" translator.

Only what matters for papers: which tags become which field, what decides the type of the item, and
how names are divided (https://www.zotero.org/support/dev/exposing_metadata).
"""

import re
from dataclasses import dataclass, field

FIELDS = {
    "citation_title": "title",
    "citation_publication_date": "date",
    "citation_journal_title": "publicationTitle",
    "citation_conference_title": "conferenceName",
    "citation_volume": "volume",
    "citation_issue": "issue",
    "citation_doi": "DOI",
    "citation_public_url": "url",
    "citation_abstract": "abstractNote",
}
TYPES = {
    "citation_journal_title": "journalArticle",
    "citation_conference_title": "conferencePaper",
}


@dataclass
class Item:
    """type: Zotero's name of it; authors: (given name, family name)."""

    type: str
    fields: dict[str, str] = field(default_factory=dict)
    authors: list[tuple[str, str]] = field(default_factory=list)
    pdf: str = ""


def read(tags: list[tuple[str, str]]) -> Item:
    """The item that Zotero makes of (name or property, content) of the head's meta elements."""
    kind = next((TYPES[name] for name, _ in tags if name in TYPES), "")
    # Tags with a known prefix (og:, article:, DC.) are read as RDF, whose type counts where no
    # citation tag tells one.
    kind = kind or next((content for name, content in tags if name == "DC.type"), "")
    item = Item(type=kind or "journalArticle")
    for name, content in tags:
        if name in FIELDS:
            item.fields.setdefault(FIELDS[name], " ".join(content.split()))
        elif name == "citation_pdf_url":
            item.pdf = item.pdf or content
    online = next((content for name, content in tags if name == "citation_online_date"), "")
    if online:
        item.fields.setdefault("date", online)
    found = [content for name, content in tags if name == "citation_author"]
    for content in found:
        names = re.split(r"\s*;\s*", content)
        if len(found) == len(names) == 1:
            parts = re.split(r"\s*,\s*", content)
            both = len(parts) > 1 and " " in parts[0] and " " in parts[1]
            if both and not re.match(r"(?:van|de|von)", parts[0], re.IGNORECASE):
                names = parts
        item.authors += [_author(name) for name in names if re.search(r"[^\s,\-.;]", name)]
    return item


def _author(text: str) -> tuple[str, str]:
    if "," in text:
        family, _, given = text.partition(",")
        return given.strip(), family.strip()
    given, _, family = text.strip().rpartition(" ")
    return given, family
