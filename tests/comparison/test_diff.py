"""What a change does to the site, in words."""

import shutil

import pytest

from builder.comparison.report import _code
from tests.conftest import DATA
from tests.repositories import Repository, needs_git

FULL = "half-a-loaf-sparse-updates-for-large-models"

pytestmark = needs_git


@pytest.fixture
def content(tmp_path):
    """The invented library, committed."""
    repository = Repository(tmp_path)
    folder = shutil.copytree(DATA / "library", tmp_path / "content")
    repository.commit("2025-01-01")
    return folder


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def told(papershelf, *arguments):
    result = papershelf("diff", "HEAD", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def section(text, title):
    parts = text.rstrip("\n").split("\n\n")
    return next(part for part in parts if part.startswith(f"{title}\n")).split("\n")[1:]


def test_no_change_is_told_as_none(content, papershelf):
    assert told(papershelf) == "Nothing that readers see changes.\n"


def test_another_layout_of_a_file_changes_nothing(content, papershelf):
    edit(content / "papers" / "do-robots-fold-paper.md", '"Do Robots', "'Do Robots")
    edit(content / "papers" / "do-robots-fold-paper.md", 'Paper?"', "Paper?'")
    assert told(papershelf) == "Nothing that readers see changes.\n"


def test_fields_are_told_before_and_after(content, papershelf):
    path = content / "papers" / f"{FULL}.md"
    edit(path, "venue: ICLR 2025", "venue: ICML 2025")
    edit(path, "tags: [sparsity, theory]", "tags: [theory]")
    edit(path, "doi: 10.0000/half-a-loaf\n", "")
    edit(path, "is as good as full", "is nearly as good as full")
    text = told(papershelf)
    assert section(text, "1 paper changed") == [
        f'- "Half a Loaf: Sparse Updates for Large Models" at "/papers/{FULL}/"',
        '  - doi: removed: "10.0000/half-a-loaf"',
        '  - venue: "ICLR 2025" became "ICML 2025"',
        '  - tags: "sparsity, theory" became "theory"',
        '  - abstract: "… Half a Loaf is as good as full …" became '
        '"… Half a Loaf is nearly as good as full …"',
    ]
    pages = section(text, "Pages")[0]
    assert f' changed: "/papers/{FULL}/", "/", ' in pages
    assert '"/papers/do-robots-fold-paper/"' not in pages


def test_papers_that_come_move_and_go_are_told(content, papershelf):
    assert papershelf("rename", FULL, "loaf").exit_code == 0
    assert papershelf("remove", "do-robots-fold-paper", "--reason", "Folded.").exit_code == 0
    assert papershelf("new", "Crumbs", "--abstract", "Small.").exit_code == 0
    (content / "papers" / "quarter-bits-quantizing-below-one-bit.md").unlink()
    edit(content / "editions" / "daily-papers-2024-12-02.yml",
         "  - quarter-bits-quantizing-below-one-bit\n", "")  # fmt: skip
    path = content / "collections" / "less-is-more.md"
    edit(path, "  - paper: quarter-bits-quantizing-below-one-bit\n", "  - paper: crumbs\n")
    text = told(papershelf)
    assert section(text, "1 paper added")[0] == '- "Crumbs" at "/papers/crumbs/"'
    assert section(text, "2 papers removed") == [
        '- "Do Robots Fold Paper?" at "/papers/do-robots-fold-paper/"',
        '  - its page says why: "Folded."',
        '- "Quarter Bits: Quantizing Below One Bit" at '
        '"/papers/quarter-bits-quantizing-below-one-bit/"',
        "  - its address leads nowhere now; papershelf remove leaves a page that says why",
    ]
    assert section(text, "2 papers changed") == [
        '- "Half a Loaf: Sparse Updates for Large Models" at "/papers/loaf/"',
        f'  - moved from "/papers/{FULL}/"',
        '- "PaperCrane: Folding Policies from One Demonstration" at '
        '"/papers/papercrane-folding-policies-from-one-demonstration/"',
        '  - related: removed: "do-robots-fold-paper"',
    ]
    pages = section(text, "Pages")
    assert pages[0] == '- 2 added: "/papers/crumbs/", "/papers/loaf/"'
    listed = told(papershelf, "--format", "pages").splitlines()
    assert listed[:2] == ["/papers/crumbs/", "/papers/loaf/"]
    # The page that says why a paper is gone is one of those that a reviewer looks at.
    assert "/papers/do-robots-fold-paper/" in listed
    assert "/papers/quarter-bits-quantizing-below-one-bit/" not in listed
    assert len(set(listed)) == len(listed)


def test_a_rename_without_a_redirect_is_told(content, papershelf):
    name = "do-robots-fold-paper"
    (content / "papers" / f"{name}.md").rename(content / "papers" / "robots.md")
    assert "without a redirect: the old address leads nowhere; add it to redirects.yml" in (
        told(papershelf)
    )


def test_a_mistake_leaves_the_comparison_of_what_can_be_read(content, papershelf):
    edit(content / "papers" / f"{FULL}.md", "venue: ICLR 2025", "venue: ICML 2025")
    edit(content / "papers" / "do-robots-fold-paper.md", "title:", "titel:")
    text = told(papershelf)
    assert '  - venue: "ICLR 2025" became "ICML 2025"' in text
    assert section(text, "Not compared") == [
        "- Topics, links and pages: there are mistakes in content/ now (2 errors); run papershelf "
        "check"
    ]
    assert "Pages\n" not in text


def test_a_paper_that_cannot_be_read_is_not_told_as_removed(content, papershelf):
    edit(content / "papers" / f"{FULL}.md", "title:", "titel:")
    (content / "papers" / "do-robots-fold-paper.md").write_bytes("\ufeff---\n".encode("utf-16"))
    edit(content / "editions" / "daily-papers-2024-12-02.yml", "papers:", "papers: [")
    text = told(papershelf)
    assert "removed" not in text
    assert section(text, "Other files") == [
        '- "editions/daily-papers-2024-12-02.yml" changed',
        '- "papers/do-robots-fold-paper.md" changed',
        f'- "papers/{FULL}.md" changed',
    ]


def test_a_paper_that_comes_is_told_with_what_the_site_makes_of_it(content, papershelf):
    command = ("new", "Crumbs", "--abstract", "Small.", "--author", "Ada Example", "--tag")
    assert papershelf(*command, "sparsity").exit_code == 0
    assert section(told(papershelf), "1 paper added")[:3] == [
        '- "Crumbs" at "/papers/crumbs/"',
        '  - by "Ada Example"',
        '  - topics: "Sparsity"',
    ]


def test_topics_listings_and_reading_paths_are_told_in_words(content, papershelf):
    edit(content / "tags.yml", "name: Sparsity", "name: Sparse models")
    listing = content / "editions" / "daily-papers-2024-12-02.yml"
    lines = listing.read_text(encoding="utf-8").splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("  - "))
    lines[at], lines[at + 1] = lines[at + 1], lines[at]
    listing.write_text("\n".join([*lines, ""]), encoding="utf-8")
    (content / "editions" / "daily-papers-2024-12-03.yml").write_text(
        "title: More\ndate: 2024-12-03\npapers:\n  - do-robots-fold-paper\n", encoding="utf-8"
    )
    path = content / "collections" / "less-is-more.md"
    edit(path, "note: The same idea", "note: Much the same idea")
    edit(path, "  - paper: quarter-bits-quantizing-below-one-bit\n",
         "  - paper: do-robots-fold-paper\n")  # fmt: skip
    (content / "pages" / "about.md").write_text("# Other\n", encoding="utf-8")
    text = told(papershelf)
    lines = section(text, "Topics, listings and reading paths")
    assert lines[:2] == [
        '- topic changed: "Sparse models" at "/tags/sparsity/"',
        '  - name: "Sparsity" became "Sparse models"',
    ]
    at = lines.index(
        '- listing changed: "Daily Papers, December 2, 2024" at '
        '"/editions/daily-papers-2024-12-02/"'
    )
    assert lines[at + 1] == "  - its papers stand in another order"
    assert (
        '- listing added: "More, December 3, 2024" at "/editions/daily-papers-2024-12-03/", 1 paper'
        in lines
    )
    at = lines.index('- reading path changed: "Less Is More" at "/collections/less-is-more/"')
    assert lines[at + 1 : at + 3] == [
        '  - gains "Do Robots Fold Paper?"',
        '  - loses "Quarter Bits: Quantizing Below One Bit"',
    ]
    assert lines[at + 3].startswith('  - note on "')
    assert lines[at + 3].endswith(
        ': "The same idea for documents instead of weights." became "Much the same idea for '
        'documents instead of weights."'
    )
    assert "/about/" in told(papershelf, "--format", "pages").splitlines()


