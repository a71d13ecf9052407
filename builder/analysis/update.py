"""An analysis brought up to date with a library: what has not changed is not worked out anew.

Each result is made of a paper's own text, of its neighbours', and of a few tables for all: what
terms, phrases and tags weigh, how words are written, which names there are, what was learned. The
tables are made anew, compared with those before, and what is made of an entry that differs is made
anew as well, by the very functions that make everything the first time. Since all sums are of whole
numbers (`builder.analysis.rows`), the result is that of a whole analysis.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from builder import parallel
from builder.analysis import learning, links, mentions, neighbours
from builder.analysis.documents import Documents, Texts, read
from builder.analysis.kept import Kept, Tokens, Unusable, recall, remember
from builder.analysis.known_names import again as look_again
from builder.analysis.known_names import candidates, known_names
from builder.analysis.links import Backwards
from builder.analysis.model import Mention, Related, TagUse
from builder.analysis.phrases import PhraseFinder
from builder.analysis.reading import Reading, uses
from builder.analysis.reasons import Reasons
from builder.analysis.reference import day, reference_count
from builder.analysis.rows import NONE, Rows, distinct
from builder.analysis.similarity import Near, nearest_again
from builder.analysis.stamps import links_stamp, related_stamp, tags_stamp
from builder.analysis.tags import Tagger, tags_of
from builder.analysis.terms import commonness, vectors
from builder.analysis.words import written
from builder.content.paper import Paper
from builder.library import Library
from builder.memory import Memory, stamp

# What stands in a slot without a paper.
_NOBODY = Paper(slug="", title="", abstract="")
# A change of a larger share of the papers is quicker done from nothing.
_MOST_CHANGED = 0.3
# With more names than these come or gone all abstracts are looked through.
_MANY_NAMES = 20
# So many papers are looked at faster by several processes than by this one.
_MANY = 2000


def bring_up_to_date(library: Library, memory: Memory) -> Update:
    """What is kept in `memory`, brought up to date with the library, and kept there again."""
    rules = _rules(library)
    old = recall(memory, rules)
    files, before = library.paper_digests, dict(zip(old.slugs, old.prints, strict=True))
    read = dict(zip(old.slugs, old.files, strict=True))
    prints = {
        slug: before[slug] if files[slug] and read.get(slug) == files[slug] else _print(paper)
        for slug, paper in library.papers.items()
    }
    differing = sum(before.get(slug) != mark for slug, mark in prints.items())
    if differing > _MOST_CHANGED * len(prints) or _is_stale(old, len(prints)):
        old = Kept(rules=rules)
    try:
        update = Update(library, old, prints, memory)
        update.run()
    except Unusable:
        update = Update(library, Kept(rules=rules), prints, memory)
        update.run()
    update.kept.files = [files.get(slug, "") for slug in update.kept.slugs]
    remember(memory, update.kept)
    return update


def _is_stale(old: Kept, count: int) -> bool:
    """Whether too much is kept that nobody needs: slots of papers that are gone, words of texts
    that are no more."""
    return len(old.slugs) > 1.25 * count + 10 or (
        np.count_nonzero(old.known + old.other) < 0.75 * len(old.known)
    )


def _rules(library: Library) -> str:
    """A digest of all but papers and collections that an analysis is made of."""
    return stamp(
        *(
            repr((tag.id, tag.name, tag.phrases, tag.synonyms))
            for tag in library.vocabulary.tags.values()
        )
    )


def _finder(library: Library, memory: Memory) -> PhraseFinder:
    """The finder of a vocabulary, which is remembered by its file's digest."""
    digest = library.digests.get("tags.yml", "")
    if not digest:
        return PhraseFinder(library.vocabulary)
    return memory.known("phrases", digest, lambda: PhraseFinder(library.vocabulary))


def _print(paper: Paper) -> str:
    """A digest of all of a paper that an analysis is made of."""
    facts = (paper.tags, paper.related, str(paper.date), paper.arxiv, paper.venue)
    text = f"{len(paper.title)} {len(paper.abstract)} {paper.title}{paper.abstract}{facts!r}"
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _text_print(paper: Paper) -> str:
    text = f"{len(paper.title)} {paper.title}{paper.abstract}"
    return blake2b(text.encode(), digest_size=16).hexdigest()


