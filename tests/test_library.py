"""The library is loaded whole, checked as a whole, and tells everything that is wrong at once."""

import os
from pathlib import Path

import pytest

from builder import library
from builder.memory import Memory
from builder.problems import ProblemsFound

FULL = "half-a-loaf-sparse-updates-for-large-models"


@pytest.fixture(autouse=True)
def inside(tmp_path, monkeypatch):
    """Problems name files from the working directory, as a contributor types them."""
    monkeypatch.chdir(tmp_path)


def told(content: Path) -> list[str]:
    return [str(problem) for problem in library.inspect(content)[1]]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_invented_library_has_no_problem(content):
    assert told(content) == []


def test_papers_come_by_slug_editions_by_date_paths_by_title(small):
    assert list(small.papers) == sorted(small.papers)
    assert list(small.editions) == [
        "daily-papers-2025-03-17",
        "daily-papers-2024-12-02",
        "daily-papers-undated",
    ]
    assert list(small.collections) == ["less-is-more"]


def test_appearances_tell_where_a_paper_was_listed(small):
    shown = [(item.edition.id, item.position, item.comments) for item in small.appearances[FULL]]
    assert shown == [("daily-papers-2025-03-17", 2, 3), ("daily-papers-undated", 1, None)]
    assert "a-survey-of-small-gardens-compact-models-on-devices" not in small.appearances


def test_a_library_cannot_be_changed(small):
    with pytest.raises(TypeError):
        small.papers["x"] = None


def test_a_missing_folder_is_a_problem(tmp_path):
    assert told(tmp_path / "nowhere") == [
        "nowhere:1: there is no such content folder; "
        "give the folder that holds papers/ (papershelf --content DIR ...)"
    ]


def test_an_empty_folder_is_an_empty_library(tmp_path):
    (tmp_path / "content").mkdir()
    loaded = library.load(tmp_path / "content")
    assert (len(loaded.papers), len(loaded.editions), len(loaded.redirects.entries)) == (0, 0, 0)


def test_an_edition_that_lists_an_unknown_paper_is_told_at_its_line(content):
    edit(content / "editions/daily-papers-2025-03-17.yml", "do-robots-fold-paper", "do-robots-fold")
    assert told(content) == [
        "content/editions/daily-papers-2025-03-17.yml:10: papers[4]: there is no paper "
        '"do-robots-fold"; did you mean "do-robots-fold-paper"?'
    ]


def test_an_unknown_paper_with_no_near_one_is_to_be_added_or_removed(content):
    edit(content / "editions/daily-papers-undated.yml", FULL, "xyzzy")
    assert told(content) == [
        'content/editions/daily-papers-undated.yml:4: papers[0]: there is no paper "xyzzy"; '
        "add the paper, or remove this line"
    ]


def test_a_path_over_an_unknown_paper_is_told_at_its_line(content):
    edit(content / "collections/less-is-more.md", f"paper: {FULL}", "paper: half-a-loaf")
    (problem,) = told(content)
    assert problem.startswith(
        'content/collections/less-is-more.md:7: papers[1]: there is no paper "half-a-loaf"'
    )


def test_a_cross_link_to_an_unknown_paper_is_told(content):
    edit(content / f"papers/{FULL}.md", "related: [sieve-7-", "related: [sieve-8-")
    assert told(content) == [
        f"content/papers/{FULL}.md:15: related[0]: there is no paper "
        '"sieve-8-learning-what-to-forget"; did you mean "sieve-7-learning-what-to-forget"?'
    ]


def test_an_unknown_tag_is_told_with_the_nearest(content):
    edit(content / f"papers/{FULL}.md", "tags: [sparsity, theory]", "tags: [theory, sparcity]")
    assert told(content) == [
        f'content/papers/{FULL}.md:14: tags[1]: there is no tag "sparcity"; '
        'did you mean "sparsity"?'
    ]


