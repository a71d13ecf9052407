"""The digest: an edition or a period as a mail message, and its delivery."""

from builder.problems import Failed


class MailFailed(Failed):
    """The digest cannot be made or sent; the message says why, and what to do."""
