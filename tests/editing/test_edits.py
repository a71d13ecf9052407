"""Papers made, renamed and removed by command: what comes of all of content/."""

import pytest

from builder import library

FULL = "half-a-loaf-sparse-updates-for-large-models"
SIEVE = "sieve-7-learning-what-to-forget"


def texts(content):
    return {
        path.relative_to(content).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(content.rglob("*"))
        if path.is_file()
    }


def put(content, path, text):
    (content / path).write_text(text, encoding="utf-8")


def edit(content, path, old, new):
    text = (content / path).read_text(encoding="utf-8")
    assert old in text
    put(content, path, text.replace(old, new))


# -------------------------------------------------------------------- rename


def test_a_renamed_paper_is_followed_everywhere(content, papershelf):
    put(content, "papers/do-robots-fold-paper.md",
        f'---\ntitle: "Do Robots"\nrelated:\n  # why\n  - {FULL}  # this\n---\nNo.\n')  # fmt: skip
    put(content, "authors.yml",
        f"namesakes:\n  - id: ada-example-x\n    name: Ada Example\n    note: X\n"
        f"    papers: [{FULL}]\n")  # fmt: skip
    result = papershelf("rename", FULL, "loaf")
    assert result.exit_code == 0, result.output
    assert result.output.splitlines() == [
        f"Renamed {FULL}.md to loaf.md",
        "Changed authors.yml",
        "Changed collections/less-is-more.md",
        "Changed editions/daily-papers-2025-03-17.yml",
        "Changed editions/daily-papers-undated.yml",
        "Changed papers/do-robots-fold-paper.md",
        f"/papers/{FULL}/ leads to /papers/loaf/",
    ]
    found = texts(content)
    assert f"papers/{FULL}.md" not in found
    assert [name for name, text in found.items() if FULL in text] == ["redirects.yml"]
    assert found["papers/do-robots-fold-paper.md"] == (
        '---\ntitle: "Do Robots"\nrelated:\n  # why\n  - loaf  # this\n---\nNo.\n'
    )
    assert '"/papers/half-a-loaf/": "/papers/loaf/"\n' in found["redirects.yml"]
    assert library.inspect(content)[1] == []


def test_renaming_there_and_back_changes_redirects_alone(content, papershelf):
    before = texts(content)
    papershelf("rename", FULL, "loaf")
    papershelf("rename", "content/papers/loaf.md", FULL)
    after = texts(content)
    assert after.pop("redirects.yml") == (
        before.pop("redirects.yml") + f'"/papers/loaf/": "/papers/{FULL}/"\n'
    )
    assert after == before
    assert library.inspect(content)[1] == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("sieve", "x", 'there is no paper "sieve"'),
        (FULL, SIEVE, f"content/papers/{SIEVE}.md:1: a paper with this name is there; "
         "choose another name"),
        (FULL, "Loaf", 'rename it to "loaf"'),
        (FULL, FULL, "the two names are the same"),
        (SIEVE, "half-a-loaf", f'the address of "half-a-loaf" leads to /papers/{FULL}/'),
    ],
)  # fmt: skip
def test_a_rename_that_cannot_be_is_refused_and_nothing_changes(
    content, papershelf, old, new, told
):
    before = texts(content)
    result = papershelf("rename", old, new)
    assert result.exit_code == 1
    assert told in result.stderr
    assert texts(content) == before


SILENCES = f"""silence:
  # by hand
  - path: papers/{FULL}.md
    field: abstract
    reason: Meant so.
  - path: {FULL}.md
    says: two spellings
    reason: Meant so.
  - path: papers/{SIEVE}.md
    field: abstract
    reason: Meant so.
"""


def test_silences_of_a_papers_checks_follow_its_name(content, papershelf):
    put(content, "check.yml", SILENCES)
    result = papershelf("rename", FULL, "loaf")
    assert "Changed check.yml" in result.output.splitlines()
    assert texts(content)["check.yml"] == SILENCES.replace(FULL, "loaf")


def test_silences_of_a_papers_checks_go_with_it(content, papershelf):
    put(content, "check.yml", SILENCES)
    result = papershelf("remove", FULL, "--reason", "Withdrawn")
    assert "Changed check.yml" in result.output.splitlines()
    left = texts(content)["check.yml"]
    assert FULL not in left and f"  - path: papers/{SIEVE}.md\n" in left
    papershelf("remove", SIEVE, "--reason", "Withdrawn")
    assert "sieve" not in texts(content)["check.yml"]
    assert papershelf("fmt", "--check").exit_code == 0
    assert library.inspect(content)[1] == []


