"""A bare repository with a little list in it, and clean clones of it in which workflows run."""

import shutil
from pathlib import Path

import pytest

from tests.projects import ROOT
from tests.workflows.running import Runner, make_origin

_SITE = (
    "vars.PAPERSHELF_SITE_URL || format('https://{0}.github.io/{1}/', "
    "github.repository_owner, github.event.repository.name)"
)
VALUES = {
    _SITE: "https://example.github.io/list/",
    "github.server_url": "https://github.com",
    "github.repository": "example/list",
    "github.base_ref || github.event.repository.default_branch": "main",
    "github.event.issue.number": "12",
    "github.token": "a-token",
}


@pytest.fixture(scope="session")
def seed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that every test starts from."""
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no Git checkout")
    return make_origin(tmp_path_factory.mktemp("forge"))


@pytest.fixture
def origin(seed: Path, tmp_path: Path) -> Path:
    """A copy of it that a workflow may push to."""
    return Path(shutil.copytree(seed, tmp_path / "origin.git"))


@pytest.fixture
def runner(origin: Path, tmp_path: Path):
    """runner(event) -> a Runner with a clean clone."""
    return lambda event=None, **values: Runner(
        tmp_path / "machine", origin, event or {}, {**VALUES, **values}
    )
