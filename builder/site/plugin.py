"""The MkDocs plugin: content/ becomes pages of the site that MkDocs builds.

With it `mkdocs build`, `mkdocs serve` and `mkdocs gh-deploy` do the whole job; nothing outside
this package knows MkDocs. It works with ProperDocs, MkDocs' maintained fork, as well.
"""

from __future__ import annotations

import hashlib
import logging
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from mkdocs.config import config_options
from mkdocs.config.base import Config, ValidationError
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files, InclusionLevel, get_files

from builder import reporting, shipped
from builder.feed import ATOM, JSON
from builder.memory import Memory
from builder.pages import forge
from builder.problems import ProblemsFound
from builder.site import destination, state
from builder.site.request import SITES, WORK
from builder.site.settings import Settings

# What makes pages is loaded by what needs it: where nothing changed, nobody does.
if TYPE_CHECKING:
    from builder.pages.views import Newsletter
    from builder.site.frames import Framing
    from builder.site.pipeline import Prepared
    from builder.site.selection import Selection
    from builder.site.theme import Shown

# In the footer alone: more words in the header are more than a reader looks at.
FOOTER = ("subscribe/", "health/")
log = logging.getLogger("mkdocs.plugins.papershelf")


class NewsletterConfig(Config):
    """A form elsewhere that takes addresses for mail: where it is sent, and its field's name."""

    action = config_options.Optional(config_options.URL())
    field = config_options.Type(str, default="email")


class Authority(config_options.Type):
    """A tagging entity of RFC 4151: a host or mail address, and a day, month or year of its."""

    def __init__(self) -> None:
        super().__init__(str)

    def run_validation(self, value: object) -> str:
        text = super().run_validation(value)
        if not re.fullmatch(r"[^\s,:]+,\d{4}(?:-\d\d){0,2}", text):
            raise ValidationError(
                f'"{text}" names nobody; write a host and a year in which it was yours, such as '
                "example.org,2025"
            )
        return text


class Social(config_options.Type):
    """Whether to draw preview images: only where that can be done."""

    def __init__(self) -> None:
        super().__init__(bool, default=False)

    def run_validation(self, value: object) -> bool:
        if not super().run_validation(value):
            return False
        from builder.site import previews

        if missing := previews.missing():
            raise ValidationError(
                f"drawing needs packages that are not installed ({', '.join(missing)}); run "
                "pip install 'papershelf[social]', or write social: false"
            )
        return True


class PapershelfConfig(Config):
    """The plugin's options in mkdocs.yml; paths are relative to mkdocs.yml.

    authority: who makes the ids of feed entries (RFC 4151), such as "example.org,2025"; without
    it the host of site_url does, and the ids change when the site moves.
    newsletter: the subscribe page shows a form that posts there; without it, none.
    social: draw a preview image for each paper, for places that show one beside a link.
    """

    content = config_options.Type(str, default="content")
    templates = config_options.Type(str, default="site_templates/pages")
    search = config_options.Type(bool, default=True)
    authority = config_options.Optional(Authority())
    newsletter = config_options.SubConfig(NewsletterConfig)
    social = Social()


