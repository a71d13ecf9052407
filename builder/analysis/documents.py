"""Papers as the analysis reads them: each text is taken apart once, for tags and links alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from builder.analysis.phrases import Phrase, PhraseFinder
from builder.analysis.reference import reference_rows
from builder.analysis.text import fold, has_meaning, prose, shown, tokens
from builder.content.paper import Paper

# A word of the title counts as much as this many of the abstract. Of 1, 2, 3 and 5 the best for
# related papers, by all measures of `papershelf eval related`.
TITLE_WEIGHT = 2


@dataclass(frozen=True, kw_only=True)
class Document:
    """A paper's words and phrases.

    title, abstract: their prose; an offset into the latter is one into `Paper.abstract`.
    terms: folded word -> how often, those of the title TITLE_WEIGHT times; words of grammar, of one
    letter and bare numbers are left out. title_phrases, abstract_phrases: phrase -> how often.
    """

    slug: str
    title: str
    abstract: str
    terms: Mapping[str, int]
    title_phrases: Mapping[Phrase, int]
    abstract_phrases: Mapping[Phrase, int]

    @property
    def text(self) -> str:
        """Title and abstract."""
        return f"{self.title}\n{self.abstract}"

    @property
    def phrases(self) -> set[Phrase]:
        """All phrases of title and abstract."""
        return {*self.title_phrases, *self.abstract_phrases}


@dataclass(frozen=True, kw_only=True)
class Reading:
    """All documents of a library.

    reference: the rows of those that tell how common things are (`reference_rows`), ascending.
    written: folded word -> the form in which it is written most often.
    """

    documents: tuple[Document, ...]
    reference: tuple[int, ...]
    written: Mapping[str, str]


def read(papers: Sequence[Paper], finder: PhraseFinder) -> Reading:
    """Take the texts of `papers` apart, in their order."""
    reference = reference_rows(papers)
    known, new = Counter[str](), Counter[str]()
    common = set(reference)
    documents = []
    for row, paper in enumerate(papers):
        title, abstract = prose(paper.title), prose(paper.abstract)
        title_tokens, abstract_tokens = tokens(title), tokens(abstract)
        used = known if row in common else new
        used.update(title_tokens)
        used.update(abstract_tokens)
        title_words, abstract_words = (
            list(map(fold, title_tokens)),
            list(map(fold, abstract_tokens)),
        )
        terms: Counter[str] = Counter()
        for text, weight in ((title_words, TITLE_WEIGHT), (abstract_words, 1)):
            for word, count in Counter(text).items():
                if has_meaning(word):
                    terms[word] += weight * count
        documents.append(
            Document(
                slug=paper.slug,
                title=title,
                abstract=abstract,
                terms=dict(terms),
                title_phrases=Counter(finder.find(title_words)),
                abstract_phrases=Counter(finder.find(abstract_words)),
            )
        )
    return Reading(
        documents=tuple(documents),
        reference=tuple(reference),
        written=_most_written(new) | _most_written(known),
    )


def _most_written(used: Mapping[str, int]) -> dict[str, str]:
    """Folded word -> the form in which it is shown most often, of equals the first by alphabet."""
    forms: Counter[tuple[str, str]] = Counter()
    for token, count in used.items():
        forms[fold(token), shown(token)] += count
    found: dict[str, str] = {}
    for (folded, form), _ in sorted(forms.items(), key=lambda item: (-item[1], item[0])):
        found.setdefault(folded, form)
    return found
