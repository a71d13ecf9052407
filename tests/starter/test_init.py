"""`papershelf init`: a list that checks, builds and is ready for Git, in a folder of nobody's."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

import builder
from builder import library
from builder.site.build import Request, build
from builder.starter import answers as telling
from builder.starter import table
from tests.projects import ROOT, files_of

TITLE = 'Ada\'s "Łist": <b>10 × $5</b> & {{ more }} # \\1 🦊'


def plain(text):
    """A text without its line of tags, for what reads mkdocs.yml with no MkDocs."""
    return text.replace("!ENV ", "")


@pytest.mark.parametrize("content", ["--sample", "--empty"])
def test_a_started_list_is_valid_and_builds_without_a_warning(papershelf, content):
    result = papershelf("init", "list", content, "--title", TITLE, "--site-url",
                        "https://papers.example.org/list")  # fmt: skip
    assert result.exit_code == 0, result.output
    loaded, problems = library.inspect(Path("list/content"))
    assert problems == []
    assert len(loaded.papers) == (6 if content == "--sample" else 0)
    checked = papershelf("--content", "list/content", "check")
    assert (checked.exit_code, "no problem" in checked.output) == (0, True)
    assert papershelf("--content", "list/content", "fmt", "--check").exit_code == 0
    report = build(Request(config=Path("list/mkdocs.yml")))
    assert (report.warnings, report.findings) == ((), ())
    home = Path("list/site/index.html").read_text(encoding="utf-8")
    assert "Ada&#39;s &#34;Łist&#34;: &lt;b&gt;10 × $5&lt;/b&gt; &amp; {{ more }}" in home
    assert "<b>10" not in home
    opensearch = Path("list/site/opensearch.xml").read_text(encoding="utf-8")
    assert "https://papers.example.org/list/browse/" in opensearch
    assert Path("list/site/assets/papershelf.css").stat().st_size > 10_000


def test_what_it_was_told_stands_in_its_configuration(papershelf):
    papershelf("init", "list", "--title", TITLE, "--description", "Ours: all of it",
               "--site-url", "https://papers.example.org/list",
               "--repo-url", "https://github.com/ada/list.git")  # fmt: skip
    config = yaml.load(plain(Path("list/mkdocs.yml").read_text(encoding="utf-8")), yaml.BaseLoader)
    assert config["site_name"] == TITLE
    assert config["site_description"] == "Ours: all of it"
    assert config["site_url"] == ["PAPERSHELF_SITE_URL", "https://papers.example.org/list/"]
    assert config["repo_url"] == ["PAPERSHELF_REPO_URL", "https://github.com/ada/list"]
    assert config["repo_name"] == ["PAPERSHELF_REPO_NAME", "ada/list"]
    (plugin,) = config["plugins"]
    assert plugin["papershelf"]["authority"].startswith("papers.example.org,20")
    assert "custom_dir" not in config["theme"]
    # All else is this repository's own configuration: it cannot fall behind.
    own = yaml.load(plain((ROOT / "mkdocs.yml").read_text(encoding="utf-8")), yaml.BaseLoader)
    for key in ("nav", "markdown_extensions", "extra_css", "extra_javascript"):
        assert config[key] == own[key]
    heading = Path("list/README.md").read_text(encoding="utf-8").splitlines()[0]
    assert heading == (
        '# Ada\'s "Łist": \\<b\\>10 × \\$5\\</b\\> \\& \\{\\{ more \\}\\} \\# \\\\1 🦊'
    )


def test_without_addresses_a_list_leads_to_nobody_elses_site(papershelf):
    papershelf("init", "my-papers")
    text = Path("my-papers/mkdocs.yml").read_text(encoding="utf-8")
    assert 'site_name: "My papers"\n' in text
    assert 'site_url: !ENV [PAPERSHELF_SITE_URL, ""]\n' in text
    assert "\n      # authority: example.org,20" in text
    assert "example/papershelf" not in text
    report = build(Request(config=Path("my-papers/mkdocs.yml"), search=False))
    assert report.warnings == ()
    assert "github.com/example/papershelf" not in Path("my-papers/site/index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(
    ("repo", "edit", "there", "absent"),
    [
        ("https://github.com/a/b", "edit/main/", ".github", ".gitlab-ci.yml"),
        ("https://gitlab.com/a/b", "-/edit/main/", ".gitlab-ci.yml", ".github"),
        ("https://git.example.org/a/b", "edit/main/", ".github", ""),
    ],
)
def test_workflows_are_those_of_the_forge(papershelf, repo, edit, there, absent):
    papershelf("init", "list", "--repo-url", repo)
    line = f'\nedit_uri: !ENV [PAPERSHELF_EDIT_URI, "{edit}content/pages/"]\n'
    assert line in Path("list/mkdocs.yml").read_text("utf-8")
    if (ROOT / there).exists():
        assert Path("list", there).exists()
    assert not absent or not Path("list", absent).exists()


def test_workflows_install_the_program_by_a_line_that_works_in_a_list_as_well(papershelf):
    papershelf("init", "list", "--papershelf", "papershelf @ git+https://git.example.org/p@abc")
    lines = Path("list/requirements.txt").read_text(encoding="utf-8").splitlines()
    assert lines[-2:] == ["-c constraints.txt", "papershelf @ git+https://git.example.org/p@abc"]
    workflows = [path for path in Path("list").rglob("*.yml") if "workflows" in path.parts]
    assert workflows
    for path in workflows:
        text = path.read_text(encoding="utf-8")
        assert "-e ." not in text, path
        assert "papershelf " not in text or "pip install" in text, path


def test_a_list_names_a_version_of_the_program_that_started_it(papershelf):
    papershelf("init", "list")
    last = Path("list/requirements.txt").read_text(encoding="utf-8").splitlines()[-1]
    assert last.startswith("papershelf @ git+https://")
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'Source = "{telling.SOURCE}"' in project
    assert f'version = "{builder.__version__}"' in project


@pytest.mark.parametrize(
    ("record", "line"),
    [
        ('{"url": "https://git.example.org/p", "vcs_info": {"vcs": "git", "commit_id": "abc"}}',
         "papershelf @ git+https://git.example.org/p@abc"),
        ('{"url": "file:///home/ada/p", "dir_info": {"editable": true}}', None),
        ("nonsense", None),
        (None, None),
    ],
)  # fmt: skip
def test_a_program_from_a_repository_is_named_by_its_commit_and_no_folder_by_its_path(
    papershelf, monkeypatch, record, line
):
    class Installed:
        def read_text(self, name):
            assert name == "direct_url.json"
            return record

    monkeypatch.setattr("importlib.metadata.distribution", lambda name: Installed())
    papershelf("init", "list")
    last = Path("list/requirements.txt").read_text(encoding="utf-8").splitlines()[-1]
    tagged = f"papershelf @ git+{telling.SOURCE}@v{builder.__version__}"
    assert last == (line or tagged)


def test_nothing_that_git_should_not_have_is_left_out_of_gitignore(papershelf, tmp_path):
    if shutil.which("git") is None:
        pytest.skip("Git is not installed")
    papershelf("init", "list")
    build(Request(config=tmp_path / "list" / "mkdocs.yml", search=False))
    before = set(json.loads(Path("list/.papershelf-starter.json").read_text("utf-8"))["files"])
    subprocess.run(["git", "init", "--quiet", "list"], check=True)
    listed = subprocess.run(
        ["git", "ls-files", "--others", "--exclude-standard"],
        cwd="list", check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    assert before <= set(listed)
    assert not [path for path in listed if path.startswith(("site/", ".papershelf/"))]


def test_a_folder_that_holds_anything_is_refused_and_left_alone(papershelf):
    Path("list/notes").mkdir(parents=True)
    Path("list/notes/mine.txt").write_text("mine")
    result = papershelf("init", "list")
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == (
        'list:1: the folder is not empty: it holds "notes"; name a new folder or an empty one'
    )
    assert files_of(Path("list")) == {"notes/mine.txt": b"mine"}


@pytest.mark.parametrize("kind", ["file", "link to a file", "link to nothing"])
def test_what_is_no_folder_is_refused(papershelf, kind):
    Path("file").write_text("mine")
    target = {"file": "file", "link to a file": "link", "link to nothing": "astray"}[kind]
    Path("link").symlink_to("file")
    Path("astray").symlink_to("nowhere")
    result = papershelf("init", target)
    # Whoever reads the command line refuses a file before the command does.
    assert result.exit_code in (1, 2)
    assert Path("file").read_text() == "mine" and not Path("nowhere").exists()


def test_a_fresh_clone_of_an_empty_repository_is_a_place_to_start(papershelf):
    Path("list/.git").mkdir(parents=True)
    Path("list/.git/HEAD").write_text("ref: refs/heads/main\n")
    Path("list/content/papers").mkdir(parents=True)
    assert papershelf("init", "list").exit_code == 0
    assert Path("list/.git/HEAD").read_text() == "ref: refs/heads/main\n"


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (["--title", " \n"], "title: the title is empty; give the list a name"),
        (["--title", "a\x07b"], "title: there is a control character in it; leave it out"),
        (
            ["--site-url", "papers.example.org"],
            'site_url: "papers.example.org" is no address; write it out, such as '
            '"https://example.org/list"',
        ),
        (
            ["--repo-url", 'https://example.org/"x'],
            'repo_url: "https://example.org/"x" is no address; write it out, such as '
            '"https://example.org/list"',
        ),
        (["--papershelf", "a\x00b"],
         "requirement: there is a control character in it; leave it out"),
    ],
)  # fmt: skip
def test_a_wrong_answer_is_one_clear_line_and_nothing_is_written(papershelf, options, line):
    result = papershelf("init", "list", *options)
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == f"command line:1: {line}"
    assert not Path("list").exists()


def test_every_line_that_a_list_has_otherwise_stands_once_in_this_repository():
    adapted = [entry for entry in table.entries() if entry.lines]
    assert [entry.source for entry in adapted] == ["mkdocs.yml"]
    for entry in adapted:
        lines = entry.path.read_text(encoding="utf-8").splitlines()
        for begins, _ in entry.lines:
            assert len([line for line in lines if line.startswith(begins)]) == 1, begins


def test_no_two_files_of_a_list_have_one_path():
    targets = [entry.target for entry in table.entries()]
    assert len(set(targets)) == len(targets)
