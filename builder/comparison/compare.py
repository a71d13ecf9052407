"""Two states of a library, compared: papers, fields, topics, links, pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from builder.analysis import Analysis, analyse
from builder.content import paper
from builder.content.paper import Paper
from builder.importers.same import title_key
from builder.library import Library
from builder.pages.plan import plan
from builder.pages.tombstones import tombstones

FIELDS = (*paper.KEYS, "abstract", "notes")


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field before and after, in words; None where it was absent."""

    field: str
    before: str | None
    after: str | None


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

    added: (slug, title). files: other content files that differ: (path, "added" | "removed" |
    "changed"). suggestions: papers whose automatic topics differ; links: papers whose cross-links
    do; both by title, without papers that came or went. pages: paths of pages of the site.
    partial: why suggestions, links and pages are not known; "" where they are.
    """

    added: tuple[tuple[str, str], ...] = ()
    removed: tuple[Gone, ...] = ()
    changed: tuple[PaperChange, ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    suggestions: tuple[Turnover, ...] = ()
    links: tuple[Turnover, ...] = ()
    pages: Turnover = Turnover(name="pages", gained=(), lost=())
    pages_changed: tuple[str, ...] = ()
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
    base = Comparison(
        added=tuple(
            (slug, item.title)
            for slug, item in new.papers.items()
            if slug not in old.papers and slug not in moved.values()
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
            if slug not in new.papers and slug not in known
        ),
        changed=tuple(item for item in changes if item.fields or item.renamed),
        files=tuple(_files(*texts)),
        partial=partial,
    )
    if partial:
        return base
    return _analysed(base, old, new, moved)


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
                fields=tuple(_fields(old.papers[before], item)),
                redirected=before == slug or f"/papers/{before}/" in leads,
            )


def _fields(old: Paper, new: Paper) -> Iterator[FieldChange]:
    for name in FIELDS:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            # "tags: []" is a curator's word: this paper has none.
            was, now = ("none" if value == () and name == "tags" else _words(value)
                        for value in (before, after))  # fmt: skip
            yield FieldChange(field=name, before=was, after=now)


def _words(value: object) -> str | None:
    """A value of a paper's field as a person reads it; None where it is absent."""
    if isinstance(value, tuple):
        parts = [f"{i.url} ({i.kind})" if isinstance(i, paper.Link) else i for i in value]
        return ", ".join(parts) or None
    if isinstance(value, bool):
        return "yes" if value else None
    return None if value is None else str(value)


def _files(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path in sorted(old.keys() | new.keys()):
        if old.get(path) == new.get(path) or path.startswith("papers/"):
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
        {page.path: page for page in (*plan(library, analysis), *tombstones(library))}
        for library, analysis in ((old, first), (new, second))
    ]
    both = pages[0].keys() & pages[1].keys()
    return Comparison(
        **{
            **vars(base),
            "suggestions": tuple(suggestions),
            "links": tuple(links),
            "pages": Turnover(
                name="pages",
                gained=tuple(sorted(map(_address, pages[1].keys() - both))),
                lost=tuple(sorted(map(_address, pages[0].keys() - both))),
            ),
            "pages_changed": tuple(
                sorted(_address(path) for path in both if pages[0][path] != pages[1][path])
            ),
        }
    )


def _turnover(name: str, before: set[str], after: set[str]) -> list[Turnover]:
    gained, lost = tuple(sorted(after - before)), tuple(sorted(before - after))
    return [Turnover(name=name, gained=gained, lost=lost)] if gained or lost else []


def _address(path: str) -> str:
    inner = path.removesuffix(".md").removesuffix("index").strip("/")
    return f"/{inner}/" if inner else "/"
