"""Whether links out of the list still lead somewhere: the one part that asks the network."""

from builder.linkcheck.cache import Cache
from builder.linkcheck.findings import problems
from builder.linkcheck.model import Answer, Settings, Target
from builder.linkcheck.run import NoNetwork, Report, ask_all
from builder.linkcheck.targets import targets

__all__ = [
    "Answer",
    "Cache",
    "NoNetwork",
    "Report",
    "Settings",
    "Target",
    "ask_all",
    "problems",
    "targets",
]
