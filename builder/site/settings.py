"""What mkdocs.yml says of a site, as far as its pages depend on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from builder import shipped
from builder.exports.site import Site
from builder.pages.forge import Forge

if TYPE_CHECKING:
    from builder.pages.views import Newsletter


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Where to read and write, and what the site is called.

    content: the content directory; templates: the folder of page templates; work: a folder of
    ours, thrown away at will; edit_base: address under which content/ is edited, or "".
    forge: where corrections are suggested.
    url, authority: as `Site` says. newsletter: the form of the subscribe page, if there is one.
    social: whether papers have preview images.
    preview: whether what is wrong in a text may be shown as it is, to the one who writes it.
    """

    content: Path
    templates: Path
    work: Path
    name: str
    description: str
    edit_base: str
    forge: Forge | None = None
    url: str = ""
    authority: str = ""
    newsletter: Newsletter | None = None
    social: bool = False
    preview: bool = False

    @property
    def pages(self) -> Path:
        """The folder of the generated Markdown."""
        return self.work / "pages"

    @property
    def template_folders(self) -> tuple[Path, ...]:
        """The folders of page templates: a list's own, and the shipped ones behind it."""
        return tuple(dict.fromkeys([self.templates.resolve(), shipped.templates("pages")]))

    @property
    def site(self) -> Site:
        """What files for machines say of the site."""
        return Site(
            url=self.url, name=self.name, description=self.description, authority=self.authority
        )