# -------------------------------------------------------------------- remove


def test_a_removed_paper_leaves_a_tombstone_and_no_reference(content, papershelf):
    result = papershelf("remove", FULL, "--reason", "Withdrawn:  by its authors")
    assert result.exit_code == 0, result.output
    found = texts(content)
    assert found["removed.yml"] == (
        f'removed:\n  - slug: {FULL}\n    title: "Half a Loaf: Sparse Updates for Large Models"\n'
        '    reason: "Withdrawn: by its authors"\n'
    )
    assert [name for name, text in found.items() if FULL in text] == [
        "redirects.yml",
        "removed.yml",
    ]
    assert library.inspect(content)[1] == []
    assert papershelf("fmt", "--check").exit_code == 0


def test_a_second_tombstone_comes_below_the_first_and_comments_stay(content, papershelf):
    put(content, "removed.yml",
        "# Ours.\nremoved:\n  - slug: x\n    title: \"X\"\n    reason: Why  # so\n")  # fmt: skip
    papershelf("remove", "do-robots-fold-paper", "--reason", "Because")
    assert (content / "removed.yml").read_text() == (
        '# Ours.\nremoved:\n  - slug: x\n    title: "X"\n    reason: Why  # so\n'
        '  - slug: do-robots-fold-paper\n    title: "Do Robots Fold Paper?"\n    reason: Because\n'
    )


def test_the_last_paper_of_a_reading_path_is_not_removed(content, papershelf):
    put(content, "collections/less-is-more.md",
        f'---\ntitle: "L"\npapers:\n  - paper: {FULL}\n    note: N\n---\nIntro.\n')  # fmt: skip
    before = texts(content)
    result = papershelf("remove", FULL, "--reason", "x")
    assert result.exit_code == 1
    assert result.stderr.startswith(
        "content/collections/less-is-more.md:3: papers: this reading path has no other paper; "
        "remove its file first\n"
    )
    assert texts(content) == before


@pytest.mark.parametrize(
    ("slug", "reason", "told"),
    [
        (SIEVE, " ", "there is no reason; say in a line why the paper goes"),
        ("none", "x", 'there is no paper "none"'),
    ],
)
def test_a_removal_without_a_reason_or_a_paper_is_refused(content, papershelf, slug, reason, told):
    before = texts(content)
    result = papershelf("remove", slug, "--reason", reason)
    assert result.exit_code == 1
    assert told in result.stderr
    assert texts(content) == before


def test_a_tombstone_of_a_paper_that_is_there_is_a_mistake(content, papershelf):
    put(content, "removed.yml",
        f'removed:\n  - slug: {SIEVE}\n    title: "S"\n    reason: Why\n')  # fmt: skip
    result = papershelf("check")
    assert result.exit_code == 1
    assert result.stdout == (
        f'content/removed.yml:2: removed[0].slug: the paper "{SIEVE}" is there, and its '
        "tombstone, too; remove one of the two\n"
    )


# -------------------------------------------------------------------- fmt


def test_fmt_mends_what_differs_and_says_so(content, papershelf):
    put(content, "papers/do-robots-fold-paper.md", "---\ntitle: Do Robots Fold Paper?\n---\nNo.")
    result = papershelf("fmt", "--check")
    assert result.exit_code == 1
    told = "content/papers/do-robots-fold-paper.md:1: not canonical; run papershelf fmt\n"
    assert result.stdout == told
    result = papershelf("fmt")
    assert result.exit_code == 0
    assert result.stdout == ("Wrote content/papers/do-robots-fold-paper.md\n19 files: 1 changed\n")
    assert papershelf("fmt").stdout == "19 files: 0 changed\n"


def test_fmt_writes_nothing_when_a_file_has_a_mistake(content, papershelf):
    put(content, "papers/do-robots-fold-paper.md", "---\ntitle: Do Robots Fold Paper?\n---\nNo.")
    put(content, "papers/a.md", "---\ntitle: no\n---\nNo.")
    before = texts(content)
    result = papershelf("fmt")
    assert result.exit_code == 1
    assert "content/papers/a.md:2: title: this is a yes-or-no value" in result.stderr
    assert texts(content) == before


def test_fmt_takes_content_files_only(content, papershelf):
    result = papershelf("fmt", "content/pages/about.md")
    assert result.exit_code == 1
    assert result.stderr.startswith("content/pages/about.md:1: no content file; give files of")
