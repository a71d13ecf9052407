"""Where readers tell what is wrong or missing: the forms of the forge that keeps the list."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote, urlencode, urlsplit

# The names of the forms' files, and the fields of them that are filled in beforehand.
GITHUB = {"correct": "correct-paper.yml", "suggest": "suggest-paper.yml"}
GITLAB = {"correct": "Correct a page", "suggest": "Suggest a paper"}
# A longer address than a few thousand signs is refused by some servers; a title is cut long before.
_TITLE = 120
_FORM = re.compile(r'<a href="forge:(?P<form>suggest|correct)">(?P<words>.*?)</a>', re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Forge:
    """A forge with a repository. url: of the repository, without a slash at its end;
    site: the address of the list's site, with a slash at its end, or ""."""

    kind: Literal["github", "gitlab"]
    url: str
    site: str = ""

    def correction(self, title: str, path: str, field: str = "") -> str:
        """The address of the form in which a page is corrected, filled in as far as it is known.

        title: of the page, as text; path: below the site's root; field: one of the form's.
        """
        name = title if len(title) <= _TITLE else title[:_TITLE].rstrip() + "…"
        page = self.site + path
        subject = f"Correct: {name}"
        if self.kind == "github":
            known = {"title": subject, "paper": page} | ({"field": field} if field else {})
            return f"{self.url}/issues/new?" + _query({"template": GITHUB["correct"], **known})
        text = f"{page}\n{field}".strip()
        return f"{self.url}/-/issues/new?" + _query(
            {"issuable_template": GITLAB["correct"], "issue[title]": subject,
             "issue[description]": text}
        )  # fmt: skip

    def form(self, name: str) -> str:
        """The address of a form that is empty: "suggest" or "correct"."""
        if self.kind == "github":
            return f"{self.url}/issues/new?" + _query({"template": GITHUB[name]})
        return f"{self.url}/-/issues/new?" + _query({"issuable_template": GITLAB[name]})


def find(repo_url: str | None, edit_uri: str | None = None, site: str = "") -> Forge | None:
    """The forge of a repository, by its address; None where none is named, or it is not known.

    edit_uri: as in mkdocs.yml; "-/edit/..." is GitLab's, wherever it is served.
    """
    parts = urlsplit(repo_url or "")
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query:
        return None
    labels = parts.hostname.split(".")
    url = (repo_url or "").rstrip("/").removesuffix(".git")
    if "gitlab" in labels or (edit_uri or "").startswith("-/"):
        return Forge(kind="gitlab", url=url, site=site)
    if "github" in labels:
        return Forge(kind="github", url=url, site=site)
    return None


def linked(html: str, forge: Forge | None) -> str:
    """A hand-written page with the links to forms ("forge:suggest") led to them.

    Without a forge, their words stand there without a link.
    """

    def link(match: re.Match[str]) -> str:
        if forge is None:
            return match["words"]
        address = forge.form(match["form"]).replace("&", "&amp;")
        return f'<a href="{address}" rel="noopener">{match["words"]}</a>'

    return _FORM.sub(link, html)


def _query(values: dict[str, str]) -> str:
    return urlencode(values, quote_via=quote, safe="")
