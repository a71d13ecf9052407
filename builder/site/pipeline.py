"""From content/ to Markdown files ready for MkDocs, and the files for machines beside them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from builder import checks, feedlist, history, library
from builder.analysis import Analysis, analyse
from builder.exports.publish import Publication
from builder.exports.redirects import misplaced
from builder.feed import FeedInfo
from builder.library import Library
from builder.memory import Memory, stamp
from builder.pages import book
from builder.pages.facts import FROM_FILES
from builder.pages.map_page import drawing
from builder.pages.people import People
from builder.pages.plan import plan
from builder.pages.render import Renderer
from builder.pages.shape import Shaper
from builder.pages.tracing import KEPT
from builder.pages.views import SiteView
from builder.pages.write import Drawn, Writing
from builder.problems import Problem, ProblemsFound
from builder.site import state
from builder.site.previews import Preview, previews
from builder.site.settings import Settings
from builder.site.stages import Stage, silent
from builder.site.theme import Shown

if TYPE_CHECKING:
    from builder.pages.views import AuthorRow


@dataclass(frozen=True, kw_only=True)
class Prepared(Shown):
    """Everything that the rendering of a site needs, and what its files for machines are made of.

    writing: the pages, which nobody has made yet. publication: what those files are made of.
    previews: slug -> what the preview image of a paper shows, where there shall be some.
    authors: gives those who have a page.
    findings: what the checks of texts found; errors only in a preview.
    """

    publication: Publication
    writing: Writing
    previews: Mapping[str, Preview]
    authors: Callable[[], Sequence[AuthorRow]]
    findings: tuple[Problem, ...]

    @property
    def heads(self) -> Mapping[str, str]:
        """What the heads of some pages say that their Markdown does not: feeds of their own."""
        named = {path: feeds for path, feeds in self.feeds.items() if feeds != self.feeds[""]}
        return {
            path: " ".join(f"{feed.id} {feed.name}" for feed in feeds)
            for path, feeds in named.items()
        }


_SECTIONS = (
    ("Browse", "browse"),
    ("Topics", "tags"),
    ("Editions", "editions"),
    ("Reading paths", "collections"),
    ("Authors", "authors"),
    ("Years", "years"),
    ("Map", "map"),
    ("Subscribe", "subscribe"),
    ("Data health", "health"),
)


def prepare(
    settings: Settings,
    stage: Stage = silent,
    memory: Memory | None = None,
    looked: Mapping[str, str] | None = None,
    known: Callable[[Publication], None] = lambda publication: None,
    beside: ExitStack | None = None,
) -> Prepared:
    """Load, analyse and plan; `stage` is told the name of each step. The pages are left to be made.

    memory: what earlier builds worked out; the site is the same with and without. looked: the
    digests of the files of content/, as far as somebody has just looked at them. known: is told
    what the files for machines are made of, as soon as that is known. beside: holds work of other
    processes, and is to be closed when the pages are made; without, there is none.

    Raises ProblemsFound when content/ is not valid, or, unless this is a preview, when a text in
    it cannot be shown as it is meant.
    """
    memory = memory or Memory()
    stage("Reading content")
    loaded = library.load(settings.content, memory, looked)
    # All pages will be made where none is known.
    is_first = not book.is_kept(memory)
    people = People(loaded, Analysis(), memory=memory)
    ahead = not (is_first or people.has_lists)
    with checks.reviewing(
        loaded,
        memory,
        first=partial(_lists, loaded) if ahead else None,
        kinds=(KEPT, FROM_FILES) if ahead else (),
    ) as (listed, reviewed):
        stage("Tags and links")
        analysis = analyse(loaded, memory)
        timeline = history.timeline(loaded, history.read(settings.content, memory))
        feeds = feedlist.feeds(loaded, analysis, timeline, site_url=settings.url)
        stage("Writing pages")
        # What was found out for lists is in the memory then.
        listed()
        shaper = shaper_of(settings, loaded, analysis, feeds, memory)
        shaper.knows(people)
        publication = Publication(
            library=loaded,
            analysis=analysis,
            site=settings.site,
            timeline=timeline,
            feeds=feeds,
            references=shaper.references,
        )
        to_markdown = renderer(settings)
        drawn: Mapping[str, Callable[[], Drawn]] = {}
        if beside:
            drawn = beside.enter_context(
                drawing(shaper, memory, to_markdown.render, aside=not is_first)
            )
        known(publication)
        with shaper.preparing() if is_first else nullcontext():
            pages = list(plan(shaper, newsletter=settings.newsletter))
            writing = Writing(
                pages,
                shaper,
                to_markdown,
                settings.pages,
                memory=memory,
                form=_form(settings),
                aside=drawn,
            )
        findings = reviewed()
    if not settings.preview and any(item.severity == "error" for item in findings):
        raise ProblemsFound(findings)
    sources = {page.path: page.source for page in pages}
    by_hand = loaded.root / "pages"
    manual = [path.relative_to(by_hand).as_posix() for path in by_hand.rglob("*.md")]
    astray = list(misplaced(loaded.redirects, {*sources, *manual}))
    if astray:
        raise ProblemsFound(astray)
    return Prepared(
        sources=sources,
        sections=tuple(
            (title, f"{folder}/") for title, folder in _SECTIONS if f"{folder}/index.md" in sources
        ),
        publication=publication,
        writing=writing,
        feeds=feedlist.on_pages(feeds, loaded, ("", *sources)),
        previews=previews(shaper.cards(shaper.slugs), settings.name) if settings.social else {},
        authors=lambda: shaper.authors_with_pages,
        warning=timeline.history.warning,
        findings=tuple(findings),
    )


def _lists(loaded: Library, memory: Memory) -> None:
    People(loaded, Analysis(), memory=memory).prepare_lists()


def shaper_of(
    settings: Settings,
    loaded: Library,
    analysis: Analysis,
    feeds: Sequence[FeedInfo],
    memory: Memory,
) -> Shaper:
    """Makes what the pages of a site show."""
    return Shaper(
        loaded,
        analysis,
        feeds,
        site_name=settings.name,
        address=settings.url,
        previews=settings.social,
        memory=memory,
    )


def renderer(settings: Settings) -> Renderer:
    """Makes Markdown of pages, with the templates of a site."""
    site = SiteView(
        name=settings.name,
        description=settings.description,
        edit_base=settings.edit_base,
        forge=settings.forge,
    )
    return Renderer(settings.templates, site, settings.work.parent / "templates")


def _form(settings: Settings) -> str:
    """A digest of what all pages are made of beside the library: templates and settings."""
    own = replace(settings, content=Path(), work=Path(), templates=Path())
    return stamp(repr(own), *(repr(state.digests(folder)) for folder in settings.template_folders))
