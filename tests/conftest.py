"""What the tests share: an invented little library, and the command line as a function."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from builder import library
from builder.cli import main
from builder.library import Library

# The same examples in every run, however busy the machine is; --hypothesis-profile=search looks
# for others.
settings.register_profile("calm", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile("calm")

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="session")
def small() -> Library:
    """The invented library of tests/data/library, loaded."""
    return library.load(DATA / "library")


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the invented library that a test may change."""
    return Path(shutil.copytree(DATA / "library", tmp_path / "content"))


@pytest.fixture
def papershelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """The command line, run in an empty directory: papershelf("check", ...) -> its result.

    `content` of the same test is what it reads, as "content". An exception that is no exit is
    raised, so that a traceback never passes for a failure that was asked for.
    """
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> Result:
        return CliRunner().invoke(
            main, [str(argument) for argument in arguments], catch_exceptions=False
        )

    return run
