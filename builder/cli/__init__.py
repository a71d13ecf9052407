"""The command line: the only place that prints, catches and exits."""

from builder.cli.app import main

__all__ = ["main"]
