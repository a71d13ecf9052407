"""A program installed from a wheel has no checkout around it, and starts the same lists."""

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from builder.starter import table
from tests.projects import ROOT, files_of

pytest.importorskip("setuptools")

BUILD = "import sys; from setuptools import build_meta as b; print(b.{}(sys.argv[1]))"


def run(*command, cwd, path=""):
    """Run Python; a failure shows what it said."""
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(
        [sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The package as a wheel made from a source distribution installs it."""
    folder = tmp_path_factory.mktemp("wheel")
    made = folder / "checkout"
    # What a clean checkout holds, so that building leaves nothing behind in this one.
    for path in sorted((ROOT / "builder").rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts:
            _copy(path, made)
    for name in ("setup.py", "pyproject.toml", "README.md", "LICENSE", *table.packed()):
        _copy(ROOT / name, made)
    run("-c", BUILD.format("build_sdist"), str(folder), cwd=made)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder / "source", filter="data")
    (source,) = (folder / "source").iterdir()
    run("-c", BUILD.format("build_wheel"), str(folder), cwd=source)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(folder / "site-packages")
    return folder / "site-packages"


def _copy(path, folder):
    target = folder / path.relative_to(ROOT)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(path.read_bytes())


def test_a_wheel_holds_every_shipped_file_as_it_is_here(installed):
    shipped = installed / "builder" / "starter" / "shipped"
    assert files_of(shipped) == {name: (ROOT / name).read_bytes() for name in table.packed()}


def test_an_installed_program_starts_and_builds_the_same_list_as_a_checkout(
    installed, papershelf, tmp_path
):
    assert papershelf("init", "here", "--title", "Papers").exit_code == 0
    run("-m", "builder", "init", "there", "--title", "Papers", cwd=tmp_path, path=installed)
    assert files_of(Path("there")) == files_of(Path("here"))
    run("-m", "builder", "build", cwd=tmp_path / "there", path=installed)
    home = Path("there/site/index.html").read_text(encoding="utf-8")
    assert "ps-header" in home and "Half a Loaf" in home
    assert Path("there/site/assets/papershelf.css").stat().st_size > 10_000
    where = "import builder; print(builder.__file__)"
    assert str(installed) in run("-c", where, cwd=tmp_path / "there", path=installed)
