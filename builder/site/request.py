"""What a build is asked for, what it tells, and MkDocs' configuration for it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from builder.problems import Problem
from builder.site.failure import BuildFailed
from builder.site.messages import listening

if TYPE_CHECKING:
    from builder.site.pipeline import Prepared

# The folder of ours beside mkdocs.yml; and in it the file of the sites that were built from there.
WORK = ".papershelf"
SITES = "sites.txt"

Kind = Literal["unchanged", "changed pages", "everything"]


@dataclass(frozen=True, kw_only=True)
class Request:
    """What to build. config: mkdocs.yml; content, site: folders other than those it names;
    preview: the address at which only the one who writes it looks at the site, or ""."""

    config: Path
    content: Path | None = None
    site: Path | None = None
    search: bool = True
    force: bool = False
    preview: str = ""


@dataclass(frozen=True, kw_only=True)
class Report:
    """What a build did. pages: of the whole site; changed: Markdown files written or removed;
    warnings: what MkDocs warned of; findings: what the checks of texts warn of; prepared: what
    pages were made of, where any were."""

    kind: Kind
    site: Path
    pages: int
    changed: int
    warnings: tuple[str, ...] = ()
    findings: tuple[Problem, ...] = ()
    prepared: Prepared | None = None


def load(request: Request) -> Any:
    """MkDocs' configuration for a request.

    Raises BuildFailed when mkdocs.yml is missing, wrong, or does not name our plugin.
    """
    # Material's banner speaks of another project's plans, not of this site.
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, ConfigurationError

    if not request.config.is_file():
        raise BuildFailed(
            f"{request.config}: there is no such file; run this where mkdocs.yml lies, or name it "
            "with --config"
        )
    overrides: dict[str, str] = {}
    if request.site:
        overrides["site_dir"] = str(request.site.absolute())
    if request.content:
        overrides["docs_dir"] = str(request.content.absolute() / "pages")
    # MkDocs wants the folder of hand-written pages to exist; a list may do without.
    empty = request.config.absolute().parent / WORK / "no-pages"
    if request.content and not (request.content / "pages").is_dir():
        empty.mkdir(parents=True, exist_ok=True)
        overrides["docs_dir"] = str(empty)
    try:
        with listening() as messages:
            config = load_config(str(request.config), **overrides)
    except (Abort, ConfigurationError) as error:
        # An Abort says only that something is wrong; what, stands in the log.
        reasons = messages or [str(error)]
        raise BuildFailed("\n".join(f"{request.config}: {text}" for text in reasons)) from None
    plugin = config.plugins.get("papershelf")
    if plugin is None:
        raise BuildFailed(f'{request.config}: plugins: add "- papershelf" to the list')
    if request.content:
        plugin.config.content = str(request.content.absolute())
    plugin.indexing = request.search
    if request.preview:
        config.site_url = request.preview
        plugin.previewing = True
    return config


def written(config: Path) -> str:
    """mkdocs.yml as it is written, with inherited files and the environment filled in."""
    from mkdocs.utils.yaml import yaml_load

    with config.open("rb") as stream:
        return str(yaml_load(stream))
