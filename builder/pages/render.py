"""Pages to Markdown, by the templates of site_templates/pages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from markupsafe import Markup

from builder import shipped
from builder.pages.page import Page
from builder.pages.views import SiteView
from builder.templating import Templates
from builder.wording import day


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
        environment.globals["site"] = site

    def render(self, page: Page) -> str:
        """The Markdown of a page.

        Raises ProblemsFound when the template is missing or wrong.
        """
        text = self._templates.render(
            page.template, met=page.path, view=page.view, base=base(page.path)
        )
        # Markdown ends an HTML block at an empty line in some places, and templates leave many.
        lines = [line.rstrip() for line in text.splitlines()]
        return (
            "\n".join(
                line for line, before in zip(lines, ["x", *lines], strict=False) if line or before
            )
            + "\n"
        )


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
    return Markup(json.dumps(str(value), ensure_ascii=False))