def test_a_listing_that_is_removed_leads_on_or_nowhere(content, papershelf):
    (content / "editions" / "daily-papers-2024-12-02.yml").unlink()
    (content / "collections" / "less-is-more.md").unlink()
    with (content / "redirects.yml").open("a", encoding="utf-8") as file:
        file.write('"/collections/less-is-more/": "/collections/"\n')
    assert section(told(papershelf), "Topics, listings and reading paths") == [
        '- listing removed: "Daily Papers, December 2, 2024" at '
        '"/editions/daily-papers-2024-12-02/"',
        "  - its address leads nowhere now; add a line to redirects.yml",
        '- reading path removed: "Less Is More" at "/collections/less-is-more/"',
        '  - its address leads to "/collections/" now',
    ]


def test_words_of_people_are_code_in_markdown(content, papershelf):
    path = content / "papers" / "do-robots-fold-paper.md"
    edit(path, "Do Robots Fold Paper?", "@ada `x` <img> #1 $n$")
    text = told(papershelf, "--format", "markdown")
    assert text.startswith("1 paper changed. Pages of the site: ")
    assert (
        "\n\n### 1 paper changed\n\n"
        "- ``@ada `x` <img> #1 $n$`` at `/papers/do-robots-fold-paper/`\n" in text
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [("a", "`a`"), ("`a", "`` `a ``"), ("a ``b`", "``` a ``b` ```"), ("a\nb\x1b", "`a b\\x1b`")],
)  # fmt: skip
def test_nothing_leaves_a_code_span(text, code):
    assert _code(text) == code


