"""The command line: the only place that prints, catches and exits."""

from __future__ import annotations

import gc
import os
import sys

from builder.cli.app import main

__all__ = ["main", "run"]


def run() -> None:
    """`main` as a program, which ends as soon as all is said and done.

    Python would take apart ten thousand papers, piece by piece, before it gives their memory back
    at once: that takes longer than to find out that nothing changed. Nor does it look for garbage
    among them, which takes as long each time: no command leaves much but `serve`, which goes on.
    """
    gc.disable()
    try:
        main(prog_name="papershelf")
    except SystemExit as end:
        if not isinstance(end.code, int | None):
            raise
        status = end.code or 0
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            # Who reads has gone away; Python would say so in its own way, and fail.
            status = status or 1
    os._exit(status)
