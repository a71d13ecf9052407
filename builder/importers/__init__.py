"""Importers: one module a source, text to entries and leftovers; no network in a parser."""
