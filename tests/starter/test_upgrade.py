"""`papershelf upgrade`: a later version's files come into a list, and no change of its people goes.

Each test changes what the program ships, as a later version would, and the list, as its people
would."""

import json
import os
from pathlib import Path

import pytest

from builder.content import files
from builder.starter.manifest import NAME, blob_id
from tests.projects import files_of
from tests.repositories import needs_git

pytestmark = needs_git
LIST = ("Makefile", "constraints.txt", "mkdocs.yml")


@pytest.fixture
def upgrade(papershelf, started, monkeypatch):
    """upgrade(...) in the list -> its output, which must be a success; code=1 for a failure."""

    def run(*options, code=0):
        monkeypatch.chdir(started.folder)
        result = papershelf("upgrade", *options)
        assert result.exit_code == code, result.output
        return result.output

    return run


def ship(shipped, path, text):
    """Let the program ship another text, or none, at a path."""
    if text is None:
        (shipped / path).unlink()
    else:
        (shipped / path).parent.mkdir(parents=True, exist_ok=True)
        (shipped / path).write_text(text, encoding="utf-8")


def given(started, path):
    """The id that the manifest has of a file."""
    return json.loads((started.folder / NAME).read_text(encoding="utf-8"))["files"].get(path)


def test_a_list_of_this_version_is_up_to_date(upgrade, started):
    before = files_of(started.folder)
    assert upgrade() == "Everything is up to date with papershelf 0.1.0\n"
    assert files_of(started.folder) == before


def test_a_file_that_nobody_changed_is_replaced(upgrade, started, shipped):
    ship(shipped, "constraints.txt", "newer==2\n")
    assert upgrade() == (
        "constraints.txt: updated\nNow with papershelf 0.1.0: look at git diff, and commit\n"
    )
    assert (started.folder / "constraints.txt").read_text() == "newer==2\n"
    assert given(started, "constraints.txt") == blob_id(b"newer==2\n")
    assert "up to date" in upgrade()


def test_a_file_with_other_line_ends_counts_as_unchanged(upgrade, started, shipped):
    path = started.folder / "constraints.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    ship(shipped, "constraints.txt", "newer==2\n")
    assert "constraints.txt: updated" in upgrade()


def test_a_changed_file_is_left_where_the_program_ships_what_it_shipped(upgrade, started, shipped):
    started.write("Makefile", "site:\n\techo ours\n")
    assert "up to date" in upgrade()
    assert (started.folder / "Makefile").read_text() == "site:\n\techo ours\n"


def test_changes_of_different_lines_are_merged(upgrade, started, shipped):
    config = started.folder / "mkdocs.yml"
    ours = config.read_text(encoding="utf-8").replace('site_name: "A list"', "site_name: Renamed")
    config.write_text(ours, encoding="utf-8")
    theirs = (shipped / "mkdocs.yml").read_text(encoding="utf-8") + "  - footnotes\n"
    ship(shipped, "mkdocs.yml", theirs)
    assert "mkdocs.yml: merged with your changes" in upgrade()
    assert config.read_text(encoding="utf-8") == ours + "  - footnotes\n"
    assert "up to date" in upgrade()


def test_changes_of_the_same_lines_leave_the_file_and_put_the_new_one_beside(
    upgrade, started, shipped
):
    started.write("constraints.txt", "ours==1\n")
    ship(shipped, "constraints.txt", "newer==2\n")
    assert "constraints.txt: you changed it; the new version is constraints.txt.new" in upgrade()
    assert (started.folder / "constraints.txt").read_text() == "ours==1\n"
    assert (started.folder / "constraints.txt.new").read_text() == "newer==2\n"
    # It is said once; from then on the file is the list's, until something new comes.
    assert "up to date" in upgrade()


def test_a_file_whose_base_git_does_not_know_gets_the_new_one_beside(upgrade, started, shipped):
    (started.folder / ".git").rename(started.folder.parent / "elsewhere")
    started.write("constraints.txt", (started.folder / "constraints.txt").read_text() + "ours==1\n")
    ship(shipped, "constraints.txt", "newer==2\n" + (shipped / "constraints.txt").read_text())
    assert "constraints.txt.new" in upgrade()
    assert (started.folder / "constraints.txt").read_text().endswith("\nours==1\n")


def test_what_still_waits_from_an_earlier_upgrade_stops_the_next_one_before_it_writes(
    upgrade, started, shipped
):
    started.write("constraints.txt", "ours==1\n")
    ship(shipped, "constraints.txt", "newer==2\n")
    upgrade()
    ship(shipped, "constraints.txt", "newest==3\n")
    ship(shipped, ".github/workflows/more.yml", "on: push\n")
    before = files_of(started.folder)
    assert upgrade(code=1).splitlines()[0] == (
        "constraints.txt.new:1: this file of an earlier upgrade is here still; take over from it "
        "what you want into constraints.txt, and delete it"
    )
    assert files_of(started.folder) == before
    (started.folder / "constraints.txt.new").unlink()
    assert "constraints.txt.new" in upgrade()


