"""Jinja templates, and what is wrong in one as a problem with its line."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
from jinja2.compiler import CodeGenerator
from markupsafe import Markup, escape

from builder.problems import Problem, ProblemsFound


def bytecode_cache(folder: Path) -> jinja2.BytecodeCache:
    """Keeps compiled templates in a folder, each under a digest of its text."""
    folder.mkdir(parents=True, exist_ok=True)
    # Not Jinja's own names: what they stand for was compiled without `_Code`.
    return jinja2.FileSystemBytecodeCache(str(folder), "compiled_%s.cache")


def escaped(value: Any) -> str:
    """A value of a template as `markupsafe.escape` writes it.

    Nine of ten values are texts without any sign to escape. markupsafe makes Markup of them all,
    which takes six times as long as to see that, and then they are joined to a text nevertheless.
    """
    kind = type(value)
    if kind is Markup:
        return value  # type: ignore[no-any-return]
    if kind is str and not (
        "&" in value or "<" in value or ">" in value or '"' in value or "'" in value
    ):
        return value  # type: ignore[no-any-return]
    return escape(value)


class _Code(CodeGenerator):
    """Compiles templates that escape their values by `escaped`.

    The method is one that Jinja's own native templates replace as well. Were it called otherwise
    one day, values would be escaped as Jinja does it.
    """

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:
        context = frame.eval_ctx
        if context.autoescape and not context.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class _Environment(jinja2.Environment):
    """Finds again at once what it has found: a page imports several files of macros, and none of
    them changes while this lives."""

    code_generator_class = _Code
    escaped = staticmethod(escaped)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.found: dict[str, jinja2.Template] = {}

    def make_globals(self, d: Any) -> Any:
        """What templates know without being told; nothing is added once they are in use.

        Jinja's own chain of mappings is asked key by key whenever a template imports another.
        """
        return {**self.globals, **(d or {})}

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:
        """The template of this name."""
        known = self.found.get(name)
        if known is None:
            known = self.found[name] = super().get_template(name, parent)
        return known


class Templates:
    """The templates of one folder, and behind it those of another.

    folder: where a list has its own, if it has any; shipped: where the others are. autoescape:
    whether a template of this name escapes its values for HTML unless they are Markup. An unknown
    name in a template is an error (StrictUndefined). cache: a folder in which compiled templates
    are kept.
    """

    def __init__(
        self,
        folder: Path,
        shipped: Path | None = None,
        *,
        autoescape: bool | Callable[[str | None], bool],
        cache: Path | None = None,
    ) -> None:
        self.folders = (folder,) if shipped is None else (folder, shipped)
        self.environment = _Environment(
            loader=jinja2.FileSystemLoader(self.folders),
            undefined=jinja2.StrictUndefined,
            autoescape=autoescape,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=bytecode_cache(cache) if cache else None,
        )

    def knowing(self, **values: Any) -> Templates:
        """The same templates, which know these values wherever they are, also in files of macros:
        such a file, imported without context, is then run once and not once a page."""
        found = copy.copy(self)
        found.environment = self.environment.overlay()
        found.environment.found = {}
        found.environment.globals = {**self.environment.globals, **values}
        return found

    def render(self, name: str, *, met: str, **values: Any) -> str:
        """The text that a template makes of values; met: what it is rendered for, in words.

        Raises ProblemsFound when the template is missing or wrong.
        """
        try:
            return self.environment.get_template(name).render(values)
        except jinja2.TemplateError as error:
            raise ProblemsFound([self._problem(name, met, error)]) from None

    def _problem(self, name: str, met: str, error: jinja2.TemplateError) -> Problem:
        """Where in which template an error rose: Jinja's tracebacks name the template's lines."""
        if isinstance(error, jinja2.TemplateNotFound):
            where, line = self.folders[0] / (error.name or name), 1
            message, hint = "there is no such template", "restore it"
        else:
            found = (folder / name for folder in self.folders if (folder / name).is_file())
            where, line = next(found, self.folders[0] / name), getattr(error, "lineno", 1)
            for frame in traceback.extract_tb(error.__traceback__):
                if any(Path(frame.filename).is_relative_to(folder) for folder in self.folders):
                    where, line = Path(frame.filename), frame.lineno or 1
            if isinstance(error, jinja2.TemplateSyntaxError) and error.filename:
                where = Path(error.filename)
            message = str(error.message)
            hint = f"correct the template (met when rendering {met})"
        return Problem(path=where.as_posix(), line=line, message=message, hint=hint)
