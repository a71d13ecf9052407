"""What a list is told when it starts, and what its files say because of it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from builder.problems import Problem

# Where papershelf itself is kept.
SOURCE = "https://github.com/example/papershelf"
DESCRIPTION = "A curated reading list of research papers, with topics, cross-links and search."

Content = Literal["sample", "empty"]
Forge = Literal["github", "gitlab", "both"]

_BEGINNING: Mapping[str, str] = {
    "sample": "The papers, tags, listing and reading path that are here at the start are "
    "invented, to show what goes where. Delete the files in `content/papers`, "
    "`content/editions` and `content/collections` when you have some of your own, and write "
    "your own `content/tags.yml`.",
    "empty": "Nothing is in it yet. A first `content/tags.yml`:\n\n"
    "```yaml\n"
    "facets:\n"
    "  - id: method\n"
    "    name: Method\n"
    "    definition: How it is done.\n"
    "tags:\n"
    "  - id: retrieval\n"
    "    name: Retrieval\n"
    "    facet: method\n"
    "    definition: Looking things up while answering.\n"
    "    phrases: [retrieval, retriever]\n"
    "```",
}


@dataclass(frozen=True, kw_only=True)
class Answers:
    """What a list is told when it starts. site_url, repo_url: "" where they are not known yet.

    requirement: how pip gets papershelf. year: of the start, which dates the ids of feeds.
    """

    title: str
    description: str = DESCRIPTION
    site_url: str = ""
    repo_url: str = ""
    requirement: str
    year: int
    content: Content = "sample"
    forge: Forge = "both"


def tidy(text: str) -> str:
    """A text in one line."""
    return " ".join(text.split())


def title_of(folder: str) -> str:
    """A title from a folder's name: "My papers" from "my-papers"."""
    words = tidy(re.sub(r"[-_.]+", " ", folder))
    return words[:1].upper() + words[1:] or "Papers"


def forge_of(repo_url: str) -> Forge:
    """On which forge a repository is, by its host; "both" where that does not tell."""
    host = urlsplit(repo_url).hostname or ""
    if host == "github.com":
        return "github"
    return "gitlab" if "gitlab" in host else "both"


def check(answers: Answers, *, where: str) -> Iterator[Problem]:
    """What is wrong with answers that somebody typed; where: what the problems name."""

    def wrong(field: str, message: str, hint: str) -> Problem:
        return Problem(path=where, line=1, field=field, message=message, hint=hint)

    if not answers.title:
        yield wrong("title", "the title is empty", "give the list a name")
    for field in ("title", "description", "requirement"):
        text = getattr(answers, field)
        if any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text):
            yield wrong(field, "there is a control character in it", "leave it out")
    for field in ("site_url", "repo_url"):
        text = getattr(answers, field)
        if text and not _is_url(text):
            yield wrong(
                field, f'"{text}" is no address', 'write it out, such as "https://example.org/list"'
            )


def _is_url(text: str) -> bool:
    if not re.fullmatch(r"https?://[^\s\"'<>\\^`{|}]+", text):
        return False
    try:
        return bool(urlsplit(text).hostname)
    except ValueError:
        return False


def values(answers: Answers) -> Mapping[str, str]:
    """Name -> what stands in the place of {{ name }} in a list's files.

    Texts are quoted for YAML, which reads JSON's strings as its own.
    """
    site = answers.site_url.rstrip("/") + "/" if answers.site_url else ""
    repo = answers.repo_url.rstrip("/").removesuffix(".git")
    host = urlsplit(site).hostname
    gitlab = forge_of(repo) == "gitlab"
    return {
        "title": _quoted(answers.title),
        "title_markdown": _markdown(answers.title),
        "description": _quoted(answers.description),
        "site_url": _quoted(site),
        "repo_url": _quoted(repo),
        "repo_name": _quoted("/".join(urlsplit(repo).path.strip("/").split("/")[-2:])),
        "edit_uri": _quoted(f"{'-/' if gitlab else ''}edit/main/content/pages/"),
        "authority": f"authority: {host},{answers.year}"
        if host
        else f"# authority: example.org,{answers.year}",
        "requirement": answers.requirement,
        "source": SOURCE,
        "beginning": _BEGINNING[answers.content],
    }


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|&$~])", r"\\\1", text)