def test_a_new_file_is_added_and_one_that_the_list_has_already_is_not_overwritten(
    upgrade, started, shipped
):
    started.write(".github/workflows/taken.yml", "ours: true\n")
    for name in ("fresh", "taken"):
        ship(shipped, f".github/workflows/{name}.yml", "on: push\n")
    said = upgrade()
    assert ".github/workflows/fresh.yml: added" in said
    assert "the new version is .github/workflows/taken.yml.new" in said
    folder = started.folder / ".github" / "workflows"
    assert (folder / "fresh.yml").read_text() == "on: push\n"
    assert (folder / "taken.yml").read_text() == "ours: true\n"


def test_a_dropped_file_goes_only_where_nobody_changed_it(upgrade, started, shipped):
    for name in ("one", "two", "three"):
        ship(shipped, f".github/workflows/{name}.yml", f"name: {name}\n")
    upgrade()
    started.write(".github/workflows/two.yml", "name: ours\n")
    (started.folder / ".github/workflows/three.yml").unlink()
    for name in ("one", "two", "three"):
        ship(shipped, f".github/workflows/{name}.yml", None)
    said = upgrade()
    assert ".github/workflows/one.yml: removed: it is not needed any more" in said
    assert ".github/workflows/two.yml: is not needed any more; you changed it, so it stays" in said
    assert "three" not in said
    assert not (started.folder / ".github/workflows/one.yml").exists()
    assert (started.folder / ".github/workflows/two.yml").read_text() == "name: ours\n"
    assert given(started, ".github/workflows/two.yml") is None


def test_a_file_that_people_removed_does_not_come_back(upgrade, started, shipped):
    (started.folder / "Makefile").unlink()
    (started.folder / "constraints.txt").unlink()
    ship(shipped, "constraints.txt", "newer==2\n")
    assert "constraints.txt: was removed here, and stays so" in upgrade()
    assert not (started.folder / "constraints.txt").exists()
    assert not (started.folder / "Makefile").exists()


def test_content_that_is_the_lists_own_is_never_looked_at(upgrade, started, shipped):
    (started.folder / "content/papers/quarter-bits.md").unlink()
    started.write("README.md", "Ours\n")
    ship(shipped, "constraints.txt", "newer==2\n")
    upgrade()
    assert not (started.folder / "content/papers/quarter-bits.md").exists()
    assert (started.folder / "README.md").read_text() == "Ours\n"


def test_a_dry_run_says_the_same_and_writes_nothing(upgrade, started, shipped):
    started.write("Makefile", "ours:\n")
    ship(shipped, "constraints.txt", "newer==2\n")
    ship(shipped, ".github/workflows/more.yml", "on: push\n")
    before = files_of(started.folder)
    dry = upgrade("--dry-run")
    assert files_of(started.folder) == before
    assert dry.splitlines()[-1] == "Nothing written: this would be papershelf 0.1.0"
    assert upgrade().splitlines()[:-1] == dry.splitlines()[:-1]


@pytest.mark.parametrize("after", range(4))
def test_an_interrupted_upgrade_is_finished_by_the_next_one(
    upgrade, started, shipped, monkeypatch, after
):
    """Stopped after so many files have taken their names: the next run does the rest."""
    config = started.folder / "mkdocs.yml"
    config.write_text(config.read_text(encoding="utf-8").replace('"A list"', "Ours"))
    started.write("content/pages/contribute.md", "Ours\n")
    ship(shipped, "constraints.txt", "newer==2\n")
    ship(shipped, "content/pages/contribute.md", "Theirs\n")
    ship(shipped, "mkdocs.yml", (shipped / "mkdocs.yml").read_text("utf-8") + "  - footnotes\n")
    ship(shipped, ".github/workflows/digest.yml", None)
    real, done = os.replace, []

    def replace(source, target):
        if len(done) == after:
            raise KeyboardInterrupt
        done.append(target)
        return real(source, target)

    monkeypatch.setattr(os, "replace", replace)
    upgrade(code=1)
    monkeypatch.setattr(os, "replace", real)
    upgrade()
    found = files_of(started.folder)
    assert found["constraints.txt"] == b"newer==2\n"
    assert found["content/pages/contribute.md"] == b"Ours\n"
    assert found["content/pages/contribute.md.new"] == b"Theirs\n"
    assert b"site_name: Ours\n" in found["mkdocs.yml"]
    assert found["mkdocs.yml"].endswith(b"  - footnotes\n")
    assert ".github/workflows/digest.yml" not in found
    assert not [name for name in found if ".tmp-" in name]
    assert "up to date" in upgrade()


def test_a_link_in_the_place_of_a_file_is_not_followed(upgrade, started, shipped):
    outside = started.folder.parent / "outside.txt"
    outside.write_text("theirs\n")
    (started.folder / "constraints.txt").unlink()
    (started.folder / "constraints.txt").symlink_to(outside)
    ship(shipped, "constraints.txt", "newer==2\n")
    assert "constraints.txt: is no plain file here; it is left as it is" in upgrade()
    assert outside.read_text() == "theirs\n"


