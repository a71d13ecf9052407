"""How a paper's page lets people and machines cite the paper."""

from __future__ import annotations

from markupsafe import Markup

from builder.citation import Reference, bibtex, prose
from builder.citation.head import json_ld, tags
from builder.pages.views import Card, CiteView

# The picture beside a paper's page, and its width and height in pixels.
PREVIEW = "preview.png"
PREVIEW_SIZE = (1200, 630)


def cite_view(
    reference: Reference,
    card: Card,
    *,
    description: str,
    address: str,
    site_name: str,
    previews: bool = False,
) -> CiteView:
    """The view of a citation.

    address: of the site, with a slash at its end; "" where it has none. previews: there is a
    preview image beside the page.
    """
    page = f"{address}{card.url}" if address else ""
    return CiteView(
        key=reference.key,
        text=prose(reference),
        bibtex=bibtex([reference]).strip(),
        head=tags(
            reference,
            description=description,
            address=page,
            site_name=site_name,
            image=(f"{page}{PREVIEW}", *PREVIEW_SIZE) if page and previews else None,
        ),
        json_ld=Markup(
            json_ld(
                reference,
                description=description,
                address=page,
                keywords=[chip.name for chip in card.tags],
            )
        ),
    )
