import re

from builder.content import paper


def tags_of(path):
    return paper.parse(path.read_text(encoding="utf-8"), path=path.name).tags


def test_papers_without_tags_are_shown_with_suggestions_and_reasons(content, papershelf):
    result = papershelf("tag")
    assert result.exit_code == 0
    assert "do-robots-fold-paper: Do Robots Fold Paper?\n  robotics " in result.output
    assert re.search(r"^  translation +because of: translation$", result.output, re.MULTILINE)
    assert "\n  no suggestion\n" in result.output
    assert "papercrane" not in result.output


def test_showing_changes_nothing(content, papershelf):
    before = {path: path.read_bytes() for path in content.rglob("*") if path.is_file()}
    papershelf("tag")
    assert {path: path.read_bytes() for path in content.rglob("*") if path.is_file()} == before


def test_writing_adds_one_line_and_changes_no_other(content, papershelf):
    path = content / "papers" / "do-robots-fold-paper.md"
    path.write_bytes(
        b"---\r\n# by hand\r\ntitle: Do robots fold paper?\r\npick: true\r\n---\r\nNo.\r\n"
    )
    result = papershelf("tag", "do-robots-fold-paper", "--write")
    assert result.output.endswith("Wrote 1 file\n")
    assert path.read_bytes() == (
        b"---\r\n# by hand\r\ntitle: Do robots fold paper?\r\ntags: [robotics]\r\npick: true\r\n"
        b"---\r\nNo.\r\n"
    )


def test_writing_for_all_leaves_out_papers_without_a_suggestion(content, papershelf):
    assert papershelf("tag", "--write").output.endswith("Wrote 2 files\n")
    assert tags_of(content / "papers" / "do-robots-fold-paper.md") == ("robotics",)
    quotes = content / "papers" / "what-b-not-b-to-escape-markup-quotes-in-prompts.md"
    assert tags_of(quotes) is None
    assert papershelf("check").exit_code == 0


def test_tags_of_curators_are_never_replaced(content, papershelf):
    slug = "papercrane-folding-policies-from-one-demonstration"
    path = content / "papers" / f"{slug}.md"
    before = path.read_bytes()
    result = papershelf("tag", slug, "--write")
    assert "  its file has tags already: robotics\n" in result.output
    assert result.output.endswith("Wrote 0 files\n")
    assert path.read_bytes() == before


def test_where_every_paper_has_tags_that_is_said(content, papershelf):
    for path in (content / "papers").iterdir():
        text = path.read_text(encoding="utf-8")
        if "\ntags:" not in text:
            path.write_text(text.replace("---\n", "---\ntags: [theory]\n", 1), encoding="utf-8")
    assert papershelf("tag").output == "Every paper has tags\n"


def test_an_unknown_slug_is_told_with_the_nearest(content, papershelf):
    result = papershelf("tag", "do-robots-fold-papers", "no-such-thing-anywhere", "--write")
    assert result.exit_code == 1
    assert result.output == (
        "content/papers/do-robots-fold-papers.md:1: there is no such paper;"
        ' did you mean "do-robots-fold-paper"?\n'
        "content/papers/no-such-thing-anywhere.md:1: there is no such paper;"
        " the slugs are the names of the files in content/papers\n"
        "2 errors\n"
    )
