"""Tags that no paper has or could get, and what is remembered of the search for them."""

import random
from types import MappingProxyType

import pytest

from builder.checks import unused
from builder.content import paper, vocabulary
from builder.library import Library
from builder.memory import Memory
from tests.checks.libraries import NOWHERE, told

HEAD = "facets:\n  - {id: f, name: F, definition: D}\ntags:\n"


def shelf(papers, *tags):
    """A library: slug -> (tags or None, abstract); each tag as (id, phrases)."""
    lines = "".join(
        f"  - {{id: {id}, name: {id.title()}, facet: f, definition: D, phrases: [{phrases}]}}\n"
        for id, phrases in tags
    )
    made, digests = {}, {}
    for slug, (given, text) in sorted(papers.items()):
        named = "" if given is None else f"tags: [{', '.join(given)}]\n"
        source = f"---\ntitle: About {slug}\n{named}---\n{text}\n"
        made[slug] = paper.parse(source, path=f"{slug}.md")
        digests[f"papers/{slug}.md"] = source
    return Library(
        root=NOWHERE,
        papers=MappingProxyType(made),
        vocabulary=vocabulary.parse(HEAD + lines, path="content/tags.yml"),
        digests=MappingProxyType(digests),
    )


def test_a_tag_that_no_paper_has_or_could_get_is_a_warning():
    library = shelf(
        {"a": (["used"], "Crumbs."), "b": (None, "Of low rank.")},
        ("used", ""),
        ("waiting", "low-rank"),
        ("idle", "crumbs"),
    )
    assert told(unused.check(library)) == [
        'warning: content/tags.yml:6: tags[2].id: no paper has the tag "idle"; give it to a paper, '
        "or remove it"
    ]


def test_a_phrase_is_in_one_paper_as_a_whole():
    papers = {"a": (None, "They knead"), "b": (None, "It is a rye"), "c": (None, "Dough rises")}
    tags = [("over", "knead about"), ("part", "ough"), ("first", "they"), ("last", "rises")]
    found = [line.split('"')[1] for line in told(unused.check(shelf(papers, *tags)))]
    assert found == ["over", "part"]


@pytest.mark.parametrize("seed", range(20))
def test_the_same_is_told_with_and_without_what_is_remembered(tmp_path, seed):
    """Papers come, go, change and get tags, and tags other phrases."""
    draw = random.Random(seed)
    words = ["rye", "malt", "barm", "oven", "crust", "crumb", "loaf", "yeast"]
    tags = ["fine", "coarse", "dark", "light"]
    papers: dict = {}
    phrases: dict = {}
    for step in range(15):
        if step % 5 == 0:
            phrases = dict(zip(tags, draw.sample(words, len(tags)), strict=True))
        for _ in range(draw.randrange(3)):
            text = " ".join(draw.sample(words, 2))
            given = [draw.choice(tags)] if draw.random() < 0.2 else None
            papers[f"paper-{draw.randrange(6)}"] = given, text
        if papers and draw.random() < 0.4:
            del papers[draw.choice(sorted(papers))]
        library = shelf(papers, *phrases.items())
        memory = Memory(tmp_path / "memory.db")
        assert list(unused.check(library, memory)) == list(unused.check(library))
        memory.save()


def test_of_a_tag_that_was_not_found_only_other_papers_are_looked_at(tmp_path, monkeypatch):
    papers = {"a": (None, "They knead."), "b": (None, "It is a rye."), "c": (None, "Dough.")}
    looked = []
    normal = unused._Texts._normal
    monkeypatch.setattr(
        unused._Texts,
        "_normal",
        lambda self, paper: looked.append(paper.slug) or normal(self, paper),
    )
    told_of = []
    for text in ("They knead.", "They bake.", "They bake idle bread."):
        papers["a"] = None, text
        memory = Memory(tmp_path / "memory.db")
        told_of.append(len(list(unused.check(shelf(papers, ("idle", "idle")), memory))))
        memory.save()
    assert looked == ["a", "b", "c", "a", "a"]
    assert told_of == [1, 1, 0]
