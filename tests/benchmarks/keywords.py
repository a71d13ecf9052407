"""Tags against keywords that authors gave: keywords.py PAPERS.jsonl[.gz] [--content DIR].

The papers of the file that have keywords join those of the content directory, whose curated tags
teach the tagger. A keyword stands for the tags whose name, phrase or synonym it holds. What this
can tell is how many of such tags are found for papers of another kind than the curated ones. What
it cannot tell is precision, for authors name few of a paper's subjects and no contribution; and
recall only roughly, for a word in a keyword may mean something else ("reasoning" in "knowledge
representation and reasoning" is not that of language models).
"""

import argparse
import gzip
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from builder import library
from builder.analysis.phrases import PhraseFinder
from builder.analysis.reading import read_library
from builder.analysis.tags import Tagger, curated_rows
from builder.analysis.text import words
from builder.content.paper import Paper
from builder.content.vocabulary import Vocabulary
from builder.evaluation import METHODS

SHOWN = 20


def finder(vocabulary: Vocabulary) -> PhraseFinder:
    """Finds tags by their names and synonyms too."""
    wide = {
        tag.id: replace(tag, phrases=(tag.name, *tag.phrases, *tag.synonyms))
        for tag in vocabulary.tags.values()
    }
    return PhraseFinder(Vocabulary(facets=vocabulary.facets, tags=MappingProxyType(wide)))


def main() -> None:
    """Print recall by method, and by tag for both methods together."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--content", type=Path, default=Path("content"))
    arguments = parser.parse_args()
    own = library.load(arguments.content)
    named = finder(own.vocabulary)
    papers = list(own.papers.values())
    wanted: dict[int, set[str]] = {}
    opener = gzip.open if arguments.papers.suffix == ".gz" else open
    with opener(arguments.papers, "rt") as lines:
        for line in lines:
            item = json.loads(line)
            # "Machine learning: reinforcement learning": the last part is the subject.
            subjects = [words(keyword.split(":")[-1]) for keyword in item.get("keywords") or ()]
            tags = {phrase.tag for subject in subjects for phrase in named.find(subject)}
            if tags:
                wanted[len(papers)] = tags
                papers.append(
                    Paper(
                        slug=f"paper-{len(papers)}", title=item["title"], abstract=item["abstract"]
                    )
                )
    reading = read_library(papers, PhraseFinder(own.vocabulary))
    print(f"{len(wanted):,} papers with keywords that name a tag")
    for method in METHODS:
        tagger = Tagger(own.vocabulary, reading, curated_rows(papers), method=method)
        given = {row: set(tagger.tags(row)) for row in wanted}
        asked = Counter(tag for tags in wanted.values() for tag in tags)
        found = Counter(tag for row, tags in wanted.items() for tag in tags & given[row])
        load = sum(map(len, given.values())) / max(len(given), 1)
        recall = found.total() / max(asked.total(), 1)
        print(f"{method:8} recall {recall:.3f}, {load:.2f} tags a paper")
    for tag, count in asked.most_common(SHOWN):
        print(f"  {tag:24} {found[tag]:4} of {count}")


if __name__ == "__main__":
    main()
