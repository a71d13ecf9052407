"""What ends a build."""


class BuildFailed(Exception):
    """The site could not be built; the message says why."""
