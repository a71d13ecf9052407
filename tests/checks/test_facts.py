"""Warnings about facts: each names its line, and the invented library deserves none."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from builder.checks.facts import double_links, namesakes, spellings
from builder.content.authors import Authors, Namesake
from builder.content.paper import Link, Source
from builder.library import Library

LOAF = "half-a-loaf-sparse-updates-for-large-models"
CRANE = "papercrane-folding-policies-from-one-demonstration"


def papers(small: Library, *bylines: tuple[str, ...]) -> Library:
    """A library of papers by these authors, each in a file of the name of its number."""
    made = {}
    for number, names in enumerate(bylines):
        slug = f"p{number}"
        lines = {f"authors[{index}]": index + 2 for index in range(len(names))}
        source = Source(path=f"{slug}.md", lines=lines)
        made[slug] = replace(small.papers[LOAF], slug=slug, authors=names, source=source)
    return replace(small, papers=MappingProxyType(made))


def told(library: Library) -> list[str]:
    return [str(problem) for problem in spellings(library)]


@pytest.mark.parametrize("check", [spellings, namesakes, double_links])
def test_the_invented_library_is_blameless(small, check):
    assert list(check(small)) == []


def test_all_are_warnings(small):
    library = papers(small, ("Zoe Ex",), ("Zoé Ex",))
    assert {problem.severity for problem in spellings(library)} == {"warning"}


def test_a_rarer_spelling_of_a_name_is_told_at_its_line(small):
    library = papers(small, ("Ada B", "Jo Ex-Ample"), ("Jo Ex-ample",), ("Jo Ex-Ample",))
    assert told(library) == [
        'p1.md:2: authors[0]: "Jo Ex-ample" is "Jo Ex-Ample" in another paper; '
        "write the name in one way, the one that the author uses"
    ]


def test_of_two_spellings_as_common_the_one_with_accents_is_better(small):
    (line,) = told(papers(small, ("Zoe Ex",), ("Zoé Ex",)))
    assert line.startswith('p0.md:2: authors[0]: "Zoe Ex" is "Zoé Ex"')


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jo Example", "Jo M. Example"),
        ("Jo M. Example", "Jo Maria Example"),
        ("J. Example", "Jo Example"),
        ("Jo Example", "Jo Maria van der Example"),
        ("Example Jo Maria", "Jo Maria Example"),
    ],
)
def test_names_that_fit_are_one_person_where_a_third_wrote_with_both(small, one, other):
    (line,) = told(papers(small, (one, "Bo Third"), ("Bo Third", other)))
    assert f'"{one}" is "{other}" in another paper' in line


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Jo Example", "Jo M. Example-Third"),
        ("Jo A. Example", "Jo M. Example"),
        ("J. Maria Example", "Jan Example"),
        ("Li Example", "Li-Bo Example"),
        ("Jo Example", "Joan Example"),
        ("Jo", "Jo Example"),
    ],
)
def test_names_that_do_not_fit_are_two_people(small, one, other):
    assert told(papers(small, (one, "Bo Third"), ("Bo Third", other))) == []


def test_names_that_fit_are_two_people_where_nobody_wrote_with_both(small):
    assert told(papers(small, ("Jo Example", "Bo Third"), ("Jo M. Example", "Cy Fourth"))) == []


def test_who_wrote_a_paper_together_are_two_people(small):
    names = ("Jo Example", "Jo M. Example", "Bo Third")
    assert told(papers(small, names, ("Jo Example", "Bo Third"))) == []


def test_the_commoner_of_two_names_is_better_and_of_equals_the_fuller(small):
    often = papers(small, ("Jo Ex", "Bo T"), ("Jo Ex", "Bo T"), ("Jo M. Ex", "Bo T"))
    assert '"Jo M. Ex" is "Jo Ex"' in told(often)[0]
    once = papers(small, ("Jo Ex", "Bo T"), ("Jo M. Ex", "Bo T"))
    assert '"Jo Ex" is "Jo M. Ex"' in told(once)[0]


def people(*claims: tuple[str, str]) -> Authors:
    """Bo Samples, each with one paper."""
    made = [Namesake(id=key, name="Bo Sample", note=key, papers=(paper,)) for key, paper in claims]
    return Authors(namesakes=MappingProxyType({item.id: item for item in made}))


def test_a_paper_that_no_namesake_has_is_told(small):
    library = replace(small, authors=people(("bo-sample-x", LOAF)))
    (problem,) = namesakes(library)
    assert problem.path.endswith(f"{CRANE}.md")
    assert (problem.line, problem.field) == (3, "authors[0]")
    assert problem.message == (
        '"Bo Sample" is the name of somebody in authors.yml, where this paper is missing'
    )


def test_several_namesakes_are_counted(small):
    third = replace(small.papers[LOAF], slug="third")
    library = replace(
        small,
        papers=MappingProxyType({**small.papers, "third": third}),
        authors=people(("bo-sample-x", LOAF), ("bo-sample-y", CRANE)),
    )
    (problem,) = namesakes(library)
    assert problem.message.startswith('"Bo Sample" is the name of 2 people in authors.yml')


def test_a_link_that_leads_to_the_same_place_is_told(small):
    links = (
        Link(kind="code", url="https://github.com/a/b.git"),
        Link(kind="project", url="https://a.org"),
        Link(kind="data", url="https://github.com/a/b/"),
    )
    source = Source(path="p.md", lines={"links[2].url": 9})
    twice = replace(small.papers[LOAF], links=links, source=source)
    library = replace(small, papers=MappingProxyType({LOAF: twice}))
    assert [str(problem) for problem in double_links(library)] == [
        'p.md:9: links[2].url: "https://github.com/a/b/" stands here a second time; '
        "keep the link whose kind says best what it is"
    ]


def test_the_command_prints_them_as_warnings(content, papershelf):
    path = content / "papers" / "quarter-bits-quantizing-below-one-bit.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Nia Example", "Adà Example"), encoding="utf-8")
    result = papershelf("check")
    assert (result.exit_code, result.stderr) == (0, "1 warning\n")
    assert result.stdout == (
        "content/papers/quarter-bits-quantizing-below-one-bit.md:3: authors[1]: "
        '"Adà Example" is "Ada Example" in another paper; write the name in one way, '
        "the one that the author uses [warning]\n"
    )
