"""What can be computed from a library: Library -> Analysis."""

from builder.analysis.analyse import analyse
from builder.analysis.model import (
    Analysis,
    Backlinks,
    Mention,
    Neighbour,
    Related,
    TagUse,
    Trend,
)

__all__ = [
    "Analysis",
    "Backlinks",
    "Mention",
    "Neighbour",
    "Related",
    "TagUse",
    "Trend",
    "analyse",
]