def test_an_unknown_tag_far_from_all_is_to_be_chosen_from_the_vocabulary(content):
    edit(content / f"papers/{FULL}.md", "tags: [sparsity, theory]", "tags: [xyzzy]")
    assert told(content) == [
        f'content/papers/{FULL}.md:14: tags[0]: there is no tag "xyzzy"; choose one from tags.yml'
    ]


def test_a_tag_that_was_removed_while_in_use_is_told_in_every_paper(content):
    edit(content / "tags.yml", "id: theory", "id: proofs")
    assert len(told(content)) == 3
    assert all('there is no tag "theory"' in line for line in told(content))


def test_tags_without_any_vocabulary_are_told(content):
    (content / "tags.yml").unlink()
    assert f'content/papers/{FULL}.md:14: tags[0]: there is no tag "sparsity"; ' in "\n".join(
        told(content)
    )
    assert all(line.endswith("write content/tags.yml first") for line in told(content))


def test_a_broken_vocabulary_is_told_once_and_not_in_every_paper(content):
    (content / "tags.yml").write_text("facets: [\n")
    assert [line.split(":")[0] for line in told(content)] == ["content/tags.yml"]


def test_a_broken_paper_is_told_once_and_not_where_it_is_listed(content):
    (content / f"papers/{FULL}.md").write_text("no front matter\n")
    assert told(content) == [
        f'content/papers/{FULL}.md:1: no front matter; start the file with a line "---" and '
        '"title: ..."'
    ]


def test_all_problems_of_all_files_are_told_at_once(content):
    edit(content / f"papers/{FULL}.md", "ICLR 2025", "[ICLR, 2025]")
    edit(content / "papers/do-robots-fold-paper.md", "title:", "titel:")
    edit(content / "editions/daily-papers-undated.yml", "title:", "titel:")
    (content / "redirects.yml").write_text("/a/: b\n")
    files = [line.split(":")[0].removeprefix("content/") for line in told(content)]
    assert sorted(set(files)) == [
        "editions/daily-papers-undated.yml",
        "papers/do-robots-fold-paper.md",
        f"papers/{FULL}.md",
        "redirects.yml",
    ]


def test_what_is_broken_is_missing_and_the_rest_is_there(content):
    (content / f"papers/{FULL}.md").write_text("broken")
    loaded, _ = library.inspect(content)
    assert FULL not in loaded.papers
    assert len(loaded.papers) == 11


def test_loading_with_a_problem_raises_all_of_them(content):
    (content / f"papers/{FULL}.md").write_text("broken")
    with pytest.raises(ProblemsFound) as caught:
        library.load(content)
    assert len(caught.value.problems) == 1


def test_a_file_of_another_kind_is_told_its_name(content):
    (content / "papers/draft.txt").write_text("x")
    assert told(content) == [
        "content/papers/draft.txt:1: only .md files belong in this folder; "
        'rename it to "draft.md", or move it elsewhere'
    ]


def test_hidden_files_are_left_alone(content):
    (content / "papers/.DS_Store").write_bytes(b"\x00")
    assert told(content) == []


def test_a_directory_named_like_a_paper_is_told(content):
    (content / "papers/a-folder.md").mkdir()
    assert told(content) == [
        "content/papers/a-folder.md:1: this is not a regular file; put a plain text file here"
    ]


def test_a_pipe_among_the_papers_is_told_and_nobody_waits(content):
    os.mkfifo(content / "papers/a-pipe.md")
    assert told(content) == [
        "content/papers/a-pipe.md:1: this is not a regular file; put a plain text file here"
    ]


def test_a_link_out_of_the_folder_is_told(content):
    (content / "papers/a-link.md").symlink_to("/etc/hostname")
    assert told(content) == [
        "content/papers/a-link.md:1: this is a symbolic link; put a plain text file here"
    ]


def test_a_vocabulary_that_leads_nowhere_is_told(content):
    (content / "tags.yml").unlink()
    (content / "tags.yml").symlink_to("nowhere")
    assert told(content)[-1].startswith("content/tags.yml:1: this is a symbolic link")


