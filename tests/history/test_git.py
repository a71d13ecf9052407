"""What Git says of files: times, names, merges, shallow clones, and whatever may be set."""

import subprocess
from datetime import UTC, datetime

import pytest

from builder.history import git
from tests.repositories import Repository, needs_git

pytestmark = needs_git


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "list")


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00:00+00:00").astimezone(UTC)


def days(history, path):
    return [f"{change.time:%Y-%m-%d}" for change in history.changes[path]]


def test_a_folder_outside_of_any_repository_has_no_history_and_no_warning(tmp_path):
    history = git.read(tmp_path)
    assert (dict(history.changes), history.warning) == ({}, "")
    assert git.stamp(tmp_path) == ""


def test_a_folder_that_is_missing_has_no_history(tmp_path):
    assert not git.read(tmp_path / "nowhere").changes


def test_a_repository_without_a_commit_has_no_history_and_no_warning(repository):
    repository.write("papers/one.md", "text")
    history = git.read(repository.folder)
    assert (dict(history.changes), history.warning) == ({}, "")
    assert git.stamp(repository.folder) == ""


def test_each_change_of_a_file_is_known_with_its_day_and_texts(repository):
    repository.write("papers/one.md", "first")
    added = repository.commit("2025-01-01")
    repository.write("papers/one.md", "second")
    changed = repository.commit("2025-02-03")
    history = git.read(repository.folder)
    first, second = history.changes["papers/one.md"]
    assert (first.commit, first.time, first.old) == (added, noon("2025-01-01"), None)
    assert (second.commit, second.time, second.old) == (changed, noon("2025-02-03"), first.new)
    assert first.order < second.order
    assert history.texts([first.new, second.new]) == {first.new: "first", second.new: "second"}


def test_paths_are_below_the_folder_and_files_beside_it_do_not_count(repository):
    repository.write("content/papers/one.md", "text")
    repository.write("README.md", "text")
    repository.commit("2025-01-01")
    assert list(git.read(repository.folder / "content").changes) == ["papers/one.md"]


def test_what_was_never_committed_is_not_known(repository):
    repository.write("papers/one.md", "text")
    repository.commit("2025-01-01")
    repository.write("papers/two.md", "text")
    assert list(git.read(repository.folder).changes) == ["papers/one.md"]


def test_a_deleted_file_is_known_as_deleted(repository):
    path = repository.write("papers/one.md", "text")
    repository.commit("2025-01-01")
    path.unlink()
    repository.commit("2025-01-02")
    assert [bool(c.new) for c in git.read(repository.folder).changes["papers/one.md"]] == [
        True,
        False,
    ]


def test_names_with_spaces_accents_and_line_breaks_are_read_as_they_are(repository):
    names = ["papers/two words.md", "papers/überholen.md", "papers/a\nb.md", "papers/\x02.md"]
    for name in names:
        repository.write(name, "text")
    repository.commit("2025-01-01")
    assert sorted(git.read(repository.folder).changes) == sorted(names)


def test_a_pull_request_counts_from_the_day_of_its_merge(repository):
    repository.write("papers/one.md", "text")
    repository.commit("2025-01-01")
    repository.git("checkout", "--quiet", "-b", "proposal")
    repository.write("papers/two.md", "proposed")
    repository.commit("2025-01-02")
    repository.write("papers/two.md", "proposed better")
    repository.commit("2025-01-03")
    repository.git("checkout", "--quiet", "main")
    repository.write("papers/one.md", "meanwhile")
    repository.commit("2025-01-04")
    repository.git("merge", "--quiet", "--no-ff", "-m", "merge", "proposal", day="2025-02-01")
    history = git.read(repository.folder)
    assert days(history, "papers/two.md") == ["2025-02-01"]
    assert days(history, "papers/one.md") == ["2025-01-01", "2025-01-04"]


