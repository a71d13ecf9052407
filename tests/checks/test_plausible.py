"""Doubles, dates, dead links, abstracts that end too early; and silences with a reason."""

import datetime
from pathlib import Path
from types import MappingProxyType

import pytest

from builder import checks
from builder.checks import duplicates, internal_links, plausible
from builder.content import paper, silences
from builder.library import Library
from tests.checks.libraries import NOWHERE, of_paper, of_path, told

AT = "content/papers/a-paper.md"


def shelf(**papers):
    """A library of several papers: slug -> front matter, with _ for hyphens."""
    made = {}
    for name, header in papers.items():
        slug = name.replace("_", "-")
        text = f"---\n{header}\n---\nAn abstract.\n"
        made[slug] = paper.parse(text, path=f"content/papers/{slug}.md")
    return Library(root=NOWHERE, papers=MappingProxyType(made))


@pytest.mark.parametrize(
    ("one", "other", "line", "field"),
    [
        ("title: Crumbs", "title: 'CRUMBS!'", 2, "title"),
        ("title: A\narxiv: '2503.01234'", "title: B\narxiv: '2503.01234'", 3, "arxiv"),
        ("title: A\ndoi: 10.1000/Ab", "title: B\ndoi: 10.1000/aB", 3, "doi"),
    ],
)
def test_one_paper_in_two_files_is_an_error(one, other, line, field):
    assert told(duplicates.check(shelf(a=one, b=other))) == [
        f"error: content/papers/b.md:{line}: {field}: content/papers/a.md has the same; remove one "
        "of the two, or correct it"
    ]


def test_titles_that_are_nearly_the_same_are_a_warning():
    found = duplicates.check(
        shelf(a="title: Sparse Updates for Large Models", b="title: Sparse Update for Large Models")
    )
    assert told(found) == [
        'warning: content/papers/b.md:2: title: nearly the same as "Sparse Updates for Large '
        'Models" in content/papers/a.md; if they are one paper, remove one of the two files'
    ]


def test_parts_of_a_series_and_other_papers_are_no_doubles():
    found = duplicates.check(
        shelf(
            a="title: Sparse Updates for Large Models 1",
            b="title: Sparse Updates for Large Models 2",
            c="title: Dense Updates for Large Models",
            d="title: Sparse Updates for Small Gardens",
        )
    )
    assert told(found) == []


def test_a_date_long_before_the_arxiv_id_is_a_warning():
    library = of_paper("title: A\ndate: 2025-01-31\narxiv: '2503.01234'", "B.")
    assert told(plausible.check(library)) == [
        f"warning: {AT}:3: date: 2025-01-31 is long before 2025-03, the month of "
        "arXiv:2503.01234; correct the one or the other"
    ]


def test_a_date_after_the_month_of_the_arxiv_id_is_a_warning():
    library = of_paper("title: A\ndate: 2025-06-01\narxiv: '2503.01234'", "B.")
    assert told(plausible.check(library)) == [
        f"warning: {AT}:3: date: 2025-06-01 is after 2025-03, the month of arXiv:2503.01234; write "
        "the day of first publication, or correct the id"
    ]


def test_an_id_of_the_month_after_is_usual():
    library = of_paper("title: A\ndate: 2024-12-29\narxiv: '2501.01234'", "B.")
    assert told(plausible.check(library)) == []


def test_a_date_in_the_future_is_an_error_by_the_day_that_is_given():
    library = of_paper("title: A\ndate: 2025-03-03", "B.")
    assert told(plausible.future_dates(library, datetime.date(2025, 3, 2))) == []
    assert told(plausible.future_dates(library, datetime.date(2025, 3, 1))) == [
        f"error: {AT}:3: date: 2025-03-03 is in the future; correct it, or leave it out until it "
        "is known"
    ]
    assert checks.review(library) == []


@pytest.mark.parametrize(
    ("url", "what"),
    [
        ("https://github.com/example", "this is no repository; link to the repository itself"),
        ("https://youtu.be/x", "this looks like video, not code; write kind: video"),
        ("https://example.org/a.pdf", "this looks like pdf, not code; write kind: pdf"),
    ],
)
def test_a_link_to_code_that_is_none_is_a_warning(url, what):
    library = of_paper(f'title: A\nlinks:\n  - {{kind: code, url: "{url}"}}', "B.")
    assert told(plausible.check(library)) == [f"warning: {AT}:4: links[0].url: {what}"]


@pytest.mark.parametrize("url", ["https://github.com/example/x", "https://git.example.org/"])
def test_a_repository_is_none_of_it(url):
    library = of_paper(f'title: A\nlinks:\n  - {{kind: code, url: "{url}"}}', "B.")
    assert told(plausible.check(library)) == []


