import pytest

from builder.analysis.model import TagUse
from builder.analysis.tags import MOST_TAGS, Tagger, curated_rows, short_title, tag_papers
from builder.content.vocabulary import Vocabulary
from tests.analysis.making import GARDEN, paper, reading, tag, vocabulary

# What makes phrases rare: most papers are about something else.
OTHERS = [paper(f"other-{n}", f"On Number {n}", f"Counting {n} sheep.") for n in range(12)]


def tagger(papers, words=GARDEN, method="both"):
    return Tagger(words, reading(papers, words), curated_rows(papers), method=method)


def suggested(first, *others, words=GARDEN, method="both"):
    return tagger([first, *others, *OTHERS], words, method).tags(0)


def test_a_phrase_of_the_title_is_enough():
    assert suggested(paper("a", "Sourdough at Night")) == ["baking"]


def test_a_phrase_that_few_papers_have_is_enough_in_the_abstract():
    assert suggested(paper("a", "At Night", "We dig a raised bed.")) == ["gardening"]


def test_a_phrase_that_many_papers_have_must_be_repeated():
    ovens = [paper(f"oven-{n}", "Heat", "An oven.") for n in range(2)]
    assert suggested(paper("a", "Heat", "An oven."), *ovens) == []
    assert suggested(paper("a", "Heat", "An oven, the oven, our oven."), *ovens) == ["baking"]


def test_no_phrase_means_no_tag():
    assert suggested(paper("a", "At Night", "Nobody bakes.")) == []


def test_tags_come_surest_first():
    both = paper("a", "Rigging", "The rigging of a sailing boat in a harbor, with an oven.")
    assert suggested(both) == ["sailing", "baking"]


def test_there_are_at_most_five():
    words = vocabulary(*(tag(f"tag-{letter}", f"word {letter}") for letter in "abcdefg"))
    everything = paper("a", "All", " ".join(f"word {letter}." for letter in "abcdefg"))
    assert len(suggested(everything, words=words)) == MOST_TAGS


def test_an_empty_vocabulary_suggests_nothing():
    assert suggested(paper("a", "Sourdough"), words=Vocabulary()) == []


@pytest.mark.parametrize(
    "odd",
    [
        paper("a", "Über das Brot", "Ein Ofen, ein Laib, kein Wort auf Englisch."),
        paper("a", "庭とパン", "日本語の要旨です。"),
        paper("a", "Brief", "It is so."),
        paper("a", "1 + 1 = 2", "?!"),
        paper("a", "$\\ell_0$", "$x$"),
        paper("a", "Long", "Neither here nor there. " * 4200),
    ],
    ids=["German", "Japanese", "three words", "signs", "formulas", "a hundred thousand signs"],
)
def test_an_odd_paper_gets_no_tag_rather_than_a_wrong_one(odd):
    tagged = [paper(f"t-{n}", "Sourdough", "Bread.", tags=("baking",)) for n in range(30)]
    assert suggested(odd, *tagged) == []


def taught(count):
    """Papers on baking that never say so in a phrase, and as many others."""
    return [
        *(
            paper(f"b-{n}", f"Crumb {n}", "Flour, yeast and crumb, more yeast.", tags=("baking",))
            for n in range(count)
        ),
        *(
            paper(f"s-{n}", f"Wind {n}", "Keel, mast and wind.", tags=("sailing",))
            for n in range(count)
        ),
    ]


def test_curated_papers_teach_words_that_no_phrase_has():
    new = paper("a", "On Yeast", "Flour and yeast make crumb.")
    assert suggested(new, *taught(20)) == ["baking"]
    assert suggested(new, *taught(20), method="phrases") == []


def test_a_handful_of_curated_papers_teaches_nothing_yet():
    assert suggested(paper("a", "On Yeast", "Flour and yeast make crumb."), *taught(1)) == []


def test_what_is_learned_alone_needs_no_phrase():
    new = paper("a", "On Yeast", "Flour and yeast make crumb.")
    assert suggested(new, *taught(20), method="learned") == ["baking"]


def test_a_tag_that_the_vocabulary_lost_teaches_nothing():
    lost = [paper(f"x-{n}", "Yeast", "Flour.", tags=("gone",)) for n in range(20)]
    assert suggested(paper("a", "Yeast", "Flour."), *lost) == []


def test_an_import_without_tags_changes_no_suggestion_of_others():
    papers = [*taught(10), *(paper(f"n-{n}", "On Yeast", "Flour.") for n in range(5))]
    before = tag_papers(papers, tagger(papers))
    after = tag_papers([*papers, new := paper("z", "Flour", "An oven.")], tagger([*papers, new]))
    assert after[: len(before)] == before


def test_reasons_name_phrases_and_a_similar_paper():
    papers = [paper("a", "On Yeast: Notes", "Flour, yeast, crumb and an oven."), *taught(20)]
    uses = tagger(papers).uses(0, papers)
    assert uses == (TagUse(id="baking", by="auto", why='because of: oven; similar to: "Crumb 0"'),)


def test_reasons_name_words_where_there_is_no_phrase():
    papers = [paper("a", "On Yeast", "Flour, yeast, and Yeast."), *taught(20)]
    assert tagger(papers).uses(0, papers)[0].why == 'because of: yeast; similar to: "Crumb 0"'


def test_curated_tags_stay_as_they_are_and_have_no_reason():
    papers = [
        paper("a", "Sourdough", tags=("sailing",)),
        paper("b", "Sourdough", tags=()),
        paper("c", "Sourdough"),
        *OTHERS,
    ]
    found = tag_papers(papers, tagger(papers))
    assert found[0] == (TagUse(id="sailing", by="curator"),)
    assert found[1] == ()
    assert [use.by for use in found[2]] == ["auto"]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Half a Loaf: Sparse Updates", "Half a Loaf"),
        ("Weights in $\\ell_0$", "Weights in ℓ₀"),
        ("Word " * 20, "Word Word Word Word Word Word Word Word Word Word Word Word…"),
        ("x" * 80, "x" * 60 + "…"),
    ],
)
def test_titles_are_shortened_for_reasons(title, short):
    assert short_title(title.strip()) == short
