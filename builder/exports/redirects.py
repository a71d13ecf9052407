"""Redirects as files: a page that leads on at each old path, and a list for hosts that know it."""

from __future__ import annotations

from html import escape
from urllib.parse import urlsplit

from builder.content.redirects import Redirect, Redirects
from builder.exports.site import Site


def redirect_files(redirects: Redirects, site: Site) -> dict[str, str]:
    """Path below the site's root -> text.

    redirects: valid, so that each leads to a page (`builder.library` sees to it).
    """
    if not redirects.entries:
        return {}
    files = {f"{item.old.strip('/')}/index.html": _page(item, site) for item in redirects.entries}
    # https://docs.netlify.com/routing/redirects/ and Cloudflare Pages: paths from the host's root.
    base = urlsplit(site.url).path.rstrip("/")
    files["_redirects"] = "".join(
        f"{base}{item.old} {base}{item.new} 301\n" for item in redirects.entries
    )
    return files


def _page(item: Redirect, site: Site) -> str:
    """A page that leads on at once: what search engines take for a permanent redirect."""
    there = "../" * item.old.strip("/").count("/") + "../" + item.new.strip("/") + "/"
    canonical = site.address(item.new.lstrip("/")) if site.url else there
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{escape(site.name)}: this page has moved</title>
<meta http-equiv="refresh" content="0; url={escape(there)}">
<link rel="canonical" href="{escape(canonical)}">
</head>
<body>
<p>This page has moved to <a href="{escape(there)}">{escape(item.new)}</a>.</p>
</body>
</html>
"""