def test_a_large_paper_is_told(content):
    (content / "papers/large.md").write_text("---\ntitle: T\n---\n" + "x" * 1024 * 1024)
    assert told(content) == [
        "content/papers/large.md:1: the file has 1,048,593 bytes, more than 1 MiB; "
        "shorten or split it"
    ]


def test_a_paper_in_another_encoding_is_told_with_its_line(content):
    (content / "papers/latin.md").write_bytes("---\ntitle: Übung\n---\nx\n".encode("latin-1"))
    assert told(content) == [
        "content/papers/latin.md:2: byte 0xdc is not valid UTF-8; save the file as UTF-8"
    ]


def test_windows_line_ends_are_no_problem(content):
    for path in content.rglob("*.*"):
        if path.suffix in (".md", ".yml"):
            path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    before = library.load(content)
    assert len(before.papers) == 12
    assert "\r" not in before.papers[FULL].abstract


def test_check_prints_the_problems_and_fails(content, papershelf):
    (content / "papers/latin.md").write_bytes(b"\xff")
    result = papershelf("check")
    assert result.exit_code == 1
    assert result.stdout == (
        "content/papers/latin.md:1: byte 0xff is not valid UTF-8; save the file as UTF-8\n"
    )
    assert result.stderr == "1 error\n"


def test_check_says_what_is_sound(content, papershelf):
    result = papershelf("check")
    assert result.exit_code == 0
    assert result.stdout == "12 papers, 3 editions, 1 reading path: no problem\n"


@pytest.mark.parametrize(
    ("lines", "problems"),
    [
        (
            '"/papers/do-robots-fold-paper/": "/papers/sieve-7-learning-what-to-forget/"\n',
            [
                "content/redirects.yml:1: /papers/do-robots-fold-paper/: "
                "there is a page at this path; remove the line"
            ],
        ),
        (
            '"/papers/old/": "/papers/do-robots-fold/"\n',
            [
                "content/redirects.yml:1: /papers/old/: there is no page "
                '"/papers/do-robots-fold/"; did you mean "do-robots-fold-paper"?'
            ],
        ),
        (
            '"/tags/old/": "/tags/xyzzy/"\n',
            [
                'content/redirects.yml:1: /tags/old/: there is no page "/tags/xyzzy/"; '
                "let it lead to a page that is there"
            ],
        ),
        (
            '"/papers/a/": "/papers/b/"\n"/papers/b/": "/papers/a/"\n',
            [
                "content/redirects.yml:1: /papers/a/: leads in a circle; let it lead to a page",
                "content/redirects.yml:2: /papers/b/: leads in a circle; let it lead to a page",
            ],
        ),
        (
            '"/papers/a/": "/papers/b/"\n"/papers/b/": "/papers/do-robots-fold-paper/"\n',
            [
                'content/redirects.yml:1: /papers/a/: leads to "/papers/b/", which is a redirect '
                'itself; write "/papers/do-robots-fold-paper/" instead'
            ],
        ),
        (
            '"/browse/": "/tags/"\n"/about/": "/contribute/"\n',
            [
                "content/redirects.yml:1: /browse/: there is a page at this path; remove the line",
                "content/redirects.yml:2: /about/: there is a page at this path; remove the line",
            ],
        ),
        ('"/old/": "/about/"\n"/papers/old/": "/papers/"\n', []),
    ],
)
def test_redirects_lead_from_where_nothing_is_to_a_page(content, lines, problems):
    (content / "redirects.yml").write_text(lines)
    assert told(content) == problems


def test_a_redirect_to_a_broken_paper_is_no_second_problem(content):
    (content / "papers/do-robots-fold-paper.md").write_text("broken")
    (content / "editions/daily-papers-2025-03-17.yml").unlink()
    (content / "redirects.yml").write_text('"/papers/old/": "/papers/do-robots-fold-paper/"\n')
    assert [line.split(":")[0] for line in told(content)] == [
        "content/papers/do-robots-fold-paper.md"
    ]


