"""Corrections: what changed in papers after they came to the list, each in a sentence."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from builder.content import paper
from builder.content.paper import Link, Paper
from builder.history.git import Change, History
from builder.history.timeline import Timeline
from builder.memory import Memory, packed, stamp, unpacked
from builder.problems import ProblemsFound

# What is kept between builds.
(_KIND,) = KINDS = ("corrections",)
# Texts of so many changes are fetched from Git at once: most lists need one round.
_BATCH = 100


@dataclass(frozen=True, kw_only=True)
class Correction:
    """One change of one paper. commit: the whole id; sentence: what changed, plain text."""

    slug: str
    commit: str
    time: datetime
    sentence: str


def corrections(
    timeline: Timeline, limit: int, memory: Memory | None = None
) -> tuple[Correction, ...]:
    """The newest corrections of papers in the list, newest first, then by slug.

    A change that says the same in other letters (line breaks, quotes, order of keys) is none.
    memory: what earlier builds worked out, for Git is asked for every text.
    """
    memory = memory or Memory()
    tags = [(tag.id, tag.name) for tag in timeline.library.vocabulary.tags.values()]
    # Without a stamp nobody knows whether the history is the same.
    made = timeline.history.stamp and stamp(
        timeline.history.stamp, repr((limit, tags, tuple(timeline.names.items())))
    )
    known, value = memory.recall(_KIND).get(_KIND, ("", b""))
    if made and made == known:
        found = unpacked(value)
        if found is not None:
            return found
    found = tuple(itertools.islice(_corrections(timeline), limit))
    if made:
        memory.remember(_KIND, {_KIND: (made, packed(found))})
    return found


def _corrections(timeline: Timeline) -> Iterator[Correction]:
    steps = [
        (slug, before, after)
        for slug, names in timeline.names.items()
        for before, after in itertools.pairwise(_states(timeline.history, names))
    ]
    tags = {tag.id: tag.name for tag in timeline.library.vocabulary.tags.values()}
    steps.sort(key=lambda step: (-step[2].order, step[0]))
    for start in range(0, len(steps), _BATCH):
        batch = steps[start : start + _BATCH]
        texts = timeline.history.texts(c.new for _, *pair in batch for c in pair if c.new)
        for slug, before, after in batch:
            sentence = _sentence(texts.get(before.new or ""), texts.get(after.new or ""), tags)
            if before.path != after.path:
                sentence = f"The page moved here from /{before.path[:-3]}/. {sentence}".strip()
            if sentence:
                yield Correction(slug=slug, commit=after.commit, time=after.time, sentence=sentence)


def _states(history: History, names: tuple[str, ...]) -> Iterator[Change]:
    """The changes of a paper's file, oldest first, and those under the names that it had before.

    A former name counts where its file was gone when the next one came: the others were entries
    of their own, merged into this one later.
    """
    found = _versions(history, names[-1])
    for name in reversed(names[:-1]):
        earlier = history.changes.get(f"papers/{name}.md", ())
        if earlier and not earlier[-1].new and (not found or earlier[-1].order <= found[0].order):
            found = [*_versions(history, name), *found]
    if found and found[0].old is not None:
        # Where a shallow clone ends: the state before the first known change is known, too.
        yield replace(found[0], order=-1, old=None, new=found[0].old)
    yield from found


def _versions(history: History, name: str) -> list[Change]:
    return [change for change in history.changes.get(f"papers/{name}.md", ()) if change.new]


def _sentence(before: str | None, after: str | None, tags: Mapping[str, str]) -> str:
    """What changed between two texts of a paper's file; "" if nothing did."""
    if before == after:
        return ""
    try:
        old, new = (paper.parse(text or "", path="paper.md") for text in (before, after))
    except ProblemsFound:
        return "The entry was edited."
    return describe(old, new, tags)


def describe(old: Paper, new: Paper, tags: Mapping[str, str]) -> str:
    """What differs between two states of a paper, as one sentence; "" for equal ones.

    tags: id -> name.
    """
    whole = "; ".join(_differences(old, new, tags))
    if not whole:
        return ""
    # Nobody writes ArXiv.
    return f"{whole}." if whole.startswith("arXiv") else f"{whole[0].upper()}{whole[1:]}."


def _differences(old: Paper, new: Paper, tags: Mapping[str, str]) -> Iterator[str]:
    yield from _fact("title", _quoted(old.title), _quoted(new.title))
    yield from _names("authors", old.authors, new.authors)
    yield from _fact("number of authors", old.author_count, new.author_count)
    yield from _fact("organization", old.organization, new.organization)
    yield from _fact("date", old.date, new.date)
    yield from _fact("arXiv id", old.arxiv, new.arxiv)
    yield from _fact("DOI", old.doi, new.doi)
    yield from _fact("venue", old.venue, new.venue)
    yield from _names("links", _shown(old.links), _shown(new.links))
    yield from _text("summary", old.summary, new.summary)
    yield from _text("abstract", old.abstract, new.abstract)
    yield from _text("notes", old.notes, new.notes)
    before, after = (tuple(_quoted(tags.get(t, t)) for t in p.tags or ()) for p in (old, new))
    if new.tags is None and old.tags is not None:
        yield "topics left to suggestions"
    elif old.tags is None and after:
        yield f"topics chosen by an editor: {_several(list(after))}"
    else:
        yield from _names("topics", before, after)
    yield from _names("papers to read next", old.related, new.related)
    if old.pick != new.pick:
        yield "made an editors' pick" if new.pick else "no editors' pick any more"


def _fact(name: str, old: object, new: object) -> Iterator[str]:
    if old == new:
        return
    if old is None:
        yield f"{name} added: {new}"
    elif new is None:
        yield f"{name} removed ({old})"
    else:
        yield f"{name} corrected from {old} to {new}"


def _text(name: str, old: str | None, new: str | None) -> Iterator[str]:
    if old == new:
        return
    yield f"{name} {'added' if not old else 'removed' if not new else 'reworded'}"


def _names(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[str]:
    """What came to a list and left it; for the same items in another order, that."""
    came = [item for item in new if item not in old]
    left = [item for item in old if item not in new]
    if came:
        yield f"{name} added: {_several(came)}"
    if left:
        yield f"{name} removed: {_several(left)}"
    if old != new and not came and not left:
        yield f"{name} put in another order"


def _several(items: list[str], most: int = 5) -> str:
    if len(items) <= most + 1:
        return ", ".join(items)
    return f"{', '.join(items[:most])} and {len(items) - most} more"


def _shown(links: tuple[Link, ...]) -> tuple[str, ...]:
    return tuple(f"{link.url} ({link.kind})" for link in links)


def _quoted(words: str) -> str:
    return f"“{words}”"
