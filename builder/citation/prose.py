"""A citation as a line of plain text, for letters and slides."""

from __future__ import annotations

from builder.citation.reference import Reference

NAMES = 8


def prose(item: Reference) -> str:
    """Authors. Title. Venue, year. Identifier: as in "Ada Example and Bo Sample. Half a Loaf.
    ICLR, 2025. arXiv:2503.01234."; parts that are not known are left out.

    Of more than NAMES authors the first is named, "et al." standing for the others.
    """
    place = item.venue.title if item.venue else "arXiv preprint" if item.arxiv else ""
    if item.venue and item.venue.volume:
        place += f" {item.venue.volume}"
        place += f"({item.venue.issue})" if item.venue.issue else ""
        place += f":{item.venue.pages}" if item.venue.pages else ""
    parts = [
        _authors(item),
        item.plain_title,
        ", ".join(part for part in (place, str(item.year or "")) if part),
        f"arXiv:{item.arxiv}" if item.arxiv else "",
    ]
    sentences = [_sentence(part) for part in parts if part]
    if item.doi or not item.arxiv:
        sentences += item.same_as[-1:] or [item.url or ""]
    return " ".join(sentences).strip()


def _authors(item: Reference) -> str:
    names = [name.printed for name in item.authors]
    if len(names) > NAMES:
        return f"{names[0]} et al."
    if item.more_authors:
        return f"{', '.join(names)} et al."
    return ", ".join([*names[:-2], " and ".join(names[-2:])]) if names else ""


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