class PapershelfPlugin(BasePlugin[PapershelfConfig]):
    """Adds the generated pages to MkDocs' files, and finishes the site behind it.

    prepared: what the theme shows, where a caller made the pages already. indexing: whether the
    search index follows; without it the index stays as it is. selection: what a caller lets MkDocs
    render in this run; it finishes the site itself. framing: is told of each page that is rendered.
    previewing: the site is for the one who writes it alone.
    """

    def __init__(self) -> None:
        self._html: dict[str, str] = {}
        self.indexing = True
        self.previewing = False
        self.prepared: Shown | None = None
        self._made: Prepared | None = None
        self.selection: Selection | None = None
        self.framing: Framing | None = None
        self._env: Any = None

    def settings(self, config: Any) -> Settings:
        """Where to read and write, by mkdocs.yml.

        Each pair of content and site has a work folder of its own: the state of one site must
        not be taken for another's.
        """
        root = Path(config.config_file_path).parent
        content = root / self.config.content
        key = f"{content.resolve()}\n{Path(config.site_dir).resolve()}"
        # A preview's site is in a new temporary folder each time; one work folder serves all.
        served = Path(config.site_dir).name.startswith(("mkdocs_", "properdocs_"))
        name = "serve" if served else "build-" + hashlib.sha256(key.encode()).hexdigest()[:8]
        return Settings(
            content=content,
            templates=root / self.config.templates,
            work=root / WORK / name,
            name=config.site_name,
            description=config.site_description or "",
            edit_base=edit_base(config),
            forge=forge.find(config.repo_url, config.edit_uri, config.site_url or ""),
            url=config.site_url or "",
            authority=self.config.authority or default_authority(config),
            newsletter=self._newsletter(),
            social=self.config.social,
            preview=served or self.previewing,
        )

    def site_obstacle(self, config: Any) -> str:
        """Why the site may not be written where `config` says, in a sentence; "" where it may."""
        settings, site = self.settings(config), Path(config.site_dir)
        if settings.social and not settings.url:
            return (
                "mkdocs.yml: social: preview images are named by whole addresses; set site_url, "
                "or write social: false"
            )
        root = Path(config.config_file_path).parent
        folders = [settings.content, settings.templates, Path(config.docs_dir), root / ".git"]
        folders += self.theme_folders(config)
        found = destination.obstacle(
            site,
            needed=[Path(config.config_file_path), *folders, Path.home()],
            record=root / WORK / SITES,
        )
        return f"{site}: {found}" if found else ""

    def claim(self, config: Any) -> None:
        """Note that the folder of the site is ours from now on."""
        record = Path(config.config_file_path).parent / WORK / SITES
        destination.claim(Path(config.site_dir), record=record)

    def theme_folders(self, config: Any) -> list[Path]:
        """The folders of the theme that are ours: a list's own files, then the shipped ones.

        A list's own lie in theme/ beside its page templates, or in theme.custom_dir.
        """
        own = self.settings(config).templates.parent / "theme"
        named = config.theme.custom_dir
        folders = [Path(named) if named else own, shipped.templates("theme")]
        return list(dict.fromkeys(folder.resolve() for folder in folders if folder.is_dir()))

    def _newsletter(self) -> Newsletter | None:
        named = self.config.newsletter
        if not named.action:
            return None
        from builder.pages.views import Newsletter

        return Newsletter(action=named.action, field=named.field)

    def on_config(self, config: Any) -> Any:
        """Make the pages, so that the theme can be told which lists exist."""
        settings = self.settings(config)
        if not config.repo_url:
            # MkDocs would warn of each page that its address for editing is none.
            config.edit_uri = None
        # In front of Material's own, behind which everything else is found.
        known = {Path(folder).resolve() for folder in config.theme.dirs}
        new = [str(folder) for folder in self.theme_folders(config) if folder not in known]
        at = 1 if config.theme.custom_dir else 0
        config.theme.dirs[at:at] = new
        if obstacle := self.site_obstacle(config):
            raise PluginError(obstacle)
        # Of the pages that this run renders MkDocs would make the sitemap; ours tells of all.
        config.theme.static_templates.discard("sitemap.xml")
        if self.selection and not self.selection.shell:
            self.selection.spare(config.theme)
        if self.prepared is None:
            from builder.site.pipeline import prepare

            try:
                memory = Memory(settings.work / "memory.db", state.programs())
                self.prepared = self._made = prepare(settings, memory=memory)
                self._made.writing.write()
                # Each page's file is made; what MkDocs makes of it is its own affair.
                memory.save()
            except ProblemsFound as error:
                shown = reporting.render(error.problems, "text")
                raise PluginError(f"{shown}\n{reporting.summary(error.problems)}") from None
            for finding in self._made.findings:
                log.warning(reporting.render([finding], "text"))
        if self.prepared.warning and not self.selection:
            log.warning(self.prepared.warning)
        if not settings.preview:
            self.claim(config)
        sections = [{"title": title, "url": url} for title, url in self.prepared.sections]
        config.extra["papershelf"] = {
            "sections": [item for item in sections if item["url"] not in FOOTER],
            "footer": [item for item in sections if item["url"] in FOOTER],
            "search": self.config.search,
        }
        return config

    def on_files(self, files: Files, *, config: Any) -> Files:
        """Add the generated pages; a hand-written page of the same path wins."""
        assert self.prepared is not None
        settings, selection = self.settings(config), self.selection
        for path, source in self.prepared.sources.items():
            if (selection and not selection.needs(path)) or files.get_file_from_path(path):
                continue
            file = File.generated(
                config,
                path,
                abs_src_path=str(settings.pages / path),
                # One page's cost must not grow with the number of pages: the navigation of
                # thousands of papers would be built into each.
                inclusion=InclusionLevel.INCLUDED
                if path == "index.md"
                else InclusionLevel.NOT_IN_NAV,
            )
            file.edit_uri = f"../{source}" if source else None
            files.append(file)
        return Files(selection.restrict(files)) if selection else files

    def on_page_markdown(self, markdown: str, *, page: Any, config: Any, files: Files) -> str:
        """Keep a page that says of itself that it is HTML from the Markdown parser.

        It would come out as it went in, at a third of the whole build's time.
        """
        if page.meta.get("markup") != "html":
            return markdown
        self._html[page.file.src_uri] = markdown
        return ""

    def on_page_content(self, html: str, *, page: Any, config: Any, files: Files) -> str:
        """Put back what `on_page_markdown` kept; lead hand-written links to the forge's forms."""
        kept = self._html.pop(page.file.src_uri, None)
        if kept is None and 'href="forge:' in html:
            html = forge.linked(html, self.settings(config).forge)
        return (html if kept is None else kept).strip()

    def on_env(self, env: Any, *, config: Any, files: Files) -> Any:
        """One environment for all runs of a process, with templates kept between builds."""
        if self._env is None:
            from builder.templating import bytecode_cache

            folder = self.settings(config).work.parent / "templates"
            env.bytecode_cache = bytecode_cache(folder)
            self._env = env
        return self._env

    def on_page_context(self, context: Any, *, page: Any, config: Any, nav: Any) -> Any:
        """Tell the theme which feeds the head of a page names."""
        assert self.prepared is not None
        found = self.prepared.feeds.get(page.file.src_uri, self.prepared.feeds[""])
        context["feeds"] = [
            {
                "title": config.site_name
                if feed.kind == "all"
                else f"{config.site_name}: {feed.name}",
                "url": url,
                "type": kind,
            }
            for feed in found
            for url, kind in ((feed.atom, ATOM), (feed.json, JSON))
        ]
        if self.framing:
            self.framing.begin(context)
        return context

    def on_post_page(self, output: str, *, page: Any, config: Any) -> str:
        """Let the frames of other pages be taken from this one."""
        if self.framing:
            self.framing.end(output, page, self._env)
        return output

    @property
    def searchable(self) -> bool:
        """Whether the search index is wanted."""
        return self.config.search and self.indexing

    def by_hand(self, config: Any) -> tuple[str, ...]:
        """The hand-written Markdown files below their folder that become pages."""
        return tuple(file.src_uri for file in get_files(config).documentation_pages())

    def plain(self, config: Any) -> bool:
        """Whether the theme is the shipped one, and nobody else has a say in what it renders: only
        then is it known what of a page it looks at."""
        known = shipped.templates("theme")
        others = set(config.plugins) - {"papershelf"} or config.hooks
        return not others and all(
            (known / path.relative_to(folder)).is_file()
            and (known / path.relative_to(folder)).read_bytes() == path.read_bytes()
            for folder in self.theme_folders(config)
            for path in folder.rglob("*.html")
        )

    def has_plain_head(self, path: str) -> bool:
        """Whether the head of a page names just the feeds that all pages name."""
        assert self.prepared is not None
        return self.prepared.feeds.get(path) == self.prepared.feeds[""]

    def on_serve(self, server: Any, *, config: Any, builder: Any) -> Any:
        """Build again when content or a template changes."""
        settings = self.settings(config)
        server.watch(str(settings.content))
        for folder in (settings.templates, *self.theme_folders(config)):
            if folder.is_dir():
                server.watch(str(folder))
        return server

    def on_post_build(self, *, config: Any) -> None:
        """Write the files for machines and the search index."""
        if self.selection is None:
            from builder import parallel
            from builder.site import finishing, publishing

            assert self._made is not None
            site, settings, made = Path(config.site_dir), self.settings(config), self._made
            tasks = publishing.papers(site, made.publication, settings)
            publishing.lists(site, made.publication, Memory(), settings, parallel.run(tasks))
            publishing.Sitemap(
                publication=made.publication,
                sources=made.sources,
                by_hand=self.by_hand(config),
            ).write(site, Memory())
            self.prepared = self._made = None
            finishing.finish(
                site,
                settings,
                made,
                themes=self.theme_folders(config),
                searchable=self.searchable,
            )


def edit_base(config: Any) -> str:
    """The address under which the files of content/ are edited, or "" without a repository."""
    if not config.repo_url or not config.edit_uri:
        return ""
    base = urljoin(config.repo_url.rstrip("/") + "/", config.edit_uri.rstrip("/") + "/")
    return urljoin(base, "../")


def default_authority(config: Any) -> str:
    """The tagging entity of RFC 4151 that the site's address gives; "" without an address."""
    host = urlsplit(config.site_url or "").hostname
    # Any date at which the host is its owner's would do; it must be the same for ever.
    return f"{host},2025" if host else ""
