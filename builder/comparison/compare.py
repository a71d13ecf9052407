"""Two states of a library, compared: papers, fields, topics, links, pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from builder.analysis import Analysis, analyse
from builder.comparison.entries import EntryChange, FieldChange, changed_fields, compare_entries
from builder.content import paper
from builder.content.paper import Paper
from builder.importers.same import title_key
from builder.library import Library
from builder.pages.page import Page
from builder.pages.plan import plan
from builder.pages.shape import Shaper
from builder.wording import byline

FIELDS = (*paper.KEYS, "abstract", "notes")


@dataclass(frozen=True, kw_only=True)
class PaperChange:
    """A paper that is in both states. old: its slug before."""

    slug: str
    old: str
    title: str
    fields: tuple[FieldChange, ...] = ()
    redirected: bool = True

    @property
    def renamed(self) -> bool:
        """Whether the page has another address."""
        return self.old != self.slug


@dataclass(frozen=True, kw_only=True)
class Added:
    """A paper that is in the second state alone, and what the site makes of it.

    byline: its authors in a line. topics: names of those that its file gives; suggested: of those
    that it would get by itself; links: titles of the papers that its page leads to.
    """

    slug: str
    title: str
    byline: str = ""
    topics: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Gone:
    """A paper that is in the first state alone. reason: its tombstone's, None without one."""

    slug: str
    title: str
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Turnover:
    """What came to a set and left it, both sorted."""

    name: str
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What differs between two states of a library.

    entries: topics, listings and reading paths. files: other content files
    that differ, and those that cannot be read: (path, "added" | "removed" | "changed").
    suggestions: papers whose automatic topics differ; links: papers whose cross-links do; both by
    title, without papers that came or went. pages: paths of pages of the site. direct: those of
    pages_changed and of the new ones of which the change speaks itself, in its order; others change
    with them. partial: why suggestions, links and pages are not known; "" where they are.
    """

    added: tuple[Added, ...] = ()
    removed: tuple[Gone, ...] = ()
    changed: tuple[PaperChange, ...] = ()
    entries: tuple[EntryChange, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[Turnover, ...] = ()
    links: tuple[Turnover, ...] = ()
    pages: Turnover = Turnover(name="pages", gained=(), lost=())
    pages_changed: tuple[str, ...] = ()
    direct: tuple[str, ...] = ()
    partial: str = ""


def compare(
    old: Library,
    new: Library,
    *,
    texts: tuple[Mapping[str, str], Mapping[str, str]],
    partial: str = "",
) -> Comparison:
    """Compare two states.

    texts: of all files of the two, by path below content/. partial: why the two cannot be analysed,
    such as a mistake in one; then what needs an analysis is left out.
    """
    moved = _moved(old, new)
    changes = tuple(_papers(old, new, moved))
    known = {item.old for item in changes}
    broken = frozenset(_broken(old, texts[0])) | frozenset(_broken(new, texts[1]))
    base = Comparison(
        added=tuple(
            _added(new, item)
            for slug, item in new.papers.items()
            if slug not in old.papers
            and slug not in moved.values()
            and f"papers/{slug}.md" not in broken
        ),
        removed=tuple(
            Gone(
                slug=slug,
                title=item.title,
                reason=new.removed.tombstones[slug].reason
                if slug in new.removed.tombstones
                else None,
            )
            for slug, item in old.papers.items()
            if slug not in new.papers and slug not in known and f"papers/{slug}.md" not in broken
        ),
        changed=tuple(item for item in changes if item.fields or item.renamed),
        entries=tuple(compare_entries(old, new, moved, lambda path: path not in broken)),
        files=tuple(_files(*texts, broken)),
        partial=partial,
    )
    base = replace(base, direct=tuple(_direct(base)))
    if partial:
        return base
    return _analysed(base, old, new, moved)


def _broken(library: Library, texts: Mapping[str, str]) -> Iterator[str]:
    """The papers, listings and reading paths that are there and could not be read; tags.yml where
    it has no topic."""
    for path in texts:
        folder, _, name = path.rpartition("/")
        for there, kind, ending in (
            (library.papers, "papers", ".md"),
            (library.editions, "editions", ".yml"),
            (library.collections, "collections", ".md"),
        ):
            if folder == kind and name.endswith(ending) and name.removesuffix(ending) not in there:
                yield path
    if "tags.yml" in texts and not library.vocabulary.source.path:
        yield "tags.yml"


def _added(library: Library, item: Paper) -> Added:
    tags = library.vocabulary.tags
    return Added(
        slug=item.slug,
        title=item.title,
        byline=byline(item),
        topics=tuple(tags[tag].name if tag in tags else tag for tag in item.tags or ()),
    )


def _direct(found: Comparison) -> Iterator[str]:
    """The addresses of pages of which a change speaks itself, in its order."""
    yield from (f"/papers/{item.slug}/" for item in found.added)
    yield from (f"/papers/{item.slug}/" for item in found.changed)
    yield from (f"/papers/{item.slug}/" for item in found.removed if item.reason is not None)
    yield from dict.fromkeys(item.path for item in found.entries if item.what != "removed")
    for path, what in found.files:
        if path.startswith("pages/") and path.endswith(".md") and what != "removed":
            yield _address(path.removeprefix("pages/"))


def _moved(old: Library, new: Library) -> dict[str, str]:
    """Old slug -> new slug of each renamed paper: by its redirect, or else by its title."""
    gone = [slug for slug in old.papers if slug not in new.papers]
    came = [slug for slug in new.papers if slug not in old.papers]
    lead = {item.old: item.new for item in new.redirects.entries}
    titles = {title_key(new.papers[slug].title): slug for slug in reversed(came)}
    found: dict[str, str] = {}
    for slug in gone:
        target = lead.get(f"/papers/{slug}/", "").removeprefix("/papers/").rstrip("/")
        target = target or titles.get(title_key(old.papers[slug].title), "")
        if target in came and target not in found.values():
            found[slug] = target
    return found


def _papers(old: Library, new: Library, moved: Mapping[str, str]) -> Iterator[PaperChange]:
    leads = {item.old for item in new.redirects.entries}
    back = {after: before for before, after in moved.items()}
    for slug, item in new.papers.items():
        before = back.get(slug, slug)
        if before in old.papers:
            yield PaperChange(
                slug=slug,
                old=before,
                title=item.title,
                fields=_fields(old.papers[before], item),
                redirected=before == slug or f"/papers/{before}/" in leads,
            )


def _fields(old: Paper, new: Paper) -> tuple[FieldChange, ...]:
    return changed_fields(
        (name, "", _shown(name, getattr(old, name)), _shown(name, getattr(new, name)))
        for name in FIELDS
    )


def _shown(name: str, value: object) -> object:
    if name == "tags" and value == ():
        # "tags: []" is a curator's word: this paper has none.
        return "none"
    if name == "links" and isinstance(value, tuple):
        return tuple(f"{item.url} ({item.kind})" for item in value)
    return value


def _files(
    old: Mapping[str, str], new: Mapping[str, str], broken: Collection[str]
) -> Iterator[tuple[str, str]]:
    for path in sorted(old.keys() | new.keys()):
        told = path == "tags.yml" or path.startswith(("papers/", "editions/", "collections/"))
        if old.get(path) == new.get(path) or (told and path not in broken):
            continue
        yield path, "added" if path not in old else "removed" if path not in new else "changed"


def _analysed(base: Comparison, old: Library, new: Library, moved: Mapping[str, str]) -> Comparison:
    first, second = analyse(old), analyse(new)
    kept = [
        (slug, moved.get(slug, slug)) for slug in old.papers if moved.get(slug, slug) in new.papers
    ]
    kept.sort(key=lambda pair: pair[1])

    def named(library: Library, slug: str) -> str:
        return library.papers[slug].title if slug in library.papers else slug

    def auto(library: Library, analysis: Analysis, slug: str) -> set[str]:
        tags = library.vocabulary.tags
        return {tags[use.id].name for use in analysis.tags[slug] if use.by == "auto"}

    suggestions, links = [], []
    for before, after in kept:
        title = new.papers[after].title
        came = {item.slug for item in second.related[after]}
        went = {moved.get(item.slug, item.slug) for item in first.related[before]}
        found = _turnover(
            title,
            {named(old if slug in old.papers else new, slug) for slug in went - came},
            {named(new, slug) for slug in came - went},
        )
        links += found
        # Where curators' tags came, or went, the fields say so.
        if old.papers[before].tags is None and new.papers[after].tags is None:
            suggestions += _turnover(title, auto(old, first, before), auto(new, second, after))
    pages = [
        {page.path: page for page in plan(Shaper(library, analysis))}
        for library, analysis in ((old, first), (new, second))
    ]
    both = pages[0].keys() & pages[1].keys()
    written = [
        {path.removeprefix("pages/") for path, what in base.files if what == kind and
         path.startswith("pages/") and path.endswith(".md")}
        for kind in ("added", "removed", "changed")
    ]  # fmt: skip
    changed = {path for path in both if _seen(pages[0][path]) != _seen(pages[1][path])}
    return replace(
        base,
        added=tuple(
            replace(
                item,
                suggested=tuple(
                    new.vocabulary.tags[use.id].name
                    for use in second.tags[item.slug]
                    if use.by == "auto"
                ),
                links=tuple(new.papers[link.slug].title for link in second.related[item.slug]),
            )
            for item in base.added
        ),
        suggestions=tuple(suggestions),
        links=tuple(links),
        pages=Turnover(
            name="pages",
            gained=_addresses((pages[1].keys() - both) | written[0]),
            lost=_addresses((pages[0].keys() - both) | written[1]),
        ),
        pages_changed=_addresses(changed | written[2]),
    )


def _addresses(paths: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(map(_address, paths)))


def _seen(page: Page) -> tuple[str, object]:
    return page.template, page.view


def _turnover(name: str, before: set[str], after: set[str]) -> list[Turnover]:
    gained, lost = tuple(sorted(after - before)), tuple(sorted(before - after))
    return [Turnover(name=name, gained=gained, lost=lost)] if gained or lost else []


def _address(path: str) -> str:
    inner = path.removesuffix(".md").removesuffix("index").strip("/")
    return f"/{inner}/" if inner else "/"
