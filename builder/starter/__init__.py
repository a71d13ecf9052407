"""Somebody else's list: started with everything it needs, and kept up to date later.

`files.toml` says which files a list gets. A manifest in the list says which it got, so that an
upgrade tells what the list's people changed from what they left as it came.
"""