def test_a_shallow_clone_knows_no_day_before_its_end_and_says_what_to_do(repository, tmp_path):
    repository.write("papers/one.md", "text")
    repository.write("papers/two.md", "text")
    repository.commit("2025-01-01")
    repository.write("papers/one.md", "better")
    repository.commit("2025-01-02")
    repository.write("papers/one.md", "best")
    repository.commit("2025-01-03")
    source = f"file://{repository.folder}"
    repository.git("clone", "--quiet", "--depth=2", source, str(tmp_path / "shallow"))
    history = git.read(tmp_path / "shallow")
    assert days(history, "papers/one.md") == ["2025-01-03"]
    assert "papers/two.md" not in history.changes
    assert history.warning == (
        "this clone is shallow, so when most papers were added is not known; dates come from the "
        'editions instead. Run "git fetch --unshallow", or check out with fetch-depth: 0'
    )
    assert git.stamp(tmp_path / "shallow") != git.stamp(repository.folder)


def test_a_repository_that_git_does_not_trust_is_a_warning(repository, monkeypatch):
    repository.write("papers/one.md", "text")
    repository.commit("2025-01-01")
    # A variable of Git's own tests: as if somebody else owned the folder.
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    history = git.read(repository.folder)
    assert not history.changes
    assert history.warning.startswith("Git does not tell when papers were added (fatal: ")
    assert "dubious ownership" in history.warning


def test_nobodys_settings_change_what_is_read(repository, tmp_path, monkeypatch):
    repository.write("papers/one.md", "the same text in two files\n" * 9)
    repository.commit("2025-01-01")
    (repository.folder / "papers/one.md").rename(repository.folder / "papers/ä two.md")
    repository.commit("2025-01-02")
    before = git.read(repository.folder)
    settings = tmp_path / "gitconfig"
    settings.write_text(
        "[diff]\n renames = copies\n noprefix = true\n mnemonicPrefix = true\n relative = false\n"
        "[log]\n showSignature = true\n follow = true\n date = relative\n decorate = full\n"
        "[core]\n quotePath = true\n abbrev = 7\n pager = false\n[color]\n ui = always\n"
        "[format]\n pretty = oneline\n notes = true\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    assert git.read(repository.folder) == before


def test_variables_that_git_sets_for_its_hooks_do_not_lead_elsewhere(
    repository, tmp_path, monkeypatch
):
    repository.write("papers/one.md", "text")
    repository.commit("2025-01-01")
    other = Repository(tmp_path / "other")
    other.write("papers/two.md", "text")
    other.commit("2025-01-01")
    monkeypatch.setenv("GIT_DIR", str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other.folder / ".git" / "index"))
    assert list(git.read(repository.folder).changes) == ["papers/one.md"]


def test_texts_that_are_missing_or_no_utf8_are_left_out(repository):
    (repository.folder / "papers").mkdir()
    (repository.folder / "papers/one.md").write_bytes(b"\xff\xfe")
    repository.write("papers/two.md", "ünïcode\n")
    repository.commit("2025-01-01")
    history = git.read(repository.folder)
    one, two = (history.changes[f"papers/{name}.md"][0].new for name in ("one", "two"))
    assert history.texts([one, two, "0123456789" * 4]) == {two: "ünïcode\n"}
    assert history.texts([]) == {}


def test_the_stamp_changes_with_commits_to_the_folder_alone(repository):
    repository.write("content/papers/one.md", "text")
    repository.commit("2025-01-01")
    folder = repository.folder / "content"
    first = git.stamp(folder)
    repository.write("README.md", "text")
    repository.commit("2025-01-02")
    assert git.stamp(folder) == first
    repository.write("content/papers/one.md", "better")
    assert git.stamp(folder) == first
    repository.commit("2025-01-03")
    assert git.stamp(folder) != first


def test_without_git_there_is_no_history(repository, monkeypatch):
    repository.write("papers/one.md", "text")
    repository.commit("2025-01-01")

    def missing(*arguments, **options):
        raise FileNotFoundError("git")

    monkeypatch.setattr(subprocess, "run", missing)
    assert (dict(git.read(repository.folder).changes), git.stamp(repository.folder)) == ({}, "")
