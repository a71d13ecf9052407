"""What a change of content/ does to the site, for whoever reviews it."""

from builder.comparison.compare import Comparison, PaperChange, compare
from builder.comparison.entries import EntryChange, FieldChange
from builder.comparison.report import FORMATS, report

__all__ = [
    "FORMATS",
    "Comparison",
    "EntryChange",
    "FieldChange",
    "PaperChange",
    "compare",
    "report",
]
