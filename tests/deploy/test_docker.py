"""The Dockerfile, as far as it can be checked where no Docker is: what it copies and runs is there.

What it runs to lay out the site, and the server that it starts, `test_nginx` really runs."""

import re
import shutil
import subprocess
from pathlib import PurePosixPath

import pytest

from tests.projects import ROOT

TEXT = (ROOT / "Dockerfile").read_text(encoding="utf-8")
# Instruction by instruction, continued lines put together, comments left out.
LINES = [
    " ".join(line.split())
    for line in re.sub(r"^#.*\n", "", TEXT, flags=re.MULTILINE).replace("\\\n", " ").splitlines()
    if line.strip()
]


def of(name):
    return [line.removeprefix(f"{name} ") for line in LINES if line.startswith(f"{name} ")]


def ignored(path):
    """Whether .dockerignore keeps a file or folder of the top level out of the build."""
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    return any(PurePosixPath("list", path).match(pattern) for pattern in patterns)


def test_everything_that_it_copies_from_here_is_here_and_not_ignored():
    copied = [line.split()[0] for line in of("COPY") if not line.startswith("--from")]
    assert copied == [".", "deploy/nginx.conf"]
    needed = [".git", "content", "deploy", "builder", "site_templates", "mkdocs.yml"]
    needed += ["requirements.txt", "constraints.txt", "pyproject.toml", "setup.py", "README.md"]
    assert [path for path in needed if ignored(path)] == []
    assert all((ROOT / path).exists() for path in needed if path != ".git")


def test_nothing_that_git_ignores_gets_into_the_image():
    lines = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    left = [line for line in lines if not ignored(line.strip("/"))]
    assert left == []


def test_the_script_that_it_runs_is_there_and_may_be_run():
    (command,) = [line for line in of("RUN") if "deploy/" in line]
    # By name of the shell: what a list is started with has no file that may be run.
    assert command.endswith("&& sh deploy/www.sh /served")
    assert (ROOT / "deploy" / "www.sh").is_file()
    served = [line.split()[1] for line in of("COPY") if line.startswith("--from=build")]
    assert served == ["/served/site.conf", "/served/www"]


def test_its_server_has_no_rights_and_finds_its_files_where_they_are_copied():
    config = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    assert of("USER") == ["101:101"]
    (port,) = re.findall(r"\n    listen (\d+);", config)
    assert int(port) > 1024 and of("EXPOSE") == [port]
    targets = [line.split()[-1] for line in of("COPY")]
    (root,) = re.findall(r"\n    root (\S+);", config)
    assert targets == [".", "/etc/nginx/nginx.conf", "/etc/nginx/site.conf", root]
    # Whatever it writes lies where anybody may write.
    paths = re.findall(r"^\s*(?:pid|\w+_temp_path|access_log) (\S+);", config, re.MULTILINE)
    assert len(paths) == 7
    assert all(path.startswith(("/tmp/", "/dev/")) for path in paths)


def test_its_images_are_named_by_version():
    for image in of("FROM"):
        assert re.fullmatch(r"[a-z/.-]+:\d+\.\d+[a-z0-9.-]*(?: AS \w+)?", image), image


@pytest.mark.skipif(shutil.which("hadolint") is None, reason="hadolint is not installed")
def test_hadolint_has_nothing_to_say():
    done = subprocess.run(
        ["hadolint", ROOT / "Dockerfile"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
