"""The search index: Pagefind over the built site, and the files that help its search to forgive."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from builder.content.files import write_texts
from builder.site import bundle, search_data

BUNDLE = "pagefind"
DATA = "search"

# Occurrences of words in a file of the index. Pagefind's 20,000 make files of 26 kB, of which a
# query of four words loads four; with a twentieth of that a first search is half as heavy, though
# it makes more requests. The variable is not documented: a Pagefind that knows it no longer makes
# larger files, and nothing else changes.
CHUNK = {"PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": "1000"}


class SearchFailed(RuntimeError):
    """The index could not be made; the message says why and what to do."""


def index(site: Path) -> None:
    """Index the built site: site/pagefind/ and site/search/ are made anew.

    The same pages give the same bytes. Raises SearchFailed when Pagefind is missing or fails, or
    writes files of an unknown form.
    """
    site = site.absolute()
    for folder in (site / BUNDLE, site / DATA):
        shutil.rmtree(folder, ignore_errors=True)
    _run_pagefind(site)
    try:
        bundle.settle(site / BUNDLE)
        found = search_data.files(bundle.fragments(site / BUNDLE))
    except bundle.UnknownBundle as error:
        raise SearchFailed(
            f"Pagefind wrote a file that is not understood: {error}; install a version that "
            "pyproject.toml allows"
        ) from None
    write_texts({site / DATA / path: text for path, text in found.items()})


def _run_pagefind(site: Path) -> None:
    try:
        from pagefind_bin import get_executable

        program = str(get_executable())
    except (ImportError, FileNotFoundError):
        raise SearchFailed(
            "Pagefind is not installed; run pip install 'pagefind[bin]', or build with --no-search"
        ) from None
    command = [program, "--site", str(site), "--force-language", "en", "--silent"]
    # Settings of another site, in the environment or a pagefind.yml, are not meant for this one.
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PAGEFIND_")}
    try:
        done = subprocess.run(
            command,
            cwd=site,
            env=environment | CHUNK,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise SearchFailed(f"Pagefind cannot be run: {error}; install it anew") from None
    if done.returncode:
        said = (done.stderr.strip() or done.stdout.strip()).replace("\n", " ")
        raise SearchFailed(f"Pagefind failed: {said or f'exit code {done.returncode}'}")
    if not (site / BUNDLE / "pagefind-entry.json").is_file():
        raise SearchFailed(f"Pagefind found no page to index in {site}; build the site first")
