"""`papershelf build`, `headers` and `serve`."""

from __future__ import annotations

import gc
import logging
from pathlib import Path

import click

from builder import reporting
from builder.cli.app import (
    CONFIG,
    DIRECTORY,
    FILE,
    held,
    main,
    output,
    relative,
    reports_problems,
    request,
)
from builder.cli.progress import progress
from builder.site.headers import FORMATS
from builder.site.headers import write as headers_of


@main.command()
@CONFIG
@click.option("--site-dir", type=DIRECTORY, help="Where to write the site, in place of site/.")
@click.option("--no-search", is_flag=True, help="Leave the search index as it is: faster.")
@click.option("--force", is_flag=True, help="Build everything anew.")
@click.pass_obj
@reports_problems
def build(content: Path, config: Path, site_dir: Path | None, no_search: bool, force: bool) -> None:
    """Build the site, reusing the last build wherever that is safe."""
    from builder.site.build import build as build_site

    wanted = request(content, config, site=site_dir, search=not no_search, force=force)
    with progress() as stage:
        report = build_site(wanted, stage)
    held.append(report)
    if report.findings:
        click.echo(reporting.render(report.findings, "text"), err=True)
    for warning in report.warnings:
        click.echo(f"warning: {warning}", err=True)
    shown = relative(report.site)
    if report.kind == "unchanged":
        click.echo(f"Nothing changed: {report.pages:,} pages in {shown}/")
    elif report.kind == "everything":
        click.echo(f"Built {report.pages:,} pages in {shown}/")
    else:
        click.echo(f"Built {report.changed:,} changed of {report.pages:,} pages in {shown}/")


@main.command()
@CONFIG
@click.option("--site-dir", type=DIRECTORY, help="Where the site is, in place of site/.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="nginx", show_default=True,
              help="For whom: deploy/nginx.conf includes the one; Netlify and Cloudflare Pages "
              "read the other as the site's _headers.")  # fmt: skip
@click.option("--out", type=FILE, help="The file to write; standard output without it.")
@click.pass_obj
@reports_problems
def headers(
    content: Path, config: Path, site_dir: Path | None, form: str, out: Path | None
) -> None:
    """Write which security headers a server sends with the site that was built.

    The Content-Security-Policy allows what the pages are made of and nothing else: scripts within
    pages by their digests, nothing from other hosts, no styles within pages.
    """
    output(headers_of(request(content, config, site=site_dir), form), out)


@main.command()
@CONFIG
@click.option("--address", default="127.0.0.1:8000", show_default=True, metavar="HOST:PORT",
              help="Where the preview is served.")  # fmt: skip
@click.option("--open", "open_in_browser", is_flag=True, help="Open the site in a browser.")
@click.pass_obj
@reports_problems
def serve(content: Path, config: Path, address: str, open_in_browser: bool) -> None:
    """Preview the site; every edit of content or templates shows at once."""
    from builder.site.serve import serve as serve_site

    gc.enable()
    # The preview goes on while a file is wrong, so what is wrong comes through the log.
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("mkdocs.structure").setLevel(logging.ERROR)
    serve_site(request(content, config), address=address, open_in_browser=open_in_browser)
