"""When papers, editions and steps came and changed; what is not known stays unknown."""

from datetime import UTC, datetime

from builder import library
from builder.content.redirects import Redirect, Redirects
from builder.history import Moment, read, timeline
from builder.library import Library
from tests.repositories import needs_git


def noon(day):
    return datetime.fromisoformat(f"{day}T12:00:00+00:00")


def midnight(day):
    return datetime.fromisoformat(f"{day}T00:00:00+00:00")


EDITION = "title: Daily Papers\ndate: {date}\npapers:\n{papers}"


def edition(date, *slugs):
    return EDITION.format(date=date, papers="".join(f"  - {slug}\n" for slug in slugs))


@needs_git
def test_a_paper_came_with_its_first_commit_and_changed_with_its_last(shelf):
    shelf.put("one")
    shelf.commit("2025-01-01")
    shelf.put("two")
    shelf.commit("2025-01-02")
    shelf.put("one", venue="ICML 2025")
    shelf.commit("2025-01-03")
    assert shelf.timeline().papers == {
        "one": Moment(added=noon("2025-01-01"), changed=noon("2025-01-03")),
        "two": Moment(added=noon("2025-01-02"), changed=noon("2025-01-02")),
    }
    assert shelf.timeline().newest == noon("2025-01-03")


@needs_git
def test_times_are_in_utc(shelf):
    shelf.put("one")
    shelf.repository.commit("2025-01-01T23:30:00-05:00")
    moment = shelf.timeline().papers["one"]
    assert moment.added == datetime(2025, 1, 2, 4, 30, tzinfo=UTC)
    assert moment.added.tzinfo is UTC


@needs_git
def test_a_renamed_paper_keeps_its_first_name_and_day(shelf):
    shelf.put("old-name")
    shelf.commit("2025-01-01")
    shelf.rename("old-name", "newer-name")
    shelf.write("redirects.yml", '"/papers/old-name/": "/papers/newer-name/"\n')
    shelf.commit("2025-01-02")
    shelf.rename("newer-name", "newest-name")
    shelf.write(
        "redirects.yml",
        '"/papers/old-name/": "/papers/newest-name/"\n'
        '"/papers/newer-name/": "/papers/newest-name/"\n',
    )
    shelf.commit("2025-01-03")
    found = shelf.timeline()
    assert found.names["newest-name"] == ("old-name", "newer-name", "newest-name")
    assert found.papers["newest-name"].added == noon("2025-01-01")


@needs_git
def test_a_name_that_was_only_just_changed_keeps_its_day_before_the_commit(shelf):
    shelf.put("old-name")
    shelf.commit("2025-01-01")
    shelf.rename("old-name", "new-name")
    shelf.write("redirects.yml", '"/papers/old-name/": "/papers/new-name/"\n')
    assert shelf.timeline().papers["new-name"].added == noon("2025-01-01")


def test_a_chain_of_redirects_leads_back_to_the_first_name(tmp_path):
    root = tmp_path / "content"
    (root / "papers").mkdir(parents=True)
    (root / "papers" / "three.md").write_text('---\ntitle: "Three"\n---\nText.\n')
    loaded = library.load(root)
    entries = (
        Redirect(old="/papers/two/", new="/papers/three/"),
        Redirect(old="/papers/one/", new="/papers/two/"),
        Redirect(old="/editions/one/", new="/editions/three/"),
    )
    chained = Library(root=root, papers=loaded.papers, redirects=Redirects(entries=entries))
    assert timeline(chained, read(root)).names == {"three": ("one", "two", "three")}
    loop = (*entries, Redirect(old="/papers/three/", new="/papers/one/"))
    looped = Library(root=root, papers=loaded.papers, redirects=Redirects(entries=loop))
    assert timeline(looped, read(root)).names["three"][-1] == "three"


