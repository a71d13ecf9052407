"""Little projects for tests that build a site: configuration and templates of this repository,
content of one's own, and every output in a folder that goes with the test."""

import shutil
from pathlib import Path

ROOT = Path(__file__).parent.parent
LIBRARY = ROOT / "tests" / "data" / "library"


def make_project(folder: Path, content: Path = LIBRARY) -> Path:
    """A project in `folder` with a copy of `content`, as a person would have checked it out."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "site_templates", folder / "site_templates")
    shutil.copytree(content, folder / "content")
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    """Path -> bytes of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
