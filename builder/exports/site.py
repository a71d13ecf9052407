"""What files for machines say of the site itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Site:
    """The published site.

    url: where it stands, with a slash at its end; "" where mkdocs.yml names no site_url.
    name, description: as in mkdocs.yml. authority: who makes the ids of feed entries, a tagging
    entity of RFC 4151 such as "example.org,2025"; ids stay when the site moves.
    """

    url: str
    name: str
    description: str
    authority: str

    def address(self, path: str) -> str:
        """The address of a path below the site's root; without a known address from the host's
        root."""
        return f"{self.url}{path}" if self.url else f"/{path}"