@pytest.mark.parametrize(
    ("abstract", "line", "what"),
    [
        ("We bake...", 4, 'cut off: it ends in "We bake..."'),
        ("We.\n\nAnd then …", 6, 'cut off: it ends in "And then …"'),
        ("We prove that", 4, 'no sentence\'s end: it ends in "We prove that"'),
    ],
)
def test_an_abstract_that_is_cut_off_is_a_warning_at_its_end(abstract, line, what):
    assert told(plausible.check(of_paper("title: A", abstract))) == [
        f"warning: {AT}:{line}: abstract: {what}; paste the whole abstract"
    ]


@pytest.mark.parametrize("end", ["done.", "$x$", "*yes!*", "`code`", "at https://example.org/x"])
def test_an_abstract_may_end_in_other_ways_than_a_full_stop(end):
    assert told(plausible.check(of_paper("title: A", f"We are {end}"))) == []


@pytest.mark.parametrize(
    "target",
    [
        "../a-papr/",
        "/papers/a-papr/",
        "../a-papr/#notes",
        "../a-papr.md",
        "<../a-papr/>",
        "a-papr.md",
        "../papers/a-papr/",
    ],
)
def test_a_link_to_no_page_is_an_error_with_its_line(target):
    library = of_paper("title: A", f"Abstract.\n\n## Notes\nFirst.\n\nSee [it]({target}).")
    shown = target.strip("<>")
    assert told(internal_links.check(library)) == [
        f'error: {AT}:9: notes: "{shown}" leads to no page of this site; did you mean "a-paper"?'
    ]


@pytest.mark.parametrize(
    "text",
    [
        "[x](../a-paper/)", "[x](/papers/a-paper/#cite)", "[x](https://example.org/papers/b/)",
        "[x](../a-paper/cite.bib)", "`[x](../b/)`", "[x](#top)", "[x](../../years/2025/)",
        "[x](cite.bib)", "[x](//e.org/a)",
    ],
)  # fmt: skip
def test_a_link_to_a_page_or_elsewhere_is_none(text):
    assert told(internal_links.check(of_paper("title: A", text))) == []


@pytest.mark.parametrize(
    "target", ["a-paper.md", "../a-paper.md", "papers/a-paper.md", "../papers/a-paper/"]
)
def test_a_link_to_a_file_of_a_paper_is_an_error_with_the_way_to_its_page(target):
    papers = {
        name: paper.parse(f"---\ntitle: {name}\n---\n{text}\n", path=f"papers/{name}.md")
        for name, text in (("a-paper", "B."), ("b-paper", f"See [it]({target})."))
    }
    (problem,) = internal_links.check(Library(root=NOWHERE, papers=MappingProxyType(papers)))
    assert problem.message == f'"{target}" leads to no page of this site'
    assert problem.hint == 'write "../a-paper/"'


def test_links_of_hand_written_pages_lead_to_files_or_to_pages(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    papers = of_paper("title: A", "B.").papers
    library = Library(root=Path("content"), papers=papers)
    (tmp_path / "content" / "pages" / "deep").mkdir(parents=True)
    text = (
        "[a](papers/a-paper.md) [b](papers/a-paper.md#cite) [c](../papers/a-paper/)\n"
        "[d](tags/index.md) [e](deep/more.md) [f](../map/)\n\n[g](papers/b-paper.md)\n"
    )
    (tmp_path / "content" / "pages" / "about.md").write_text(text, encoding="utf-8")
    (tmp_path / "content" / "pages" / "deep" / "more.md").write_text(
        "[a](../papers/a-paper.md) [b](../../papers/a-paper/) [c](papers/a-paper/)\n"
        "[d](../papers/a-paper/)\n[e](../tags/x.md)\n",
        encoding="utf-8",
    )
    assert told(internal_links.check(library)) == [
        'error: content/pages/about.md:4: "papers/b-paper.md" leads to no page of this site; did '
        'you mean "a-paper"?',
        'error: content/pages/deep/more.md:3: "../tags/x.md" leads to no page of this site; '
        "correct it, or remove the link",
    ]


def test_a_dead_link_of_a_reading_path_is_found():
    library = of_path("title: P\npapers:\n  - {paper: x, note: N}", "See [tags](../../tags/x/).")
    (problem,) = internal_links.check(library)
    assert (problem.line, problem.field) == (6, "introduction")


TODAY = datetime.date(2025, 1, 1)


def silenced(entry, abstract="We prove that"):
    library = of_paper("title: A", abstract)
    text = f"silence:\n  - path: papers/a-paper.md\n{entry}    reason: The authors end so\n"
    found = silences.parse(text, path="content/check.yml")
    whole = Library(root=NOWHERE, papers=library.papers, silences=found)
    return told(checks.review(whole, TODAY))


@pytest.mark.parametrize("entry", ["    field: abstract\n", "    says: no sentence's end\n"])
def test_a_finding_is_silenced_by_its_field_or_words(entry):
    assert silenced(entry) == []


def test_a_silence_of_nothing_is_told():
    unused = (
        "warning: content/check.yml:2: silence[0].path: this silences nothing; remove it: what it "
        "was for is mended, or told in other words now"
    )
    assert silenced("    field: abstract\n", "We prove.") == [unused]
    assert unused in silenced("    field: title\n")
