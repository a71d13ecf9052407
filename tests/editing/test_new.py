"""One good file from what a person pastes."""

import pytest
from click.testing import CliRunner

from builder import library
from builder.cli import main

FULL = "content/papers/half-a-loaf-sparse-updates-for-large-models.md"
BIBTEX = r"""
@inproceedings{goedel2025bread,
  title     = {Bread of {BERT} by G{\"o}del: $n^2$ Loaves},
  author    = {G{\"o}del, Kira and van der Loaf, Bo},
  booktitle = {Proceedings of Invented Meetings},
  year      = {2025},
  doi       = {https://doi.org/10.1000/bread},
  abstract  = {We bake 50\% more.},
}
"""


def text_of(content, name):
    return (content / "papers" / name).read_text(encoding="utf-8")


@pytest.fixture
def paste(content, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    return lambda text, *more: CliRunner().invoke(
        main, ["new", "--stdin", *more], input=text, catch_exceptions=False
    )


def test_a_title_and_an_abstract_make_a_whole_file(content, papershelf):
    result = papershelf(
        "new", "Bread & Butter", "--abstract", "We $n^2$.", "--author", "Ada Example",
        "--author", "Bo Sample", "--tag", "theory", "--summary", "Bakes: well.",
        "--date", "2025-03-01", "--link", "https://github.com/example/bread",
    )  # fmt: skip
    assert (result.exit_code, result.output) == (0, "content/papers/bread-butter.md\n")
    assert text_of(content, "bread-butter.md") == (
        '---\ntitle: "Bread & Butter"\nauthors: [Ada Example, Bo Sample]\ndate: 2025-03-01\n'
        'links:\n  - {kind: code, url: "https://github.com/example/bread"}\n'
        'summary: "Bakes: well."\ntags: [theory]\n---\nWe $n^2$.\n'
    )
    assert library.inspect(content)[1] == []


def test_a_bibtex_entry_makes_a_file(content, paste):
    result = paste(BIBTEX)
    assert result.stdout == "content/papers/bread-of-bert-by-godel-n2-loaves.md\n"
    assert text_of(content, "bread-of-bert-by-godel-n2-loaves.md") == (
        '---\ntitle: "Bread of BERT by Gödel: $n^2$ Loaves"\n'
        "authors: [Kira Gödel, Bo van der Loaf]\ndoi: 10.1000/bread\n"
        "venue: Proceedings of Invented Meetings 2025\n---\nWe bake 50% more.\n"
    )


@pytest.mark.parametrize(
    "given",
    [
        "2503.01234",
        "arXiv:2503.01234v2",
        "https://arxiv.org/pdf/2503.01234v1",
        "arxiv.org/abs/2503.01234",
    ],
)
def test_an_arxiv_id_alone_makes_a_file_with_clear_gaps(content, papershelf, given):
    result = papershelf("new", given)
    assert result.exit_code == 0
    assert result.stdout == "content/papers/arxiv-2503-01234.md\n"
    assert result.stderr.splitlines() == [
        "still missing: the title: paste it from https://arxiv.org/abs/2503.01234 between the "
        "quotes in line 2, and name the file after it (or remove the file and run this again with "
        "--title)",
        "still missing: the abstract: paste it from https://arxiv.org/abs/2503.01234 below the "
        'second line "---"',
    ]
    assert text_of(content, "arxiv-2503-01234.md") == (
        '---\ntitle: ""\narxiv: "2503.01234"\n---\n\n'
    )
    again = papershelf("new", given)
    assert again.exit_code == 1
    assert "arxiv-2503-01234.md:1: this file is here already; finish it, or remove it" in (
        again.stderr
    )


def test_a_doi_with_a_title_waits_for_its_abstract_only(content, papershelf):
    result = papershelf("new", "https://doi.org/10.1000/182", "--title", "Crumbs")
    assert result.stderr == (
        "still missing: the abstract: paste it from https://doi.org/10.1000/182 below the second "
        'line "---"\n'
    )
    assert "doi: 10.1000/182\n" in text_of(content, "crumbs.md")


def test_a_title_with_its_abstract_below_is_understood(content, paste):
    paste("Crumbs of $x$\n\nFirst.\n\nSecond <b>.\n")
    assert text_of(content, "crumbs-of-x.md") == (
        '---\ntitle: "Crumbs of $x$"\n---\nFirst.\n\nSecond &lt;b>.\n'
    )


def test_json_is_taken_as_data(content, paste):
    result = paste('{"title": "$(id) `x`\\n--\\nt", "abstract": "A.", "editor": "E"}')
    assert result.stdout == "content/papers/id-x-t.md\n"
    assert result.stderr == "not used: editor\n"
    assert text_of(content, "id-x-t.md").split("\n")[1] == 'title: "$(id) `x` – t"'


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Half a loaf -- sparse updates for large models"], "with this title is here already"),
        (["2503.99901"], "with this arXiv id is here already"),
        (["doi:10.0000/Half-a-Loaf"], "with this DOI is here already"),
    ],
)
def test_a_paper_that_is_here_is_refused_with_its_file(content, papershelf, arguments, told):
    result = papershelf("new", *arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith(f"{FULL}:1: the paper {told}; change this file instead\n")


def test_a_paper_that_was_removed_is_refused_with_the_reason(content, papershelf):
    papershelf("remove", "do-robots-fold-paper", "--reason", "Folded.")
    result = papershelf("new", "Do robots fold paper?", "--abstract", "Yes.")
    assert result.stderr.startswith(
        "content/removed.yml:2: removed[0].slug: this paper was removed: Folded.; remove its "
        "tombstone first"
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@article{x, title={A}", "command line:1: this BibTeX entry cannot be read; copy"),
        ("@misc{x, title={A}}\n@misc{y, title={B}}", "2 BibTeX entries where one is expected"),
        ("{]", "command line:1: no JSON:"),
        ('{"title": 3}', "title: a number where text is expected"),
        ("https://example.org/paper", "no title; give --title, or an arXiv id or DOI"),
        ("!?", "title: no letter or digit in it"),
        ('{"title": "A", "arxiv": "25"}', 'arxiv: "25" is no arXiv id'),
    ],
)
def test_what_cannot_be_used_is_told_and_makes_no_file(content, papershelf, text, told):
    before = sorted((content / "papers").iterdir())
    result = papershelf("new", text)
    assert result.exit_code == 1
    assert told in result.stderr
    assert sorted((content / "papers").iterdir()) == before


def test_an_unknown_tag_is_refused(content, papershelf):
    result = papershelf("new", "Crumbs", "--tag", "sparcity")
    assert result.stderr.startswith(
        'command line:1: tags: there is no tag "sparcity"; did you mean "sparsity"?'
    )
