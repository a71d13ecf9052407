"""Little Git repositories for tests, with a clock of their own."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="Git is not installed")


class Repository:
    """A repository in a folder. Every commit is made on a day that the test names, and no setting
    of whoever runs the test counts."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str, day: str = "2025-01-01") -> str:
        """Run Git in the folder; returns what it prints."""
        when = f"{day}T12:00:00+00:00" if len(day) == 10 else day
        environment = {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_NAME": "Ada Example",
            "GIT_AUTHOR_EMAIL": "ada@example.org",
            "GIT_AUTHOR_DATE": "2001-01-01T00:00:00+00:00",
            "GIT_COMMITTER_NAME": "Bo Sample",
            "GIT_COMMITTER_EMAIL": "bo@example.org",
            "GIT_COMMITTER_DATE": when,
        }
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def write(self, path: str, text: str) -> Path:
        """Write a file; it is not committed."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        return target

    def commit(self, day: str, message: str = "a change") -> str:
        """Commit everything in the folder; returns the commit's id."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", f"--message={message}", day=day)
        return self.git("rev-parse", "HEAD").strip()


def paper(title: str, abstract: str = "An abstract.", **facts: str) -> str:
    """The text of a paper's file; facts: YAML of further keys."""
    lines = [f'title: "{title}"', *(f"{key}: {value}" for key, value in facts.items())]
    return "\n".join(["---", *lines, "---", abstract, ""])
