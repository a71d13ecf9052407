"""How much curated papers teach: learning.py [CONTENT].

The papers of every fifth fold are tagged from ever more of the others' curated tags; F1 against
their own tags, with what was learned trusted by its amount (as the tagger does), and fully.
"""

import sys
from pathlib import Path

from builder import library
from builder.analysis import tags
from builder.analysis.phrases import PhraseFinder
from builder.analysis.reading import Reading, read_library
from builder.evaluation import curated_labels, score_tags
from builder.library import Library

FOLDS = 5
COUNTS = (0, 5, 10, 20, 40, 80, 160, 240)


def f1(whole: Library, reading: Reading, taught: int) -> float:
    """Of cross-validation with at most `taught` curated papers to learn from."""
    papers = tuple(whole.papers.values())
    curated = tags.curated_rows(papers)
    given = {}
    for fold in range(FOLDS):
        held_out = sorted(curated)[fold::FOLDS]
        rest = [row for row in curated if row not in set(held_out)]
        # Evenly spread over the library, the same for all folds' order.
        chosen = [rest[len(rest) * n // taught] for n in range(taught)] if taught else []
        known = {row: curated[row] for row in chosen}
        tagger = tags.Tagger(whole.vocabulary, reading, known)
        given |= {papers[row].slug: tagger.tags(row) for row in held_out}
    return score_tags(whole, given, curated_labels(whole)).f1


def main() -> None:
    """Print one line a number of curated papers."""
    whole = library.load(Path(sys.argv[1] if len(sys.argv) > 1 else "content"))
    reading = read_library(tuple(whole.papers.values()), PhraseFinder(whole.vocabulary))
    trust = tags.HALF_TRUST
    print("curated  trusted by amount  fully")
    for taught in COUNTS:
        row = []
        for half in (trust, 0):
            tags.HALF_TRUST = half
            row.append(f1(whole, reading, taught))
        tags.HALF_TRUST = trust
        print(f"{taught:7}  {row[0]:17.3f}  {row[1]:5.3f}")


if __name__ == "__main__":
    main()
