"""Edits by command: a paper made, renamed, removed, with everything that refers to it.

Nothing here writes: an `Edit` says which files come out otherwise.
"""

from builder.editing.edit import Edit
from builder.editing.new import Draft, draft, topics
from builder.editing.remove import remove
from builder.editing.rename import rename

__all__ = ["Draft", "Edit", "draft", "remove", "rename", "topics"]