def test_papers_are_sorted_by_slug_and_not_by_file_name(content):
    text = (content / "papers/do-robots-fold-paper.md").read_text()
    (content / "papers/do-robots-fold-paper-2.md").write_text(text)
    slugs = list(library.load(content).papers)
    assert slugs == sorted(slugs)


TWO_BO_SAMPLES = f"""\
namesakes:
  - id: bo-sample-prunes
    name: Bo Sample
    note: prunes trees
    papers: [{FULL}]
  - id: bo-sample-folds
    name: Bo Sample
    note: folds paper
    papers: [papercrane-folding-policies-from-one-demonstration]
"""


def test_an_author_is_one_for_all_papers_and_namesakes_are_each_their_own(content):
    assert library.load(content).authorship[FULL] == ("ada-example", "bo-sample")
    (content / "authors.yml").write_text(TWO_BO_SAMPLES, encoding="utf-8")
    loaded = library.load(content)
    assert loaded.authorship[FULL] == ("ada-example", "bo-sample-prunes")
    assert loaded.authorship["papercrane-folding-policies-from-one-demonstration"] == (
        "bo-sample-folds",
        "kit-exemplar",
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "papers: [papercrane-folding",
            "papers: [papercranes-folding",
            "9: namesakes[1].papers[0]: there is no paper "
            '"papercranes-folding-policies-from-one-demonstration"; '
            'did you mean "papercrane-folding-policies-from-one-demonstration"?',
        ),
        (
            "papers: [papercrane-folding-policies-from-one-demonstration]",
            "papers: [do-robots-fold-paper]",
            '9: namesakes[1].papers[0]: "do-robots-fold-paper" names no "Bo Sample"; '
            "remove it from the list",
        ),
        (
            f"papers: [{FULL}]",
            "papers: [quarter-bits-quantizing-below-one-bit]",
            '5: namesakes[0].papers[0]: "quarter-bits-quantizing-below-one-bit" names no '
            '"Bo Sample"; did you mean "Max Sample"?',
        ),
    ],
)
def test_a_namesake_of_a_paper_that_does_not_name_it_is_told(content, old, new, line):
    (content / "authors.yml").write_text(TWO_BO_SAMPLES, encoding="utf-8")
    edit(content / "authors.yml", old, new)
    assert told(content) == [f"content/authors.yml:{line}"]


def test_a_namesake_may_not_take_the_page_of_another_author(content):
    (content / "authors.yml").write_text(TWO_BO_SAMPLES, encoding="utf-8")
    edit(content / f"papers/{FULL}.md", "[Ada Example, ", '["Bo Sample-Folds", ')
    assert told(content) == [
        'content/authors.yml:6: namesakes[1].id: "bo-sample-folds" is the page of another author; '
        "choose another id"
    ]


def test_a_namesake_of_a_paper_that_is_broken_is_not_told_beside(content):
    (content / "authors.yml").write_text(TWO_BO_SAMPLES, encoding="utf-8")
    edit(content / f"papers/{FULL}.md", "title:", "titel:")
    assert not any("authors.yml" in line for line in told(content))


def test_many_files_are_read_by_several_processes_to_the_same_end(content, tmp_path, monkeypatch):
    (content / f"papers/{FULL}.md").write_text("broken")
    edit(content / "papers/do-robots-fold-paper.md", "title:", "titel:")
    (content / "papers/bytes.md").write_bytes(b"\xff")
    one, problems = library.inspect(content)
    monkeypatch.setenv("PAPERSHELF_WORKERS", "2")
    monkeypatch.setattr(library, "_FEW", 1)
    for _ in range(2):
        # The second time it remembers what the processes have read.
        memory = Memory(tmp_path / "memory" / "memory.db", "test")
        two, others = library.inspect(content, memory)
        memory.save()
        assert (two, others) == (one, problems)
        assert list(two.papers) == list(one.papers)
        assert list(two.digests.items()) == list(one.digests.items())
    assert len(problems) > 2
