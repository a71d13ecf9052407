"""Readers and writers of the content files; each format has both in one module."""
