"""Checks find the same with the help of a memory as without, and near titles the fast way."""

import difflib
import itertools
import random
import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder import checks, library
from builder.checks import debris, duplicates, facts
from builder.content.authors import author_id
from builder.content.paper import Paper
from builder.importers.same import title_key
from builder.memory import Memory

# What each adds to a paper is found by another check.
MISTAKES = (
    ("abstract", "\nOf mathcal{O}(n^2), they say"),
    ("abstract", "\nSee [this](/papers/nowhere/) and $\\frac{a$ and ...\n"),
    ("abstract", "\nMore <b>text</b>.\n"),
    ("head", "links:\n  - {kind: code, url: 'https://example.org/x'}\n"
             "  - {kind: demo, url: 'https://example.org/x/'}\n"),
    ("head", "authors: [Ada Example, Bo Sample, Dora Q. Specimen]\n"),
    ("head", "authors: [Ada M. Example, Bo Sample, Dora Specimen]\n"),
    ("head", "title: Ten Kites in a Row and What They Tell of the Wind\n"),
    ("head", "title: Ten Kites in a Row and What They Tell of the Winds\n"),
    ("head", "arxiv: '2501.00001'\n"),
)  # fmt: skip


def _paper(chance: random.Random) -> str:
    head, body = {"title": f"title: A Paper {chance.random()}\n"}, "An abstract.\n"
    for where, text in chance.sample(MISTAKES, chance.randint(0, 3)):
        if where == "head":
            head[text.split(":")[0]] = text
        else:
            body += text
    return f"---\n{''.join(head.values())}---\n{body}"


@pytest.mark.parametrize("seed", range(3))
def test_the_same_is_found_after_any_edits(content, tmp_path, monkeypatch, seed):
    monkeypatch.chdir(tmp_path)
    chance = random.Random(seed)
    told = 0
    for _ in range(15):
        for _ in range(chance.randint(0, 3)):
            path = content / "papers" / f"made-{chance.randrange(8)}.md"
            if path.exists() and chance.random() < 0.2:
                path.unlink()
            else:
                path.write_text(_paper(chance), encoding="utf-8")
        memory = Memory(tmp_path / "work" / "memory.db")
        loaded = library.inspect(content, memory)[0]
        found = checks.review(loaded, memory=memory)
        memory.save()
        assert found == checks.review(library.inspect(content)[0])
        told += len(found)
    assert told > 40


def test_a_paper_that_is_as_it_was_is_not_looked_at_again(content, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    looked: list[str] = []

    def look(library):
        looked.extend(library.papers)
        return debris.check(library)

    monkeypatch.setattr(checks, "OF_FILES", (look,))
    (content / "papers" / "new.md").write_text("---\ntitle: A^2\n---\nText.\n")
    for expected in (13, 0, 1):
        looked.clear()
        memory = Memory(tmp_path / "work" / "memory.db")
        assert len(checks.review(library.load(content, memory), memory=memory)) == 1
        memory.save()
        assert len(looked) == expected
        if not expected:
            (content / "papers" / "new.md").write_text("---\ntitle: A^3\n---\nText.\n")


TITLES = st.lists(
    st.builds(
        lambda *parts: "".join(parts),
        st.sampled_from(["Learning to Fly ", "Kites of the World ", "x"]),
        st.text(alphabet="abcé1 2-", max_size=30),
        st.sampled_from([" with Ten Kites", " and What They Tell", "y"]),
    ),
    max_size=12,
)


@given(TITLES)
def test_near_titles_are_those_of_a_comparison_of_each_with_each(titles):
    papers = [Paper(slug=f"p{at:02}", title=t, abstract="A.") for at, t in enumerate(titles)]

    def near(one: Paper, other: Paper) -> bool:
        first, second = title_key(one.title), title_key(other.title)
        if first[:10] != second[:10] and first[-10:] != second[-10:]:
            return False
        if [c for c in first if c.isdigit()] != [c for c in second if c.isdigit()]:
            return False
        return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio() >= 0.93

    pairs = itertools.combinations(papers, 2)
    expected = {(one.slug, other.slug) for one, other in pairs if near(one, other)}
    slugs = {paper.slug: paper.title for paper in papers}
    assert duplicates._near(slugs, slugs.keys()) == expected
    some = set(list(slugs)[::3])
    touched = {pair for pair in expected if not some.isdisjoint(pair)}
    assert duplicates._near(slugs, some) == touched


NAMES = st.lists(
    st.builds(
        " ".join,
        st.lists(
            st.sampled_from(
                ["Ada", "Ada-Lou", "A.", "B.", "Bo", "Éva", "Eva", "Example", "Sample"]
            ),
            max_size=4,
        ),
    ),
    unique=True,
)


@given(NAMES)
def test_names_alike_are_those_of_a_comparison_of_each_with_each(names):
    def alike(one: str, other: str) -> bool:
        words = facts._words(one), facts._words(other)
        return (
            min(map(len, words)) > 1 and author_id(one) != author_id(other) and facts._alike(*words)
        )

    pairs = map(frozenset, itertools.combinations(names, 2))
    expected = {pair for pair in pairs if alike(*sorted(pair))}
    assert set(map(frozenset, facts._pairs_alike(names, set(names)))) == expected
    some = set(names[::3])
    touched = {pair for pair in expected if pair & some}
    assert set(map(frozenset, facts._pairs_alike(names, some))) == touched


@given(st.from_regex(facts._PLAIN, fullmatch=True))
def test_the_words_of_a_plain_name_are_those_of_any_name(name):
    plain = facts._words(name)
    with patch.object(facts, "_PLAIN", re.compile(r"(?!)")):
        assert facts._words(name) == plain


def test_many_papers_are_looked_at_by_several_processes_to_the_same_end(
    content, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    chance = random.Random(4)
    for number in range(30):
        (content / f"papers/more-{number}.md").write_text(_paper(chance))
    loaded = library.load(content)
    alone = checks.review(loaded)
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    monkeypatch.setattr(checks, "_FEW", 1)
    assert checks.review(loaded) == alone
    assert len(alone) > 10


def test_what_is_found_aside_is_the_same_and_is_remembered(content, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(checks, "_FEW", 0)
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    (content / "papers" / "new.md").write_text("---\ntitle: A^2\n---\nText.\n")
    loaded = library.load(content)
    expected = checks.review(loaded)
    assert expected
    memory = Memory(tmp_path / "work" / "memory.db")
    taken = []
    take = Memory.take
    monkeypatch.setattr(
        Memory, "take", lambda self, notes: taken.append(notes) or take(self, notes)
    )
    for _ in range(2):
        with checks.reviewing(loaded, memory) as (done, told):
            done()
            assert told() == expected
    _, first, _, second = taken
    # The second look knew all that the first one found, of each kind.
    assert len(first.items) == 6
    assert second.items == {}