def test_without_git_a_paper_came_with_the_first_dated_edition_that_lists_it(tmp_path):
    # A repository that is never committed to: only its folder is of use.
    root = tmp_path / "content"
    for path, text in {
        "papers/one.md": '---\ntitle: "One"\ndate: 2020-02-02\n---\nText.\n',
        "papers/two.md": '---\ntitle: "Two"\ndate: 2021-03-03\n---\nText.\n',
        "papers/three.md": '---\ntitle: "Three"\nvenue: ICML 2022\n---\nText.\n',
        "editions/b.yml": edition("2025-03-17", "one"),
        "editions/a.yml": edition("2025-03-14", "one"),
        "editions/undated.yml": "title: Daily Papers\npapers:\n  - three\n",
    }.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    found = timeline(library.load(root), read(root))
    assert found.papers == {
        "one": Moment(added=midnight("2025-03-14"), changed=midnight("2025-03-14")),
        "two": Moment(added=midnight("2021-03-03"), changed=midnight("2021-03-03")),
    }
    assert set(found.editions) == {"a", "b"}
    assert found.modified("papers/one.md") is None
    assert found.newest == midnight("2025-03-17")


def test_a_list_that_nothing_dates_has_no_newest_day(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "one.md").write_text('---\ntitle: "One"\n---\nText.\n')
    found = timeline(library.load(tmp_path), read(tmp_path))
    assert (dict(found.papers), found.newest) == ({}, None)


@needs_git
def test_an_edition_came_with_its_file(shelf):
    shelf.put("one")
    shelf.write("editions/a.yml", edition("2020-03-14", "one"))
    shelf.commit("2025-01-01")
    assert shelf.timeline().editions["a"].added == noon("2025-01-01")


@needs_git
def test_in_a_shallow_clone_the_first_day_is_not_taken_from_git(shelf, tmp_path):
    shelf.put("one")
    shelf.put("two")
    shelf.put("three")
    shelf.write("editions/a.yml", edition("2020-03-14", "one", "two"))
    shelf.commit("2025-01-01")
    shelf.put("one", venue="ICML 2025")
    shelf.commit("2025-01-02")
    shelf.put("four")
    shelf.commit("2025-01-03")
    source = f"file://{shelf.repository.folder}"

    def clone(depth):
        target = tmp_path / str(depth)
        shelf.repository.git("clone", "--quiet", f"--depth={depth}", source, str(target))
        return timeline(library.load(target / "content"), read(target / "content"))

    # Deep enough to hold all that there is, it is as good as a whole one.
    assert clone(3).papers == shelf.timeline().papers
    found = clone(2)
    assert found.history.warning
    assert found.papers == {
        "one": Moment(added=midnight("2020-03-14"), changed=midnight("2020-03-14")),
        "two": Moment(added=midnight("2020-03-14"), changed=midnight("2020-03-14")),
        "four": Moment(added=noon("2025-01-03"), changed=noon("2025-01-03")),
    }


PATH = """---
title: "A path"
papers:
{steps}---
Why?
"""


def steps(*slugs):
    return PATH.format(steps="".join(f"  - paper: {slug}\n    note: Read it.\n" for slug in slugs))


@needs_git
def test_a_step_came_when_the_reading_path_first_named_the_paper(shelf):
    shelf.put("one")
    shelf.put("two")
    shelf.commit("2025-01-01")
    shelf.write("collections/path.md", steps("one"))
    shelf.commit("2025-01-02")
    shelf.write("collections/path.md", "not readable any more")
    shelf.commit("2025-01-03")
    shelf.write("collections/path.md", steps("two", "one"))
    shelf.commit("2025-01-04")
    assert shelf.timeline().steps == {
        ("path", "one"): noon("2025-01-02"),
        ("path", "two"): noon("2025-01-04"),
    }


@needs_git
def test_a_step_that_is_not_committed_came_with_its_paper(shelf):
    shelf.put("one")
    shelf.commit("2025-01-01")
    shelf.write("collections/path.md", steps("one"))
    assert shelf.timeline().steps == {("path", "one"): noon("2025-01-01")}


@needs_git
def test_the_last_change_of_files_is_that_of_the_latest(shelf):
    shelf.put("one")
    shelf.commit("2025-01-01")
    shelf.put("two")
    shelf.commit("2025-01-02")
    found = shelf.timeline()
    assert found.modified("papers/one.md", "papers/two.md") == noon("2025-01-02")
    assert found.modified("papers/three.md") is None
