"""Pages to Markdown, by the templates of site_templates/pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from markupsafe import Markup

from builder import shipped
from builder.pages.page import Page
from builder.pages.views import SiteView
from builder.templating import Templates
from builder.wording import day

# So many texts of a macro are kept; with a kilobyte each it is no more than the pages' views take.
_MOST_KEPT = 20_000
_JSON = json.JSONEncoder(ensure_ascii=False)


class Renderer:
    """Renders pages with the templates of one folder, and the shipped ones where it has none.

    templates: the folder of *.md.j2. An unknown name in a template is an error (StrictUndefined),
    and every value is escaped for HTML unless it is Markup.
    """

    def __init__(self, templates: Path, site: SiteView, cache: Path | None = None) -> None:
        self._templates = Templates(
            templates, shipped.templates("pages"), autoescape=True, cache=cache
        )
        environment = self._templates.environment
        environment.filters.update(day=day, yaml=_yaml, number=number)
        environment.globals.update(site=site, once=once)
        self._at: dict[str, Templates] = {}

    def render(self, page: Page) -> str:
        """The Markdown of a page.

        Raises ProblemsFound when the template is missing or wrong.
        """
        way = base(page.path)
        if way not in self._at:
            # There are four or so of them in a site.
            self._at[way] = self._templates.knowing(base=way)
        text = self._at[way].render(page.template, met=page.path, view=page.view)
        return _lean(text)


def once(macro: Callable[..., Markup]) -> Callable[..., Markup]:
    """A macro whose text is made once for the same thing and the same values beside it.

    A paper stands on dozens of pages, and looks the same on most. For macros that read nothing but
    what they are given, `site` and `base`; the thing is told by its identity, and must not change.
    """
    made: dict[tuple[object, ...], tuple[object, Markup]] = {}

    def give(thing: object, *values: object, **named: object) -> Markup:
        key = (id(thing), *values, *named.items())
        known = made.get(key)
        if known is None:
            if len(made) >= _MOST_KEPT:
                made.clear()
            # The thing is kept as well, so that no other one gets its id.
            known = made[key] = thing, macro(thing, *values, **named)
        return known[1]

    return give


def _lean(text: str) -> str:
    """Lines without spaces at their ends, and no more than one empty line between two: Markdown
    ends an HTML block at an empty line in some places, and templates leave many."""
    text = "\n".join(["", *map(str.rstrip, text.splitlines() or [""]), ""])
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text[1:]


def base(path: str) -> str:
    """The way from a page to the site's root: "../../" for "papers/half-a-loaf.md".

    path: of the Markdown file; every page has a folder of its own.
    """
    depth = path.count("/") + (0 if path.endswith("index.md") else 1)
    return "../" * depth or "./"


def number(value: int) -> str:
    """A number with commas: 10,000."""
    return f"{value:,}"


def _yaml(value: Any) -> Markup:
    """A value for front matter: JSON in one line is YAML."""
    return Markup(_JSON.encode(str(value)))
