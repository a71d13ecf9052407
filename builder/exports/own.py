"""The own files of papers (`publish.publish_papers`), and which of them may be others now."""

from __future__ import annotations

from collections.abc import Mapping

from builder.exports.publish import Publication
from builder.memory import Memory, packed, unpacked

(_PAPERS,) = KINDS = ("published papers",)
# Texts in a row are one text, which is read and written in a fraction of the time of a table.
_NEXT = "\0"


class OwnFiles:
    """What is known of them.

    stale: slugs of the papers whose own files may be others than `remember` last knew, in the
    order of all papers; gone: of those that it knew and that are no more.
    """

    def __init__(self, publication: Publication, memory: Memory) -> None:
        self._publication = publication
        self._memory = memory
        common, self._own, self._titles, names = _recalled(memory)
        now = publication.own
        changed = {slug for slug, made in now.items() if self._own.get(slug) != made}
        self.gone = [slug for slug in self._own if slug not in now]
        retitled = self._retitle(changed)
        if common != publication.common:
            self.stale = list(now)
            return
        # A paper's own text names those that it is tied to, and where it was listed.
        if retitled:
            ties = publication.analysis.ties
            changed |= {slug for slug in now if not retitled.isdisjoint(ties[slug])}
        renamed = {key for key, name in publication.edition_names.items() if names.get(key) != name}
        if renamed:
            changed |= {
                slug
                for slug, found in publication.library.appearances.items()
                if not renamed.isdisjoint(item.edition.id for item in found)
            }
        self.stale = [slug for slug in now if slug in changed]

    def _retitle(self, changed: set[str]) -> set[str]:
        """Know the titles as they are now; returns the slugs of those that are others. A title
        is another only where the paper's file is, so that few are looked at."""
        papers = self._publication.library.papers
        titles = {slug: papers[slug].title for slug in changed}
        retitled = {slug for slug, title in titles.items() if self._titles.get(slug) != title}
        for slug in self.gone:
            retitled.add(slug)
            self._titles.pop(slug, None)
        self._titles |= titles
        return retitled

    def remember(self) -> None:
        """Know that all of them stand as they should."""
        own = self._publication.own
        titles = [self._titles[slug] for slug in own]
        rows = (_NEXT.join(row) for row in (own, own.values(), titles))
        names = dict(self._publication.edition_names)
        value = (self._publication.common, *rows, names)
        self._memory.remember(_PAPERS, {_PAPERS: ("", packed(value))})


def _recalled(memory: Memory) -> tuple[str, Mapping[str, str], dict[str, str], Mapping[str, str]]:
    known = unpacked(memory.one(_PAPERS, _PAPERS)[1])
    if known is None:
        return "", {}, {}, {}
    common, *rows, names = known
    slugs, own, titles = (row.split(_NEXT) if row else [] for row in rows)
    return (
        common,
        dict(zip(slugs, own, strict=True)),
        dict(zip(slugs, titles, strict=True)),
        names,
    )
