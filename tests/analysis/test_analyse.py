import subprocess
import sys
from dataclasses import replace
from types import MappingProxyType

import pytest

from builder.analysis import Analysis, analyse
from builder.content.vocabulary import Vocabulary
from tests.analysis.making import GARDEN, paper, shelf

ODD = [
    paper("german", "Über das Brot", "Ein Ofen, ein Laib, kein englisches Wort."),
    paper("japanese", "庭とパン", "日本語の要旨です。"),
    paper("brief", "Brief", "It is so."),
    paper("signs", "1 + 1 = 2", "?!"),
    paper("formulas", "$\\ell_0$", "$x$"),
    paper("long", "Long", "Bread and other words for it. " * 3400),
    paper("hostile", "<script>: A Study", "We propose (((((, `````, $$$$$, \\\\\\ and ]]>."),
]


def entries(analysis: Analysis) -> set[frozenset[str]]:
    by_paper = ("tags", "related", "mentions", "backlinks", "trends")
    return {frozenset(getattr(analysis, name)) for name in by_paper}


def test_every_paper_and_tag_has_an_entry(small):
    analysis = analyse(small)
    assert entries(analysis) == {frozenset(small.papers)}
    assert set(analysis.neighbours) == set(small.vocabulary.tags)


def test_the_same_library_gives_the_same(small):
    assert analyse(small) == analyse(small)


def test_the_same_comes_out_whatever_the_hash_seed():
    program = (
        "from tests.conftest import DATA; from builder import library; "
        "from builder.analysis import analyse; print(analyse(library.load(DATA / 'library')))"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_an_analysis_cannot_be_changed(small):
    analysis = analyse(small)
    assert all(isinstance(value, MappingProxyType) for value in vars(analysis).values())


@pytest.mark.parametrize("words", [GARDEN, Vocabulary()], ids=["tags", "no tags"])
@pytest.mark.parametrize("count", range(len(ODD) + 1))
def test_odd_papers_and_few_are_analysed(count, words):
    library = shelf(*ODD[:count], words=words)
    assert entries(analyse(library)) == {frozenset(library.papers)}


def test_links_lead_to_papers_and_never_to_oneself(small):
    for slug, links in analyse(small).related.items():
        others = [link.slug for link in links]
        assert slug not in others
        assert len(set(others)) == len(others)
        assert set(others) <= set(small.papers)
        assert all(link.reason for link in links)


def test_mentions_are_where_they_say(small):
    analysis = analyse(small)
    found = [(slug, mention) for slug, items in analysis.mentions.items() for mention in items]
    assert {mention.name for _, mention in found} >= {"Sieve-7", "LanternBench"}
    for slug, mention in found:
        assert small.papers[slug].abstract[mention.start : mention.end] == mention.name


def test_tags_and_links_without_reasons_are_those_with_them(small):
    analysis = analyse(small)
    assert any(analysis.subjects.values())
    assert any(analysis.ties.values())
    by_hand = replace(analysis)
    assert by_hand.subjects == analysis.subjects
    assert by_hand.ties == analysis.ties
