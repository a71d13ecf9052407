"""Identifiers: slugs, arXiv ids, DOIs and web addresses.

Each check returns None for a good value, or what is wrong with it and what to do.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from slugify import slugify

Verdict = tuple[str, str] | None

# Typographic quotes do not quote in YAML: they become part of the value.
_QUOTES = "“”„‟‘’«»\"'"

SLUG_LENGTH = 80
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# https://info.arxiv.org/help/arxiv_identifier.html: YYMM.NNNN(N) since April 2007, before that
# archive(.SUBJECT-CLASS)/YYMMNNN.
_ARXIV_NEW = re.compile(r"(\d\d)(\d\d)\.\d{4,5}", re.ASCII)
_ARXIV_OLD = re.compile(r"[a-z]+(?:-[a-z]+)?(?:\.[A-Z]{2})?/(\d\d)(\d\d)\d{3}", re.ASCII)
# https://www.crossref.org/blog/dois-and-matching-regular-expressions/
_DOI = re.compile(r"10\.[0-9]{4,9}/[^\s\"<>]+")


def make_slug(title: str) -> str:
    """The slug for a title: ASCII words joined by hyphens, cut at a word within 80 characters.

    The signs of TeX (dollars, braces, backslashes, ^) part no words: "S$^{2}$FT" is s2ft. "" for a
    title without a letter or digit.
    """
    title = re.sub(r"[\\${}^]", "", title)
    return slugify(title, max_length=SLUG_LENGTH, word_boundary=True, save_order=True)


def check_slug(value: str) -> Verdict:
    """A slug: lower-case ASCII letters and digits, single hyphens between, at most 100 long."""
    if _SLUG.fullmatch(value) and len(value) <= 100:
        return None
    better = slugify(value, max_length=SLUG_LENGTH, word_boundary=True)
    hint = f'rename it to "{better}"' if better else 'use words such as "half-a-loaf"'
    return f'"{value}" is no slug: only a-z, 0-9 and single hyphens, at most 100', hint


def check_arxiv(value: str) -> Verdict:
    """An arXiv id without version, such as 2503.01234 or math/0309285."""
    match = _ARXIV_NEW.fullmatch(value) or _ARXIV_OLD.fullmatch(value)
    if match and 1 <= int(match[2]) <= 12:
        return None
    bare = value.strip(_QUOTES)
    bare = re.sub(r"^(?:https?://(?:www\.)?arxiv\.org/(?:abs|pdf)/|arxiv:)", "", bare, flags=re.I)
    bare = re.sub(r"(?:v\d+)?(?:\.pdf)?$", "", bare)
    if bare != value and check_arxiv(bare) is None:
        return f'"{value}" is not a bare arXiv id', f'write arxiv: "{bare}"'
    return f'"{value}" is no arXiv id', 'copy it from the arXiv page, such as "2503.01234"'


def arxiv_month(value: str) -> tuple[int, int]:
    """(year, month) of first submission, as every arXiv id tells it.

    value: an id that `check_arxiv` accepts.
    """
    match = _ARXIV_NEW.fullmatch(value) or _ARXIV_OLD.fullmatch(value)
    if match is None:
        raise ValueError(f"no arXiv id: {value}")
    year = int(match[1])
    return (1900 + year if year > 90 else 2000 + year), int(match[2])


def check_doi(value: str) -> Verdict:
    """A bare DOI, such as 10.1000/182."""
    if _DOI.fullmatch(value):
        return None
    bare = value.strip(_QUOTES)
    bare = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", bare, flags=re.I)
    if bare != value and _DOI.fullmatch(bare):
        return f'"{value}" is not a bare DOI', f"write doi: {bare}"
    return f'"{value}" is no DOI', 'a DOI looks like "10.1000/182"'


def check_url(value: str) -> Verdict:
    """A web address: http or https, a host, nothing that breaks out of an attribute."""
    hint = 'write a full address such as "https://example.org/page"'
    if value != value.strip(_QUOTES) and check_url(value.strip(_QUOTES)) is None:
        return f"{value} has typographic quotes around it", 'write straight ones: "https://..."'
    try:
        parts = urlsplit(value)
        host = parts.hostname or ""
        _ = parts.port
    except ValueError:
        return f'"{value}" is no web address', hint
    if parts.scheme.lower() not in ("http", "https"):
        return f'"{value}" is no http or https address', hint
    if "." not in host or re.search(r"[\s\"'<>\\`{}|^]", value):
        return f'"{value}" is no web address', hint
    return None


def tidy_url(url: str) -> str:
    """A web address without what leads nowhere else: a slash at its end, ".git" behind a
    repository. One with a query or a fragment is left as it is."""
    if "?" in url or "#" in url:
        return url
    return url.rstrip("/").removesuffix(".git")
