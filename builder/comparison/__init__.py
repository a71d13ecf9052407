"""What a change of content/ does to the site, for whoever reviews it."""

from builder.comparison.compare import Comparison, FieldChange, PaperChange, compare
from builder.comparison.report import FORMATS, report

__all__ = ["FORMATS", "Comparison", "FieldChange", "PaperChange", "compare", "report"]
