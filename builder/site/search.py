"""The search index: Pagefind over the built site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def index(site: Path) -> None:
    """Index the built site.

    Raises RuntimeError when Pagefind fails.
    """
    command = [sys.executable, "-m", "pagefind", "--site", str(site), "--quiet"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"Pagefind failed: {done.stderr.strip() or done.stdout.strip()}")
