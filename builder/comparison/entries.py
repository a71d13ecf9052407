"""Topics, listings and reading paths of two libraries, compared."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from builder.content.collection import Collection
from builder.content.edition import Edition
from builder.content.vocabulary import Vocabulary
from builder.library import Library
from builder.wording import edition_names

# (name of the field, what it is about or "", value before, value after).
Values = Iterable[tuple[str, str, object, object]]

# (name as people know it, attribute).
_LISTING_FIELDS = (
    ("title", "title"),
    ("source", "source"),
    ("date", "date"),
    ("date_inferred", "date_inferred"),
)
_PATH_FIELDS = (("title", "title"), ("summary", "summary"), ("introduction", "intro"))


@dataclass(frozen=True, kw_only=True)
class FieldChange:
    """One field before and after, in words; None where it was absent.

    about: the title of the paper that a note of a reading path, or a number of comments in a
    listing, belongs to; "" elsewhere.
    """

    field: str
    before: str | None
    after: str | None
    about: str = ""


@dataclass(frozen=True, kw_only=True)
class EntryChange:
    """A topic, listing or reading path that came, went, or is another one now.

    kind: "topic", "listing" or "reading path". path: of its page, below the site's root. what:
    "added", "removed" or "changed". gained, lost: titles of papers. reordered: whether the papers
    that stayed stand in another order. size: how many papers it has, where it has a list of them.
    leads: where the address of what was removed leads now; "" for nowhere.
    """

    kind: str
    name: str
    path: str
    what: str
    fields: tuple[FieldChange, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    reordered: bool = False
    size: int | None = None
    leads: str = ""


def words(value: object) -> str | None:
    """A value as a person reads it; None where it is absent."""
    if isinstance(value, tuple):
        return ", ".join(map(str, value)) or None
    if isinstance(value, bool):
        return "yes" if value else None
    return None if value is None or value == "" else str(value)


def changed_fields(values: Values) -> tuple[FieldChange, ...]:
    """Those that differ."""
    return tuple(
        FieldChange(field=name, before=words(before), after=words(after), about=about)
        for name, about, before, after in values
        if before != after
    )


def compare_entries(
    old: Library, new: Library, moved: Mapping[str, str], known: Callable[[str], bool]
) -> Iterator[EntryChange]:
    """All that differ, topics first, each kind in the order in which the site shows it.

    moved: old slug -> new slug of renamed papers. known: whether a file, by its path below
    content/, could be read in both states, or is not there in one.
    """
    leads = {item.old: item.new for item in new.redirects.entries}
    if known("tags.yml"):
        for change in _topics(old.vocabulary, new.vocabulary):
            yield replace(change, leads=leads.get(change.path, ""))
    titles = {slug: item.title for library in (old, new) for slug, item in library.papers.items()}
    for slug, after in moved.items():
        titles[slug] = titles[after]
    names = {**edition_names(old.editions.values()), **edition_names(new.editions.values())}
    for kind, folder, ending, befores, afters in (
        ("listing", "editions", "yml", old.editions, new.editions),
        ("reading path", "collections", "md", old.collections, new.collections),
    ):
        for key in (*afters, *(key for key in befores if key not in afters)):
            if known(f"{folder}/{key}.{ending}"):
                before, after = befores.get(key), afters.get(key)
                # An id of a listing is none of a reading path: each kind has its own names.
                called = names if kind == "listing" else {}
                for change in _list(kind, f"/{folder}/{key}/", before, after, moved, titles):
                    name = called.get(key, change.name)
                    yield replace(change, name=name, leads=leads.get(change.path, ""))


def _topics(old: Vocabulary, new: Vocabulary) -> Iterator[EntryChange]:
    for kind, path, befores, afters in (
        ("group of topics", "/tags/", old.facets, new.facets),
        ("topic", "/tags/{}/", old.tags, new.tags),
    ):
        for key in (*afters, *(key for key in befores if key not in afters)):
            before, after = befores.get(key), afters.get(key)
            one = after or before
            names = [name for name in vars(one) if name != "id"]
            fields = changed_fields(
                (
                    name.replace("_", " "),
                    "",
                    getattr(before, name, None),
                    getattr(after, name, None),
                )
                for name in names
            )
            if before is None or after is None:
                fields = tuple(item for item in fields if item.field == "definition")
            if fields:
                yield EntryChange(
                    kind=kind,
                    name=one.name,
                    path=path.format(key),
                    what=_what(before, after),
                    fields=fields,
                )


def _list(
    kind: str,
    path: str,
    before: Edition | Collection | None,
    after: Edition | Collection | None,
    moved: Mapping[str, str],
    titles: Mapping[str, str],
) -> Iterator[EntryChange]:
    one = after or before
    slugs = [
        [moved.get(item.paper, item.paper) for item in side.papers] if side else []
        for side in (before, after)
    ]
    made = EntryChange(
        kind=kind, name=one.title, path=path, what=_what(before, after), size=len(one.papers)
    )
    if before is None or after is None:
        yield made
        return
    common = [[slug for slug in side if slug in other] for side, other in (slugs, slugs[::-1])]
    found = replace(
        made,
        fields=changed_fields(_fields(before, after, moved, titles)),
        gained=_titles(slugs[1], slugs[0], titles),
        lost=_titles(slugs[0], slugs[1], titles),
        reordered=common[0] != common[1],
    )
    if found != made:
        yield found


def _fields(
    before: Edition | Collection,
    after: Edition | Collection,
    moved: Mapping[str, str],
    titles: Mapping[str, str],
) -> Values:
    listing = isinstance(after, Edition)
    for name, attribute in _LISTING_FIELDS if listing else _PATH_FIELDS:
        yield name, "", getattr(before, attribute), getattr(after, attribute)
    name = "comments" if listing else "note"
    was = {moved.get(item.paper, item.paper): item for item in before.papers}
    for item in after.papers:
        if item.paper in was:
            about = titles.get(item.paper, item.paper)
            yield name, about, getattr(was[item.paper], name), getattr(item, name)


def _titles(slugs: list[str], without: list[str], titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(titles.get(slug, slug) for slug in slugs if slug not in without)


def _what(before: object, after: object) -> str:
    return "added" if before is None else "removed" if after is None else "changed"
