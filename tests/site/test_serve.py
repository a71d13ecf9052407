"""`papershelf serve`, as a person runs it: a server, an edit, and the page that follows."""

import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from tests.projects import make_project

PAPER = "do-robots-fold-paper"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def fetch(url):
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()
    except OSError:
        return ""


def eventually(url, words, process, seconds=60):
    """Wait until a page shows some words; the time is only to end a test that hangs."""
    end = time.monotonic() + seconds
    text = ""
    while time.monotonic() < end and process.poll() is None:
        if words in (text := fetch(url)):
            return True
        time.sleep(0.1)
    raise AssertionError(f"{url} never showed {words!r}: {text[:200]!r}")


# The same, for a list of which so few pages count as many, so that drafts are shown.
LARGE = (
    "import sys; from builder.site import serve; serve.DRAFTED = 0;"
    "from builder.cli import main; main(sys.argv[1:])"
)


@pytest.fixture(params=[["-m", "builder"], ["-c", LARGE]], ids=["small", "large"])
def preview(tmp_path, request):
    """A project, the address of its preview, the process, and the file it writes to."""
    project = make_project(tmp_path / "project")
    port = free_port()
    log = tmp_path / "log.txt"
    with log.open("w") as output:
        process = subprocess.Popen(
            [sys.executable, *request.param, "serve", "--address", f"127.0.0.1:{port}"],
            cwd=project,
            stdout=output,
            stderr=output,
        )
    yield project, f"http://127.0.0.1:{port}/papershelf/", process, log
    process.send_signal(signal.SIGINT)
    process.wait(30)


def test_the_preview_follows_edits_survives_mistakes_and_ends_when_told(preview):
    project, url, process, log = preview
    page = f"{url}papers/{PAPER}/"
    assert eventually(page, "<h1", process)
    assert "There is no page here" in fetch(f"{url}nowhere/")
    assert eventually(f"{url}pagefind/pagefind-entry.json", "version", process)

    path = project / "content" / "papers" / f"{PAPER}.md"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('title: "', 'title: "Previewed: '), encoding="utf-8")
    assert eventually(page, "Previewed:", process)
    # Where a draft was shown, all the rest follows by itself.
    assert eventually(f"{url}api/papers.json", "Previewed:", process)

    # A mistake is told with its line, and the last good page stays.
    path.write_text(text.replace("title:", "titel:"), encoding="utf-8")
    end = time.monotonic() + 60
    while "did you mean" not in log.read_text() and time.monotonic() < end:
        time.sleep(0.1)
    assert re.search(
        rf'content/papers/{PAPER}\.md:2: titel: .*did you mean "title"', log.read_text()
    )
    assert "Previewed:" in fetch(page)

    path.write_text(text.replace('title: "', 'title: "Mended: '), encoding="utf-8")
    assert eventually(page, "Mended:", process)
    assert not (project / "site").exists()

    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert "Traceback" not in log.read_text()


@pytest.mark.parametrize("address", ["nowhere", "127.0.0.1:port", "127.0.0.1:99999", ":8000"])
def test_an_address_that_is_none_is_told(papershelf, content, address):
    make_project(content.parent / "project")
    result = papershelf("serve", "--config", "project/mkdocs.yml", "--address", address)
    assert result.exit_code == 1
    assert f'papershelf: "{address}" is no address; write HOST:PORT' in result.stderr


def test_an_address_that_is_taken_is_told(tmp_path):
    project = make_project(tmp_path / "project")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run(
            [sys.executable, "-m", "builder", "serve", "--address", address],
            cwd=project, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert f"papershelf: {address}: " in done.stderr and "choose another address" in done.stderr
    assert "Traceback" not in done.stderr
