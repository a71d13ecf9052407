"""What a server says with each file of a site: which security headers, and what has moved.

The Content-Security-Policy names each script that stands within a page by its digest; Material has
some, which read a reader's colors before anything is drawn. So it is made from the built pages.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import urlsplit

from builder.site.failure import BuildFailed
from builder.site.request import Request, load

FORMATS = ("nginx", "netlify")

# Scripts that a browser runs: not those that are loaded, and not data such as JSON-LD.
_SCRIPT = re.compile(rb"<script((?:\s[^>]*)?)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(rb"\ssrc\s*=|\stype\s*=\s*[\"']?application/(?:ld\+)?json", re.IGNORECASE)

# What readers' browsers need not tell, and a list never asks for.
_PERMISSIONS = ("camera", "geolocation", "microphone", "payment", "usb")


def write(request: Request, form: str) -> str:
    """The headers of a site that was built, in one of FORMATS.

    Raises BuildFailed when mkdocs.yml is wrong, or no site is there.
    """
    config = load(request)
    plugin = config.plugins["papershelf"]
    settings = plugin.settings(config)
    site = Path(config.site_dir)
    if not (site / "index.html").is_file():
        raise BuildFailed(f"{site}: no site is there; run papershelf build first")
    newsletter = settings.newsletter.action if settings.newsletter else ""
    found = security(inline_scripts(site), form=newsletter)
    if form == "netlify":
        return netlify(found, url=settings.url)
    path = site / "_redirects"
    redirects = path.read_text(encoding="utf-8") if path.is_file() else ""
    return nginx(found, url=settings.url, redirects=redirects)


def inline_scripts(site: Path) -> list[str]:
    """The digests, as the policy names them, of all scripts within pages of a built site."""
    found = set()
    for page in site.rglob("*.html"):
        for attributes, script in _SCRIPT.findall(page.read_bytes()):
            if not _DATA.search(attributes):
                found.add(script)
    digests = (base64.b64encode(hashlib.sha256(script).digest()).decode() for script in found)
    return sorted(f"'sha256-{digest}'" for digest in digests)


def security(scripts: Iterable[str], *, form: str = "") -> dict[str, str]:
    """Name -> value of the headers that each answer has.

    scripts: as `inline_scripts` gives them. form: where the subscribe page's form is sent, or "".
    """
    target = urlsplit(form)
    forms = ["'self'", *([f"{target.scheme}://{target.netloc}"] if target.netloc else [])]
    policy = {
        "default-src": ["'none'"],
        # Pagefind is WebAssembly, and has a worker for large sites.
        "script-src": ["'self'", "'wasm-unsafe-eval'", *scripts],
        "worker-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": forms,
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
    return {
        "Content-Security-Policy": "; ".join(f"{key} {' '.join(policy[key])}" for key in policy),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "strict-origin-when-cross-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _PERMISSIONS),
    }


def nginx(headers: dict[str, str], *, url: str, redirects: str) -> str:
    """A file for nginx's http block, which deploy/nginx.conf includes.

    url: the site's address, or "". redirects: the text of the site's _redirects.
    """
    base = urlsplit(url).path.rstrip("/") + "/"
    moved = [line.split()[:2] for line in redirects.splitlines() if line.strip()]
    lines = [
        "# Made by papershelf headers for the site that was built: make it anew with each build.",
        f"# base: {base}",
        "map_hash_bucket_size 512;",
        f'map "" $papershelf_base {{ default "{base}"; }}',
        'map "" $papershelf_csp {',
        f'  default "{headers["Content-Security-Policy"]}";',
        "}",
        'map "" $papershelf_permissions {',
        f'  default "{headers["Permissions-Policy"]}";',
        "}",
        # To a site that has the host for itself, the host leads without help.
        "map $uri $papershelf_home {",
        '  default "";',
        *([f'  "/" "{base}";'] if base != "/" else []),
        "}",
        "map $uri $papershelf_moved {",
        '  default "";',
        *(f'  "{old}" "{new}";' for old, new in moved),
        "}",
    ]
    return "\n".join(lines) + "\n"


def netlify(headers: dict[str, str], *, url: str) -> str:
    """A _headers file, which Netlify and Cloudflare Pages read.

    https://docs.netlify.com/routing/headers/: one rule a path, one header a line.
    """
    base = urlsplit(url).path.rstrip("/")
    rules = [(f"{base}/*", headers)] + [
        (f"{base}/{path}", {"Cache-Control": "public, max-age=31536000, immutable"})
        for path in ("pagefind/fragment/*", "pagefind/index/*", "pagefind/filter/*")
    ]
    return "".join(
        f"{path}\n" + "".join(f"  {name}: {value}\n" for name, value in said.items())
        for path, said in rules
    )
