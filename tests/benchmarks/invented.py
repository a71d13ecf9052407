"""A library of papers that nobody wrote, as large as one likes, and like real ones where it counts.

    make(folder, count, seed)

fills `folder` as a content directory: papers, editions, a vocabulary of tags, a reading path. The
same seed gives the same papers, and a larger library begins with the papers of a smaller one.

What is like real papers is measured on 10,000 of conferences and on this list (figures below; a
test keeps them): lengths of titles and abstracts, how often the commonest words occur and how the
vocabulary grows with the text, how many authors there are and how many papers one has, how many
papers speak of one topic, carry formulas, name another one's method or have links.

Words. Half of a text are words of grammar. The others follow Zipf's law in Mandelbrot's form,
the word of rank r with a share of (1 + r/Q)^-S: so texts with n words in all have about n^(1/S)
different ones (Heaps), without a largest vocabulary. Words are made of syllables, a word a rank.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from builder.content import edition, paper, vocabulary
from builder.content.edition import Edition, Listing
from builder.content.identifiers import make_slug
from builder.content.paper import Link, Paper
from builder.content.vocabulary import Facet, Tag, Vocabulary

Q, S = 250.0, 1.8
TOPICS = 45
# Papers of a listing, and listings of a week.
EDITION = 75
CURATED = 0.3
FORMULAS = 0.06
FIRST_DAY = date(2021, 1, 4)
A_DAY = 6

_GRAMMAR = """
the of and to a in we for that is on with this are by our as which an from can be it not  have
has or these at their more than such both also while when where between into through  over only
each all other however without under about after most many some further then  its they how two
first new one well been show propose using based between does do any no  there what if so but
very same different several often could may must will would whether
""".split()  # noqa: SIM905
_SYLLABLES = [consonant + vowel for consonant in "bdfgklmnprstvzj" for vowel in "aeiou"]
# None of them can be taken for a syllable, or for a syllable and another of them.
_ENDINGS = ("n", "ns", "ring", "red", "ler", "nal", "tion", "tly", "sive")
_FORMULAS = (
    r"$O(n \log n)$", r"$\epsilon$-close", r"$k \ge 2$", r"$\ell_2$ norm", r"$\mathbb{R}^d$",
    r"$\sqrt{T}$", r"$p(x \mid y)$", r"$\alpha_t = 1/t$",
)  # fmt: skip
_VENUES = ("LOAF", "CRANE", "NeurFold", "TACO-P", "Sheaves", "JAPER")


def make(folder: Path, count: int, seed: int = 1) -> None:
    """Write a library of `count` papers into `folder`, which is made."""
    for path, text in files(count, seed):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8", newline="")


def files(count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """The files of the library: path below content/, text."""
    found = list(papers(count, seed))
    for item in found:
        yield f"papers/{item.slug}.md", paper.dump(item)
    for number, start in enumerate(range(0, count, EDITION)):
        listed = found[start : start + EDITION]
        yield _edition(seed, number, listed)
    yield "pages/about.md", "# About\nNobody wrote these papers.\n"
    yield "tags.yml", vocabulary.dump(topics(seed))
    path = [
        f"  - {{paper: {item.slug}, note: Worth it.}}" for item in found[:: max(1, count // 8)][:8]
    ]
    head = "---\ntitle: A way in\nsummary: Eight papers, one after the other.\npapers:\n"
    yield "collections/a-way-in.md", head + "\n".join(path) + "\n---\nRead them in turn.\n"


def papers(count: int, seed: int = 1) -> Iterator[Paper]:
    """Invented papers, in the order of their dates."""
    maker = _Maker(seed)
    for number in range(count):
        yield maker.paper(number)


def topics(seed: int = 1) -> Vocabulary:
    """The tags: one a topic, known by words and pairs of words that only its papers use much."""
    ids = [_topic_word(topic, 0) for topic in range(TOPICS)]
    tags = {
        name: Tag(
            id=name,
            name=name.capitalize(),
            facet="method" if topic % 2 else "task",
            definition=f"Papers about {name} as a subject.",
            phrases=(name, *(_topic_word(topic, place) for place in range(1, 5)), _pair(topic)),
            synonyms=(f"{name} {_topic_word(topic, 6)}",),
            see_also=(ids[(topic + 2) % TOPICS],),
        )
        for topic, name in enumerate(ids)
    }
    facets = {
        "method": Facet(id="method", name="Method", definition="How it is done."),
        "task": Facet(id="task", name="Task", definition="What it is done for."),
    }
    return Vocabulary(facets=facets, tags=tags)


def word(rank: int) -> str:
    """The word of a rank, counted from 0; each is another one."""
    stem, form = divmod(rank, 3)
    return _stem(stem) + _ENDINGS[(stem * 5 + form * 2) % len(_ENDINGS)]


def _stem(number: int) -> str:
    # Two syllables at least; the first changes fastest, for neighbours need not look alike.
    size, text = len(_SYLLABLES), ""
    while number or len(text) < 4:
        number, syllable = divmod(number, size)
        text += _SYLLABLES[syllable * 7 % size]
    return text


def _topic_word(topic: int, place: int) -> str:
    return f"{_stem(topic * 60 + place)}x"


def _pair(topic: int) -> str:
    return f"{_topic_word(topic, 7)} {_topic_word(topic, 8)}"


def _edition(seed: int, number: int, listed: list[Paper]) -> tuple[str, str]:
    draw = random.Random(f"{seed} edition {number}")
    day = max(item.date for item in listed if item.date) + timedelta(days=1)
    made = Edition(
        id=f"daily-papers-{day}",
        title="Daily Papers",
        source="invented-papers",
        date=day,
        papers=tuple(
            Listing(paper=item.slug, comments=int(draw.expovariate(0.4))) for item in listed
        ),
    )
    return f"editions/{made.id}.yml", edition.dump(made)


@dataclass
class _Maker:
    """Makes one paper after the other."""

    seed: int

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)
        self.authors: list[str] = []
        self.methods: list[str] = []
        self.slugs: set[str] = set()
        self.vocabulary = tuple(topics(self.seed).tags)

    def paper(self, number: int) -> Paper:
        draw = self.draw
        chosen = [int(TOPICS * draw.random() ** 2)]
        while draw.random() < 0.5 and len(chosen) < 3:
            chosen.append(int(TOPICS * draw.random() ** 2))
        title = self._title(chosen)
        slug = make_slug(title) or "paper"
        if slug in self.slugs:
            title += f" {word(3_000_000 + number).capitalize()}"
            slug = make_slug(title) or "paper"
        self.slugs.add(slug)
        day = FIRST_DAY + timedelta(days=number // A_DAY)
        curated = draw.random() < CURATED
        return Paper(
            slug=slug,
            title=title,
            abstract=self._abstract(chosen),
            authors=self._names(),
            date=day,
            arxiv=f"{day:%y%m}.{10_000 + number % 89_999:05}" if draw.random() < 0.8 else None,
            venue=f"{draw.choice(_VENUES)} {day.year}" if draw.random() < 0.5 else None,
            links=self._links(slug),
            summary=self._sentence(chosen, 18) if curated else None,
            tags=tuple(dict.fromkeys(self.vocabulary[topic] for topic in chosen))
            if curated
            else None,
            pick=number % 40 == 7,
        )

    def _title(self, chosen: list[int]) -> str:
        draw = self.draw
        length = max(3, round(draw.gauss(8.0, 2.7)))
        words = [self._word(chosen).capitalize() for _ in range(length)]
        if length > 4:
            words[-3] = draw.choice(("for", "of", "with", "by"))
        text = " ".join(words)
        if draw.random() < 0.3:
            name = word(60_000 + len(self.methods)).capitalize() + draw.choice(
                ("Net", "LM", "Bench")
            )
            self.methods.append(name)
            return f"{name}: {text}"
        return text

    def _abstract(self, chosen: list[int]) -> str:
        draw = self.draw
        length = min(max(draw.gauss(138, 50), 30), 400)
        sentences, count = [], 0
        while count < length:
            words = max(6, round(draw.gauss(22.5, 7)))
            sentences.append(self._sentence(chosen, words))
            count += words
        if draw.random() < FORMULAS:
            place = draw.randrange(len(sentences))
            sentences[place] = f"{sentences[place][:-1]} by {draw.choice(_FORMULAS)}."
        if self.methods and draw.random() < 0.08:
            # Some methods are known to everybody, most to nobody.
            name = self.methods[int(len(self.methods) * draw.random() ** 3)]
            sentences[-1] = f"{sentences[-1][:-1]}, better than {name}."
        return " ".join(sentences)

    def _sentence(self, chosen: list[int], length: int) -> str:
        draw, words = self.draw, []
        while len(words) < length:
            if draw.random() < 0.48:
                words.append(_GRAMMAR[int(len(_GRAMMAR) * draw.random() ** 2.1)])
            else:
                words.append(self._word(chosen))
        if length > 12:
            words[length // 2] += ","
        if draw.random() < 0.15:
            words[-1] += f" by {draw.randrange(2, 99)}.{draw.randrange(10)}%"
        text = " ".join(words)
        return f"{text[0].upper()}{text[1:]}."

    def _word(self, chosen: list[int]) -> str:
        draw = self.draw
        if draw.random() < 0.12:
            return _topic_word(draw.choice(chosen), int(60 * draw.random() ** 2))
        # The inverse of the law's sum: shares above a rank fall as (1 + r/Q)^(1 - S).
        rank = Q * ((1 - draw.random()) ** (-1 / (S - 1)) - 1)
        return word(int(min(rank, 1e9)))

    def _names(self) -> tuple[str, ...]:
        draw = self.draw
        count = min(max(1, round(draw.lognormvariate(math.log(3.5), 0.47))), 20)
        found: list[str] = []
        for _ in range(count):
            # Whoever has many papers gets the next one, too (Simon's process).
            name = self._new_name() if draw.random() < 0.6 or not self.authors else ""
            name = name or draw.choice(self.authors)
            if name not in found:
                found.append(name)
        self.authors += found
        return tuple(found)

    def _new_name(self) -> str:
        draw = self.draw
        first = _stem(draw.randrange(5_000)) + draw.choice(("", "n", "s", "né"))
        last = word(draw.randrange(100_000)).capitalize()
        return f"{first.capitalize()} {last}"

    def _links(self, slug: str) -> tuple[Link, ...]:
        if self.draw.random() >= 0.25:
            return ()
        return (Link(kind="code", url=f"https://github.com/example/{slug[:40].strip('-')}"),)


def edited(text: str, number: int) -> tuple[str, str]:
    """A paper's file with a sentence more in its abstract, another one for each number; and that
    sentence."""
    item = paper.parse(text, path="papers/edited.md")
    more = f"A further {word(1_000 + number)} of {word(9_000 + number)} is {word(200 + number)}."
    return paper.dump(replace(item, abstract=f"{item.abstract} {more}")), more
