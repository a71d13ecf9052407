import random

from hypothesis import given
from hypothesis import strategies as st

from builder.citation import keys as keys_module
from builder.citation.keys import distinct, short_key
from builder.citation.names import parse

ADA = parse("Ada Example")
SLUGS = st.lists(
    st.from_regex(r"[a-c]{1,3}(-[a-c]{1,3}){0,3}", fullmatch=True), unique=True, min_size=1
)


def keys(papers):
    """Slug -> key, for (slug, first author, year) of every paper."""
    return distinct({slug: short_key(slug, author, year) for slug, author, year in papers})


def key(slug, author=ADA, year=2025):
    return keys([(slug, author, year)])[slug]


def stem(made):
    return made.rpartition("-")[0]


def test_a_key_is_family_name_year_word_and_mark():
    made = key("half-a-loaf-sparse-updates")
    assert stem(made) == "example2025half"
    assert len(made) == len("example2025half-xyz")


def test_the_key_of_a_known_paper_is_what_it_has_always_been():
    # Readers have written keys into their manuscripts: if this fails, the change is wrong.
    assert key("half-a-loaf-sparse-updates-for-large-models") == "example2025half-d4w"


def test_the_word_is_the_first_that_means_something():
    assert stem(key("on-the-price-of-patience")) == "example2025price"
    assert stem(key("what-is-it")) == "example2025what"
    assert stem(key("the-of")) == "example2025the"


def test_names_are_written_in_ascii_letters():
    assert stem(key("a-b", parse("Käthe Müßig"))) == "mussig2025b"
    assert stem(key("a-b", parse("Jan van der Sample"))) == "vandersample2025b"
    assert stem(key("a-b", parse("见本 一郎"))).isascii()
    assert stem(key("a-b", parse("01.AI"))) == "01ai2025b"


def test_what_is_not_known_is_left_out():
    assert stem(key("half-a-loaf", None, 2025)) == "2025half"
    assert stem(key("half-a-loaf", ADA, None)) == "examplehalf"
    assert stem(key("half-a-loaf", None, None)) == "half"


@given(slugs=SLUGS, data=st.data())
def test_keys_are_unique_and_a_new_paper_changes_none(slugs, data):
    papers = [(slug, ADA, 2025) for slug in slugs]
    made = keys(papers)
    assert len(set(made.values())) == len(slugs)
    fewer = data.draw(st.sets(st.sampled_from(slugs)))
    some = keys(paper for paper in papers if paper[0] in fewer)
    assert some == {slug: made[slug] for slug in fewer}


def test_the_order_of_papers_makes_no_difference():
    papers = [(f"learning-{n}", ADA, 2025) for n in range(50)]
    shuffled = random.Random(7).sample(papers, len(papers))
    assert keys(papers) == keys(shuffled)


def test_where_two_marks_meet_both_grow_and_stay_unique(monkeypatch):
    real = keys_module._mark
    monkeypatch.setattr(
        keys_module, "_mark", lambda slug, length: "xyz" if length == 3 else real(slug, length)
    )
    made = keys([("learning-a", ADA, 2025), ("learning-b", ADA, 2025), ("half-a", ADA, 2025)])
    assert made["half-a"] == "example2025half-xyz"
    assert stem(made["learning-a"]) == stem(made["learning-b"]) == "example2025learning"
    assert made["learning-a"] != made["learning-b"]
    assert "example2025learning-xyz" not in made.values()