def test_a_revision_that_git_does_not_know_is_told(content, papershelf):
    for name in ("nothing", "--help", "-x"):
        result = papershelf("diff", "--", name)
        assert result.exit_code == 1
        assert result.stderr.startswith(f'papershelf: Git knows no revision "{name}"; fetch it')


def test_a_folder_outside_of_git_is_told(tmp_path, papershelf):
    shutil.copytree(DATA / "library", tmp_path / "content")
    result = papershelf("diff", "HEAD")
    assert (result.exit_code, result.stderr) == (
        1, "papershelf: content is in no Git repository\n",
    )  # fmt: skip


def test_a_folder_that_is_new_is_added_as_a_whole(tmp_path, papershelf):
    repository = Repository(tmp_path)
    repository.write("README", "x")
    repository.commit("2025-01-01")
    shutil.copytree(DATA / "library", tmp_path / "content")
    assert told(papershelf).startswith("12 papers added, 3 groups of topics added, ")


def test_a_change_that_is_too_large_for_a_comment_is_cut_to_one(content, papershelf):
    for number in range(20):
        names = ", ".join(f"{'Ada ' * 300}{number}-{index}" for index in range(4))
        header = f'title: "Crumbs {number}"\nauthors: [{names}]'
        path = content / "papers" / f"crumbs-{number}.md"
        path.write_text(f"---\n{header}\n---\nSmall.\n", encoding="utf-8")
    text = told(papershelf, "--format", "markdown")
    assert len(text) < 65_536
    assert "### 20 papers added\n\n- too much for a comment; run papershelf diff\n" in text
    assert text.rpartition("### ")[2].startswith("Pages\n")


def test_pages_follow_from_the_files_where_a_mistake_hides_the_rest(content, papershelf):
    edit(content / "papers" / f"{FULL}.md", "venue: ICLR 2025", "venue: ICML 2025")
    edit(content / "papers" / "do-robots-fold-paper.md", "title:", "titel:")
    result = papershelf("diff", "HEAD", "--format", "pages")
    assert (result.exit_code, result.stdout) == (0, f"/papers/{FULL}/\n")
    assert "there are mistakes in content/ now" in result.stderr


def test_no_changed_page_is_no_line(content, papershelf):
    assert told(papershelf, "--format", "pages") == ""


def test_words_and_pages_come_of_one_comparison(content, papershelf, tmp_path):
    edit(content / "papers" / f"{FULL}.md", "venue: ICLR 2025", "venue: ICML 2025")
    listed = told(papershelf, "--format", "pages")
    text = told(papershelf, "--format", "markdown", "--pages", "pages.txt")
    assert "ICML 2025" in text
    assert (tmp_path / "pages.txt").read_text(encoding="utf-8") == listed
    assert listed.startswith(f"/papers/{FULL}/\n")
