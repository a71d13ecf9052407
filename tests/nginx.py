"""The configuration with which the Dockerfile serves a site, in an installed nginx."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.projects import ROOT

# Servers are often not in the path of a person.
PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

# Where CI runs, its absence is a failure.
needs_nginx = pytest.mark.skipif(
    PROGRAM is None and os.environ.get("CI") != "true", reason="nginx is not installed"
)


@contextmanager
def serve(folder: Path, work: Path) -> Iterator[str]:
    """Serve what lies in a folder as www/ and site.conf; yields the host's address, with a slash.

    work: an empty folder for what nginx writes. Only the port, the folders and the addresses of
    this machine are other than in the Dockerfile.
    """
    assert PROGRAM, "nginx is not installed: apt-get install nginx-light"
    shutil.copy(folder / "site.conf", work)
    for _ in range(5):
        # Between here and the start somebody else may take the port; then another one is tried.
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        for old, new in (
            ("listen 8080;", f"listen 127.0.0.1:{port};"),
            ("/srv/www", str(folder / "www")),
            ("/tmp/nginx", f"{work}/nginx"),
            ("/dev/stdout", f"{work}/access.log"),
        ):
            assert old in text
            text = text.replace(old, new)
        (work / "nginx.conf").write_text(text, encoding="utf-8")
        with (work / "stderr").open("wb") as errors:
            # Started by root, as in CI's containers, nginx would become somebody who may not read
            # this test's folder.
            options = "daemon off;" + (" user root;" if os.geteuid() == 0 else "")
            command = [PROGRAM, "-p", str(work), "-c", str(work / "nginx.conf"), "-g", options]
            server = subprocess.Popen(command, stdout=errors, stderr=errors)
        try:
            if _answers(server, port):
                yield f"http://127.0.0.1:{port}/"
                return
        finally:
            server.terminate()
            server.wait()
        said = (work / "stderr").read_text(encoding="utf-8")
        assert "Address already in use" in said, said
    raise AssertionError("no port was free")


def _answers(server: subprocess.Popen, port: int) -> bool:
    """Wait until the server answers; whether it does, and has not ended."""
    while server.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port)):
                return True
        except OSError:
            time.sleep(0.02)
    return False


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        """Follow nothing."""


_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay)


class Answer:
    """What a server said: status, headers (by name in small letters), body."""

    def __init__(self, address: str, method: str = "GET", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = urllib.request.Request(address, method=method, headers=named)
        try:
            reply = _OPENER.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            reply = error
        with reply:
            self.status = reply.status
            self.headers = {name.lower(): value for name, value in reply.headers.items()}
            self.body = reply.read()

    def __getitem__(self, name: str) -> str | None:
        return self.headers.get(name)
