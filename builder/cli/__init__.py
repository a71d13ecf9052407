"""The command line: the only place that prints, catches and exits.

Each module adds its commands to `main`.
"""

from builder.cli import (  # noqa: F401
    check,
    diff,
    digest,
    edit,
    export,
    imports,
    schema,
    site,
    starter,
    tags,
)
from builder.cli.app import main

__all__ = ["main"]
