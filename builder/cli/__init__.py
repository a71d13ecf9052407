"""The command line: the only place that prints, catches and exits.

Each module adds its commands to `main`.
"""

from builder.cli import check, diff, digest, edit, export, imports, site, starter, tags  # noqa: F401
from builder.cli.app import main

__all__ = ["main"]
