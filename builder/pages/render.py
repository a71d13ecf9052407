"""Pages to Markdown, by the templates of site_templates/pages."""

from __future__ import annotations

import json
import traceback
from pathlib import Path
from typing import Any

import jinja2

from builder.pages.plan import Page
from builder.pages.views import SiteView
from builder.problems import Problem, ProblemsFound
from builder.wording import day


class Renderer:
    """Renders pages with the templates of one folder.

    templates: the folder of *.md.j2. An unknown name in a template is an error (StrictUndefined),
    and every value is escaped for HTML unless it is Markup.
    """

    def __init__(self, templates: Path, site: SiteView) -> None:
        self.folder = templates
        self.environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates),
            undefined=jinja2.StrictUndefined,
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )
        self.environment.filters.update(day=day, yaml=_yaml, number=number)
        self.environment.globals["site"] = site

    def render(self, page: Page) -> str:
        """The Markdown of a page.

        Raises ProblemsFound when the template is missing or wrong.
        """
        try:
            template = self.environment.get_template(page.template)
            text = template.render(view=page.view, base=base(page.path))
        except jinja2.TemplateError as error:
            raise ProblemsFound([self._problem(page, error)]) from None
        # Markdown ends an HTML block at an empty line in some places, and templates leave many.
        lines = [line.rstrip() for line in text.splitlines()]
        return (
            "\n".join(
                line for line, before in zip(lines, ["x", *lines], strict=False) if line or before
            )
            + "\n"
        )

    def _problem(self, page: Page, error: jinja2.TemplateError) -> Problem:
        """Where in which template an error rose: Jinja's tracebacks name the template's lines."""
        if isinstance(error, jinja2.TemplateNotFound):
            where, line = self.folder / (error.name or page.template), 1
            message, hint = "there is no such template", "restore it"
        else:
            where, line = self.folder / page.template, getattr(error, "lineno", 1)
            for frame in traceback.extract_tb(error.__traceback__):
                if Path(frame.filename).is_relative_to(self.folder):
                    where, line = Path(frame.filename), frame.lineno or 1
            if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
                where = Path(error.filename)
            message = str(error.message)
            hint = f"correct the template (met when rendering {page.path})"
        return Problem(path=where.as_posix(), line=line, message=message, hint=hint)


def base(path: str) -> str:
    """The way from a page to the site's root: "../../" for "papers/half-a-loaf.md".

    path: of the Markdown file; every page has a folder of its own.
    """
    depth = path.count("/") + (0 if path.endswith("index.md") else 1)
    return "../" * depth or "./"


def number(value: int) -> str:
    """A number with commas: 10,000."""
    return f"{value:,}"


def _yaml(value: Any) -> jinja2.utils.markupsafe.Markup:
    """A value for front matter: JSON in one line is YAML."""
    return jinja2.utils.markupsafe.Markup(json.dumps(str(value), ensure_ascii=False))
