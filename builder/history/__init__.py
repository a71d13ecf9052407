"""When papers came and changed: from Git where it knows, from the list's own dates where not."""

from builder.history.git import Change, History, read, stamp
from builder.history.timeline import Moment, Timeline, timeline

__all__ = ["Change", "History", "Moment", "Timeline", "read", "stamp", "timeline"]