class Update:
    """The work of one update, step by step; `kept` is changed in place."""

    def __init__(self, library: Library, old: Kept, prints: dict[str, str], memory: Memory) -> None:
        self.library = library
        self.kept = old
        self.tokens = Tokens(memory)
        self.slot = {slug: slot for slot, slug in enumerate(old.slugs) if slug}
        self._find_changes(prints)
        self.papers = [library.papers[slug] if slug else _NOBODY for slug in old.slugs]
        self.texts = Texts(self.papers)
        self.finder = _finder(library, memory)

    def _find_changes(self, prints: dict[str, str]) -> None:
        """Give slots to new papers, free those of papers that are gone, and note what differs."""
        old, papers = self.kept, self.library.papers
        gone = [slot for slug, slot in self.slot.items() if slug not in papers]
        changed = [
            slug
            for slug, mark in prints.items()
            if slug not in self.slot or old.prints[self.slot[slug]] != mark
        ]
        # Slots with another text, or none any more; with another paper, or none; with any change.
        self.rewritten: set[int] = set(gone)
        self.moved: set[int] = set(gone)
        for slot in gone:
            del self.slot[old.slugs[slot]]
            old.slugs[slot] = old.prints[slot] = old.texts[slot] = ""
            old.days[slot] = 0
        free = [slot for slot, slug in enumerate(old.slugs) if not slug][::-1]
        edited = set(gone)
        for slug in changed:
            paper = papers[slug]
            if slug not in self.slot:
                slot = free.pop() if free else self._new_slot()
                self.slot[slug] = slot
                self.moved.add(slot)
                old.slugs[slot] = slug
            slot = self.slot[slug]
            text = _text_print(paper)
            if text != old.texts[slot] or slot in self.moved:
                self.rewritten.add(slot)
            old.prints[slot], old.texts[slot] = prints[slug], text
            old.days[slot] = day(paper).toordinal()
            edited.add(slot)
        self.edited = sorted(edited)

    def _new_slot(self) -> int:
        old = self.kept
        old.slugs.append("")
        old.prints.append("")
        old.texts.append("")
        old.days.append(0)
        for values in (old.coined, old.brackets, old.places, old.mentions, old.tags, old.links):
            values.append(())
        old.stamps.append(("", "", ""))
        return len(old.slugs) - 1

    def run(self) -> None:
        """Do all that is to be done."""
        if self.edited:
            self.kept.mark("papers")
            count = len(self.kept.slugs)
            self.ranks = np.full(count, count, dtype=np.int64)
            self.ranks[[self.slot[slug] for slug in self.library.papers]] = np.arange(
                len(self.library.papers)
            )
            self._weigh()
            self._tag()
            self._name()
            self._link()
        self._stamp()

    # ------------------------------------------------------------ words

    def _weigh(self) -> None:
        """Texts, what is common, and vectors; and what differs in them."""
        kept = self.kept
        rewritten = sorted(self.rewritten)
        live = np.array([bool(slug) for slug in kept.slugs])
        reference = np.zeros(len(kept.slugs), dtype=bool)
        oldest = np.lexsort((self.ranks, kept.days, ~live))
        reference[oldest[: reference_count(len(self.slot))]] = True
        before = np.zeros(len(reference), dtype=bool)
        before[: len(kept.reference)] = kept.reference
        crossed = np.flatnonzero(before != reference).tolist()
        self.turned = set(crossed)
        old_common, old_written = kept.common, kept.written
        if rewritten or crossed or old_common is None:
            new = read(rewritten, self.texts, kept.words, self.finder)
            self._count(new.tokens, rewritten, crossed, before, reference)
            kept.terms = kept.terms.replaced(rewritten, new.terms)
            kept.phrases = kept.phrases.replaced(rewritten, new.phrases)
            for place, slot in enumerate(rewritten):
                kept.coined[slot], kept.brackets[slot] = new.coined[place], new.brackets[place]
            for name in ("terms", "phrases", "coined", "brackets"):
                kept.mark(name, rewritten)
            kept.mark("words")
            kept.common = commonness(kept.terms, kept.phrases, reference, kept.words, self.finder)
            kept.written = written(kept.words, kept.known, kept.other)
        kept.reference = reference
        common = kept.common
        assert common is not None
        weight, topic, says, rarity, usual = (
            _differing(getattr(old_common, name, None), getattr(common, name))
            for name in ("weight", "topic", "says", "rarity", "usual")
        )
        form = _differing(old_written, kept.written)
        # Slots of papers with other vectors; with a phrase that weighs otherwise; with a term that
        # is shown or chosen otherwise in reasons of tags, and, with a phrase as well, of links.
        self.turned_vectors = distinct(
            np.concatenate((rewritten, kept.terms.holding(weight)))
        ).astype(np.int64)
        self.revalued = set(kept.phrases.holding(rarity).tolist())
        self.reworded = set(kept.terms.holding(topic | form).tolist())
        self.restated = {
            *kept.terms.holding(topic | form | says | weight).tolist(),
            *kept.phrases.holding(rarity | usual).tolist(),
        }
        if len(self.turned_vectors):
            part = vectors(kept.terms.take(self.turned_vectors), common.weight)
            kept.vectors = kept.vectors.replaced(self.turned_vectors.tolist(), part)
            kept.mark("vectors", self.turned_vectors.tolist())
        self.reading = Reading(
            slugs=kept.slugs,
            texts=self.texts,
            words=kept.words,
            finder=self.finder,
            documents=Documents(
                tokens=NONE,
                terms=kept.terms,
                phrases=kept.phrases,
                coined=kept.coined,
                brackets=kept.brackets,
            ),
            reference=reference,
            common=common,
            vectors=kept.vectors,
            written=kept.written,
        )

    def _count(
        self,
        new: Rows,
        rewritten: list[int],
        crossed: list[int],
        before: np.ndarray,
        reference: np.ndarray,
    ) -> None:
        """Count the tokens of papers of reference, and of others, from what they were before.

        new: tokens of the slots rewritten. crossed: slots that came to be, or are no more, of
        reference.
        """
        kept = self.kept
        count = len(kept.words.tokens)
        then = sorted(slot for slot in {*rewritten, *crossed} if slot < len(kept.reference))
        stay = sorted(slot for slot in then if slot not in self.rewritten)
        parts = [
            (-1, self.tokens.rows(then), before[then]),
            (1, self.tokens.rows(stay), reference[stay]),
            (1, new, reference[rewritten]),
        ]
        for name in ("known", "other"):
            grown = np.zeros(count, dtype=np.int64)
            grown[: len(getattr(kept, name))] = getattr(kept, name)
            setattr(kept, name, grown)
        for sign, tokens, flags in parts:
            known, other = uses(tokens, flags, count)
            kept.known += sign * known
            kept.other += sign * other
        self.tokens.remember(rewritten, new, len(kept.slugs))

    # ------------------------------------------------------------ tags

    def _tag(self) -> None:
        """Tags of the papers, of which some may differ."""
        kept = self.kept
        curated = {
            slot: paper.tags for slot, paper in enumerate(self.papers) if paper.tags is not None
        }
        free = [slot for slug, slot in self.slot.items() if slot not in curated]
        lesson, taught = None, ""
        learns = bool(free and curated and self.library.vocabulary.tags)
        if learns:
            examples = learning.examples(curated, kept.slugs)
            taught = stamp(
                str(len(curated)),
                *(f"{slot} {kept.texts[slot]} {curated[slot]!r}" for slot in examples),
            )
            lesson = kept.lesson if taught == kept.taught else None
        again = self.revalued.union(self.edited)
        if learns:
            again |= self.reworded
        if taught != kept.taught:
            again.update(free)
        tagger = Tagger(self.library.vocabulary, self.reading, curated, lesson=lesson)
        slots = sorted(slot for slot in again if kept.slugs[slot])
        # Slots of papers with other tags or reasons; with other tags.
        self.retagged = set(self.moved)
        self.resubjected = set(self.moved)
        for slot in again.difference(slots):
            kept.tags[slot] = ()
        for slot, uses_ in zip(slots, tags_of(slots, self.papers, tagger), strict=True):
            given = tuple((use.id, use.by, use.why) for use in uses_)
            before = kept.tags[slot]
            if given != before:
                kept.tags[slot] = given
                self.retagged.add(slot)
                if [use[0] for use in given] != [use[0] for use in before]:
                    self.resubjected.add(slot)
        kept.mark("tags", self.retagged)
        if taught != kept.taught:
            kept.taught = taught
            kept.lesson = tagger.lesson if learns else None
            kept.mark("lesson")

    # ------------------------------------------------------------ names

    def _name(self) -> None:
        """Names, where they stand, and what they mention."""
        kept, rewritten = self.kept, sorted(self.rewritten)
        if rewritten:
            kept.explained = {
                key: value
                for key, value in kept.explained.items()
                if key[0] not in self.rewritten and key[2] not in self.rewritten
            }
            if kept.small:
                look_again(rewritten, self.reading.documents, self.texts, kept.words, kept.small)
            before = kept.names
            kept.names = known_names(
                candidates(kept.coined),
                self.reading.documents,
                self.texts,
                kept.words,
                kept.explained,
                kept.small,
            )
            kept.mark("names")
            differing = before.keys() ^ kept.names.keys()
            if len(differing) > _MANY_NAMES:
                rows = range(len(kept.slugs))
            else:
                rows = sorted(self.rewritten | self.texts.naming(differing))
            finder = mentions.Finder(kept.names)

            def places(slots: Sequence[int]) -> list[tuple[mentions.Place, ...]]:
                return [finder.places(self.texts.abstract(slot)) for slot in slots]

            for slot, stand in zip(rows, parallel.spread(places, rows, few=_MANY), strict=True):
                kept.places[slot] = stand
            kept.mark("places", rows)
        found = mentions.find_mentions(self.papers, kept.places, kept.names, kept.vectors)
        # By a name linked with another paper, or not any more.
        self.renamed: set[int] = set()
        self.mentioning = set(self.moved)
        for slot, (was, now) in enumerate(zip(kept.mentions, found, strict=True)):
            if was != now or any(use[0] in self.moved for use in now):
                self.mentioning.add(slot)
                self.renamed.update(use[0] for use in (*was, *now))
        self.renamed |= self.mentioning
        kept.mentions = found
        kept.mark("mentions", self.mentioning)

    # ------------------------------------------------------------ links

    def _link(self) -> None:
        """Links of the papers, of which some may differ."""
        kept = self.kept
        kept.near, differing = nearest_again(
            kept.near, kept.vectors, self.ranks, self.turned_vectors
        )
        kept.mark("near", differing.tolist())
        ids = [tuple(use[0] for use in given) for given in kept.tags]
        about = links.subjects(ids, kept.reference)
        reweighed = {
            tag
            for tag in about.rarity.keys() | kept.rarity.keys()
            if about.rarity.get(tag) != kept.rarity.get(tag)
        }
        kept.rarity = about.rarity
        resorted = set(self.resubjected)
        if reweighed:
            resorted.update(slot for slot, tags in enumerate(ids) if not reweighed.isdisjoint(tags))
        others = self.rewritten | self.resubjected | set(self.turned_vectors.tolist())
        slots = {
            *differing.tolist(),
            *resorted,
            *self._with_near(resorted),
            *self.restated,
            *self.renamed,
            *self.edited,
            *(
                slot
                for slot, found in enumerate(kept.links)
                if any(link[0] in others for link in found)
            ),
        }
        rows = sorted(slot for slot in slots if kept.slugs[slot])
        named = links.named_links(kept.mentions)
        at = np.array(rows, dtype=np.int64)
        near = Near(rows=kept.near.rows[at], products=kept.near.products[at])
        found = links.related(
            self.papers,
            self.slot,
            rows,
            links.similar(near, at, self.ranks, about),
            [named[row] for row in rows],
            Reasons(self.library.vocabulary, self.reading, ids, about.rarity),
        )
        new = dict(zip(rows, found, strict=True)) | dict.fromkeys(
            (slot for slot in self.moved if not kept.slugs[slot]), ()
        )
        self.linking: set[int] = set()
        self.linked: set[int] = set()
        for slot, now in new.items():
            was = kept.links[slot]
            if slot in self.moved or was != now or any(link[0] in self.moved for link in now):
                self.linking.add(slot)
                self.linked.update(link[0] for link in (*was, *now))
                kept.links[slot] = now
        kept.mark("links", self.linking)
        if self.resubjected:
            met = [tags for tags, slug in zip(ids, kept.slugs, strict=True) if slug]
            kept.neighbours = {
                tag: tuple((item.tag, item.papers, item.lift) for item in found)
                for tag, found in neighbours.neighbours(self.library.vocabulary.tags, met).items()
            }

    def _with_near(self, slots: set[int]) -> list[int]:
        """The slots that have any of some others among their nearest."""
        if not slots:
            return []
        wanted = np.zeros(len(self.kept.slugs) + 1, dtype=bool)
        wanted[list(slots)] = True
        # What is not there stands for the last entry, which is not wanted.
        return np.flatnonzero(wanted[self.kept.near.rows].any(axis=1)).tolist()

    # ------------------------------------------------------------ stamps

    def _stamp(self) -> None:
        """The stamps of all that has changed."""
        kept = self.kept
        before, kept.collected = kept.collected, links.collected(self.library)
        slots = {
            self.slot[slug]
            for slug in before.keys() | kept.collected.keys()
            if before.get(slug) != kept.collected.get(slug) and slug in self.slot
        }
        self.back = Backwards(kept.slugs, kept.links, kept.mentions, kept.collected)
        if before != kept.collected:
            kept.mark("papers")
        retagged: set[int] = set()
        if self.edited:
            retagged = self.retagged
            slots |= self.linking | self.linked | self.mentioning | self.renamed | retagged

        def stamps(slots: Sequence[int]) -> list[tuple[str, str, str]]:
            return [self._stamps_of(slot, retagged=slot in retagged) for slot in slots]

        stamped = sorted(slots)
        for slot, made in zip(stamped, parallel.spread(stamps, stamped, few=_MANY), strict=True):
            kept.stamps[slot] = made
        kept.mark("stamps", slots)

    def _stamps_of(self, slot: int, *, retagged: bool) -> tuple[str, str, str]:
        kept = self.kept
        if not kept.slugs[slot]:
            return "", "", ""
        tags = tags_stamp(tag_uses(kept, slot)) if retagged else kept.stamps[slot][0]
        links = related(kept, slot)
        every = links_stamp(links, mentioned(kept, slot), self.back.of(slot))
        return tags, related_stamp(links), every


def _differing(old: np.ndarray | None, new: np.ndarray) -> np.ndarray:
    """Where a table differs from what it was; what is new differs."""
    found = np.ones(len(new), dtype=bool)
    if old is not None:
        found[: len(old)] = old != new[: len(old)]
    return found


# ---------------------------------------------------------------- what is kept, as a model


def tag_uses(kept: Kept, slot: int) -> tuple[TagUse, ...]:
    """The tags of a paper."""
    return tuple(TagUse(id=id, by=by, why=why) for id, by, why in kept.tags[slot])


def related(kept: Kept, slot: int) -> tuple[Related, ...]:
    """The links of a paper."""
    return tuple(
        Related(slug=kept.slugs[other], reason=reason, score=score, by=by)
        for other, reason, score, by in kept.links[slot]
    )


def mentioned(kept: Kept, slot: int) -> tuple[Mention, ...]:
    """What a paper's abstract names."""
    return tuple(
        Mention(slug=kept.slugs[other], name=name, start=start, end=end)
        for other, name, start, end in kept.mentions[slot]
    )
