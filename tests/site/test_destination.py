"""A build empties the folder that it writes to: nobody's files may lie there."""

import subprocess
import sys
from pathlib import Path

import pytest

from builder.site.build import BuildFailed, Request, build
from builder.site.destination import claim, obstacle
from tests.projects import files_of, make_project


@pytest.fixture
def project(tmp_path):
    return make_project(tmp_path / "project")


@pytest.fixture
def place(tmp_path):
    """A folder with what a build needs, and the record of sites beside it."""
    (tmp_path / "list" / "content").mkdir(parents=True)
    (tmp_path / "list" / "mkdocs.yml").write_text("site_name: x\n")
    return tmp_path / "list"


def why(place: Path, site: Path) -> str:
    needed = [place / "mkdocs.yml", place / "content"]
    return obstacle(site, needed=needed, record=place / "sites.txt")


def test_a_new_or_an_empty_folder_is_free(place):
    assert why(place, place / "new" / "deeper") == ""
    (place / "empty").mkdir()
    assert why(place, place / "empty") == ""


def test_a_folder_with_somebodys_files_is_refused(place):
    (place / "photos").mkdir()
    (place / "photos" / "cat.jpg").write_bytes(b"")
    assert why(place, place / "photos") == (
        "holds files that are no site of Papershelf's, and they would be deleted; name an empty "
        "folder or a new one"
    )


def test_hidden_files_are_somebodys_too(place):
    (place / "dots").mkdir()
    (place / "dots" / ".profile").write_text("")
    assert "no site of Papershelf's" in why(place, place / "dots")


def test_a_finished_site_and_one_that_was_begun_are_ours(place):
    (place / "done" / "api").mkdir(parents=True)
    (place / "done" / "api" / "papers.json").write_text("{}")
    assert why(place, place / "done") == ""
    (place / "begun").mkdir()
    (place / "begun" / "index.html").write_text("")
    assert why(place, place / "begun") != ""
    claim(place / "begun", record=place / "sites.txt")
    claim(place / "begun", record=place / "sites.txt")
    assert why(place, place / "begun") == ""
    assert len((place / "sites.txt").read_text().splitlines()) == 1


def test_the_list_itself_and_what_lies_above_are_refused(place):
    claim(place, record=place / "sites.txt")
    assert why(place, place).startswith('holds "mkdocs.yml", which must not be emptied')
    assert why(place, place.parent).startswith('holds "mkdocs.yml"')
    assert why(place, place / "content").startswith('holds "content"')


def test_a_folder_within_the_content_is_refused(place):
    assert why(place, place / "content" / "site") == (
        'lies in "content", which the site is made of; name an empty folder or a new one'
    )


def test_a_file_is_refused(place):
    assert why(place, place / "mkdocs.yml") == "is no folder; name an empty folder or a new one"


def test_a_link_is_followed(place):
    (place / "photos").mkdir()
    (place / "photos" / "cat.jpg").write_bytes(b"")
    (place / "site").symlink_to(place / "photos")
    assert "no site of Papershelf's" in why(place, place / "site")
    (place / "loop").symlink_to(place / "content")
    assert why(place, place / "loop").startswith('holds "content"')


def test_a_build_touches_nothing_in_a_strangers_folder(project, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.tex").write_text("years of work")
    with pytest.raises(BuildFailed, match="theirs: holds files that are no site"):
        build(Request(config=project / "mkdocs.yml", site=theirs))
    assert files_of(theirs) == {"thesis.tex": b"years of work"}


def test_mkdocs_itself_is_stopped_as_well(project, tmp_path):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "thesis.tex").write_text("years of work")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--site-dir", theirs],
        cwd=project,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "they would be deleted" in done.stderr
    assert "Traceback" not in done.stderr
    assert files_of(theirs) == {"thesis.tex": b"years of work"}


def test_a_site_dir_of_its_own_is_built_and_built_again(project, tmp_path):
    wanted = Request(config=project / "mkdocs.yml", site=tmp_path / "out", search=False)
    assert build(wanted).kind == "everything"
    # An interrupted build leaves part of a site without its catalogue.
    (tmp_path / "out" / "api" / "papers.json").unlink()
    assert build(wanted).kind == "everything"
