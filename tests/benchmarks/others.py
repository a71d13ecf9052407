"""The same papers in other generators: Hugo with related content, Pelican with its tag pages.

Each gets the papers as Markdown with title, date, authors and tags, and templates of a few lines:
a page a paper, a page a tag, a list, a feed. Hugo shows five related papers under each, by tags,
authors and the words of titles; Pelican has no such thing of its own, and leads to tags.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from builder.content.paper import Paper


@dataclass(frozen=True, kw_only=True)
class Generator:
    """name: as the table has it; command: None where it is not installed; write: makes a project
    of the papers in a folder, whose site it builds into site/."""

    name: str
    command: list[str] | None
    write: Callable[[Path, Iterable[Paper]], None]


def generators() -> list[Generator]:
    """Hugo and Pelican."""
    hugo, pelican = _program("hugo"), _program("pelican")
    return [
        Generator(
            name="Hugo, related content",
            command=[hugo, "--quiet", "--destination", "site"] if hugo else None,
            write=_hugo,
        ),
        Generator(
            name="Pelican, tag pages",
            command=[pelican, "content", "-o", "site", "-s", "settings.py", "-q"]
            if pelican
            else None,
            write=_pelican,
        ),
    ]


def _program(name: str) -> str | None:
    beside = Path(sys.executable).parent / name
    return str(beside) if beside.is_file() else shutil.which(name)


def _put(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _tags(paper: Paper) -> list[str]:
    # A paper that nobody has tagged: by words of its title, as a person in a hurry would.
    long = sorted((word for word in paper.title.lower().split() if word.isalpha()), key=len)
    return list(paper.tags or long[-2:])


_PAGE = "<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>\n"


def _hugo(folder: Path, papers: Iterable[Paper]) -> None:
    config = {
        "baseURL": "https://example.org/",
        "title": "Papers",
        "taxonomies": {"tag": "tags"},
        "related": {
            "includeNewer": True,
            "threshold": 20,
            "toLower": True,
            "indices": [
                {"name": "tags", "weight": 100},
                {"name": "words", "weight": 60},
                {"name": "authors", "weight": 40},
            ],
        },
    }
    single = (
        "<h1>{{ .Title }}</h1><p>{{ delimit .Params.authors `, ` }}</p>{{ .Content }}"
        "<ul>{{ range first 5 (.Site.RegularPages.Related .) }}"
        "<li><a href='{{ .RelPermalink }}'>{{ .Title }}</a></li>{{ end }}</ul>"
    )
    several = (
        "<h1>{{ .Title }}</h1><ul>{{ range .Pages }}"
        "<li><a href='{{ .RelPermalink }}'>{{ .Title }}</a></li>{{ end }}</ul>"
    )
    _put(
        folder,
        {
            "hugo.json": json.dumps(config),
            "layouts/_default/single.html": _PAGE.format(title="{{ .Title }}", body=single),
            "layouts/_default/list.html": _PAGE.format(title="{{ .Title }}", body=several),
            "layouts/index.html": _PAGE.format(title="Papers", body=several),
        },
    )
    for paper in papers:
        head = {
            "title": paper.title,
            "authors": list(paper.authors),
            "tags": _tags(paper),
            "words": [word for word in paper.title.lower().split() if len(word) > 3],
        } | ({"date": paper.date.isoformat()} if paper.date else {})
        _put(
            folder,
            {f"content/papers/{paper.slug}.md": f"{json.dumps(head)}\n\n{paper.abstract}\n"},
        )


def _pelican(folder: Path, papers: Iterable[Paper]) -> None:
    article = (
        "<h1>{{ article.title }}</h1><p>{{ article.authors | join(', ') }}</p>"
        "{{ article.content }}<ul>{% for tag in article.tags %}"
        "<li><a href='/{{ tag.url }}'>{{ tag }}</a></li>{% endfor %}</ul>"
    )
    several = (
        "<h1>{{ tag }}</h1><ul>{% for item in articles %}"
        "<li><a href='/{{ item.url }}'>{{ item.title }}</a></li>{% endfor %}</ul>"
    )
    settings = (
        "AUTHOR = 'Papers'\nSITENAME = 'Papers'\nSITEURL = ''\nTIMEZONE = 'UTC'\n"
        "DEFAULT_LANG = 'en'\nTHEME = 'theme'\nTHEME_STATIC_DIR = 'theme'\nAUTHOR_SAVE_AS = ''\n"
        "DEFAULT_DATE = (2000, 1, 1)\nCATEGORY_SAVE_AS = ''\nCATEGORY_FEED_ATOM = None\n"
        "AUTHOR_FEED_ATOM = None\nAUTHOR_FEED_RSS = None\nDIRECT_TEMPLATES = ['index']\n"
        "PLUGINS = []\nFEED_MAX_ITEMS = 100\nTRANSLATION_FEED_ATOM = None\n"
    )
    templates = {"article": article, "index": several, "tag": several}
    _put(
        folder,
        {
            "settings.py": settings,
            "theme/static/none.css": "",
            **{
                f"theme/templates/{name}.html": _PAGE.format(title=name, body=body)
                for name, body in templates.items()
            },
        },
    )
    for paper in papers:
        lines = [
            f"Title: {paper.title}",
            f"Slug: {paper.slug}",
            f"Authors: {'; '.join(paper.authors)}" if paper.authors else "Authors: Unknown",
            f"Tags: {', '.join(_tags(paper))}",
            *([f"Date: {paper.date}"] if paper.date else []),
        ]
        text = "\n".join(lines) + f"\n\n{paper.abstract}\n"
        _put(folder, {f"content/{paper.slug}.md": text})
