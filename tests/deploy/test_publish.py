"""`make publish`: the site as rsync brings it to a folder, here and in a started list."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.projects import ROOT, files_of

pytestmark = [
    pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed"),
    # Where CI runs, its absence is a failure.
    pytest.mark.skipif(
        shutil.which("rsync") is None and os.environ.get("CI") != "true",
        reason="rsync is not installed",
    ),
]
MAKEFILES = ("Makefile", "builder/starter/list/Makefile")


@pytest.fixture(params=MAKEFILES)
def publish(request, tmp_path):
    """publish(TARGET=...) with a site that is built already."""
    shutil.copy(ROOT / request.param, tmp_path / "Makefile")
    for path, text in {"index.html": "home", "papers/a/index.html": "a", "_redirects": ""}.items():
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text(text)

    def run(**values):
        # "site" counts as made: how it is built is another test's.
        given = [f"{key}={value}" for key, value in values.items()]
        return subprocess.run(
            ["make", "-o", "site", "publish", *given],
            cwd=tmp_path, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return run


def test_the_site_comes_whole_and_what_is_gone_goes(publish, tmp_path):
    target = tmp_path / "www" / "papers"
    (target / "papers" / "gone").mkdir(parents=True)
    (target / "papers" / "gone" / "index.html").write_text("gone")
    done = publish(TARGET=target)
    assert done.returncode == 0, done.stderr
    assert files_of(target) == files_of(tmp_path / "site")


def test_a_file_that_says_the_same_is_left_as_it_is(publish, tmp_path):
    target = tmp_path / "www"
    target.mkdir()
    publish(TARGET=target)
    before = {path: path.stat() for path in target.rglob("*.html")}
    home = tmp_path / "site" / "index.html"
    home.write_text("changed")
    # Built anew, all files are younger.
    for path in Path(tmp_path / "site").rglob("*.html"):
        os.utime(path, ns=(10**18, 10**18))
    assert publish(TARGET=target).returncode == 0
    changed = {p for p, was in before.items() if (p.stat().st_ino, p.stat().st_mtime_ns)
               != (was.st_ino, was.st_mtime_ns)}  # fmt: skip
    assert changed == {target / "index.html"}
    assert (target / "index.html").read_text() == "changed"


def test_without_a_target_it_says_what_is_missing(publish):
    done = publish()
    assert done.returncode == 2
    assert "make publish: say where: TARGET=you@example.org:/var/www/papers" in done.stderr