def test_an_older_program_refuses_a_list_of_a_newer_one(upgrade, started):
    text = (started.folder / NAME).read_text(encoding="utf-8")
    started.write(NAME, text.replace('"papershelf": "0.1.0"', '"papershelf": "0.10.0"'))
    assert upgrade(code=1).splitlines()[0] == (
        f"{NAME}:1: the list is up to date with papershelf 0.10.0, and this is 0.1.0; install what "
        "requirements.txt names"
    )


def test_the_manifest_follows_the_program(upgrade, started):
    text = (started.folder / NAME).read_text(encoding="utf-8")
    started.write(NAME, text.replace('"papershelf": "0.1.0"', '"papershelf": "0.0.9"'))
    assert upgrade() == "Everything is up to date with papershelf 0.1.0\n"
    assert (started.folder / NAME).read_text(encoding="utf-8") == text


def test_a_folder_without_a_manifest_is_not_touched(papershelf):
    result = papershelf("upgrade")
    assert result.exit_code == 1
    assert result.output.splitlines()[0] == (
        f"{NAME}:1: there is no such file, by which to tell what a list was given; run this in a "
        "list that papershelf init started"
    )


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (lambda raw: "{", "1: this is not JSON: Expecting property name enclosed in double quotes"),
        (lambda raw: "[]", "1: this is no JSON object"),
        (lambda raw: "[" * 100_000, "1: this is nested too deep"),
        (lambda raw: raw | {"papershelf": "x y"},
         "1: papershelf: this is no version of papershelf"),
        (lambda raw: raw | {"answers": []}, "1: answers: this is no JSON object"),
        (lambda raw: raw | {"answers": raw["answers"] | {"year": True}},
         "1: answers.year: missing, unknown or of the wrong type"),
        (lambda raw: raw | {"answers": raw["answers"] | {"forge": "x"}},
         "1: answers.forge: this is none of github, gitlab, both"),
        (lambda raw: raw | {"answers": raw["answers"] | {"site_url": "x"}},
         '1: answers.site_url: "x" is no address'),
        (lambda raw: raw | {"files": 1}, "1: files: this is no JSON object"),
        (lambda raw: raw | {"files": {"../x": "0" * 40}},
         '1: files: "../x" is no file of the list'),
        (lambda raw: raw | {"files": {"/x": "0" * 40}}, '1: files: "/x" is no file of the list'),
        (lambda raw: raw | {"files": {"x": "--batch"}}, "1: files.x: this is no id of a blob"),
    ],
)  # fmt: skip
def test_a_broken_manifest_is_told_in_one_line(upgrade, started, change, line):
    raw = json.loads((started.folder / NAME).read_text(encoding="utf-8"))
    made = change(raw)
    started.write(NAME, made if isinstance(made, str) else json.dumps(made))
    hint = "restore the file from the list's history"
    assert upgrade(code=1).splitlines()[0] == f"{NAME}:{line}; {hint}"


def test_templates_come_with_the_program_until_somebody_customizes_one(
    upgrade, started, shipped, papershelf
):
    path = "site_templates/pages/about-nothing.md.j2"
    ship(shipped, path, "a\nb\nc\n")
    assert "up to date" in upgrade()
    listed = papershelf("customize").output.splitlines()
    assert "pages/about-nothing.md.j2" in listed and "theme/main.html" in listed
    assert papershelf("customize", "pages/about-nothing.md.j2").output == f"Wrote {path}\n"
    started.commit("2025-01-02")
    assert "pages/about-nothing.md.j2  (yours)" in papershelf("customize").output.splitlines()
    started.write(path, "a\nb\nours\n")
    ship(shipped, path, "theirs\nb\nc\n")
    assert f"{path}: merged with your changes" in upgrade()
    assert (started.folder / path).read_text() == "theirs\nb\nours\n"


def test_customizing_takes_whole_folders_and_overwrites_nothing(started, papershelf, monkeypatch):
    monkeypatch.chdir(started.folder)
    assert papershelf("customize", "mail/").exit_code == 0
    assert Path("site_templates/mail/digest.txt.j2").is_file()
    Path("site_templates/mail/digest.txt.j2").write_text("ours\n")
    result = papershelf("customize", "site_templates/mail", "pages/papr.md.j2")
    assert result.exit_code == 1
    assert result.output.splitlines()[:3] == [
        'command line:1: no template "pages/papr.md.j2"; did you mean "pages/paper.md.j2"?',
        "site_templates/mail/digest.html.j2:1: this file is here already; change it, or remove it "
        "first",
        "site_templates/mail/digest.txt.j2:1: this file is here already; change it, or remove it "
        "first",
    ]
    assert Path("site_templates/mail/digest.txt.j2").read_text() == "ours\n"


def test_a_failing_disk_changes_no_file(upgrade, started, shipped, monkeypatch):
    for path in LIST[1:]:
        ship(shipped, path, (shipped / path).read_text("utf-8") + "# newer\n")
    before = files_of(started.folder)

    def full(path, mode):
        raise OSError(28, "No space left on device", path)

    monkeypatch.setattr(files, "open", full, raising=False)
    assert "No space left on device" in upgrade(code=1)
    monkeypatch.undo()
    assert files_of(started.folder) == before
