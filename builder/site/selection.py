"""Which pages one run of MkDocs renders.

`mkdocs build` renders all of them. `papershelf build` chooses: after an edit the pages that
changed, and for a whole site parts of it, side by side on all processors. A page's HTML depends on
nothing but its Markdown, the configuration and the theme, for papers stay out of the navigation; so
a run that knows only some pages renders them just as one that knows all.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass
from typing import Any

import jinja2


@dataclass(frozen=True, kw_only=True)
class Selection:
    """A part of the site to be rendered.

    pages: generated Markdown files; docs: hand-written ones; written: the texts of the latter.
    shell: copy what is no page, such as the theme's files, and render what else the theme has, such
    as 404.html.
    """

    pages: Set[str]
    docs: Set[str] = frozenset()
    written: str = ""
    shell: bool = False

    def needs(self, path: str) -> bool:
        """Whether MkDocs must know of a generated page: of the home page, to which the navigation
        leads, and of those to which a hand-written page may link, by the names of their files."""
        return path in self.pages or path == "index.md" or path.rpartition("/")[2] in self.written

    def spare(self, theme: Any) -> None:
        """Let a run without the shell not look for files of MkDocs' `theme`: among ten thousand
        icons that takes a third of a second."""
        theme.static_templates.clear()
        make = type(theme).get_env

        def bare() -> jinja2.Environment:
            env = make(theme)
            env.loader = _Unlisted(theme.dirs)
            return env

        theme.get_env = bare

    def restrict(self, files: Any) -> list[Any]:
        """The files that stay of MkDocs' `files`, each told whether it is to be rendered.

        A dirty build of MkDocs asks each file whether it is newer than what was made of it; here
        it is told what we know, since clocks may be wrong.
        """
        kept = []
        for file in files:
            if file.is_documentation_page():
                path = file.src_uri
                file.is_modified = _answer(path in self.pages or path in self.docs)
                kept.append(file)
            elif self.shell:
                kept.append(file)
        return kept


class _Unlisted(jinja2.FileSystemLoader):
    """Finds each template, and lists none."""

    def list_templates(self) -> list[str]:
        return []


def _answer(value: bool) -> Callable[[], bool]:
    return lambda: value
