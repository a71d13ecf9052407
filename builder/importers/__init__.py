"""The importers: one module a source, from text to entries and leftovers. Nothing here touches the network."""
