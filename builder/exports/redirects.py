"""Redirects as files: a page that leads on at each old path, and a list for hosts that know it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from html import escape
from urllib.parse import urlsplit

from builder.content.redirects import Redirect, Redirects
from builder.exports.site import Site
from builder.problems import Problem, did_you_mean


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


def misplaced(redirects: Redirects, pages: Collection[str]) -> Iterator[Problem]:
    """Redirects over a page of the site, and to a page that it does not have.

    pages: paths of every page's Markdown file, such as "authors/index.md". `builder.library` knows
    the pages that a file of content/ stands for; here all of them are known.
    """
    if not redirects.entries:
        return
    there = {f"/{path.removesuffix('.md').removesuffix('index').strip('/')}/" for path in pages}
    for item in redirects.entries:
        if item.old in there:
            yield redirects.source.problem(
                item.old, "there is a page at this path", "remove the line"
            )
        if item.new not in there:
            hint = did_you_mean(item.new, there) or "let it lead to a page that is there"
            yield redirects.source.problem(item.old, f'there is no page "{item.new}"', hint)


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
