"""What ends a build."""

from builder.problems import Failed


class BuildFailed(Failed):
    """The site could not be built; the message says why."""
