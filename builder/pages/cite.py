"""How a paper's page lets people and machines cite the paper."""

from __future__ import annotations

from markupsafe import Markup

from builder.citation import Reference, bibtex, prose
from builder.citation.head import json_ld, tags
from builder.pages.views import Card, CiteView, MetaTag


def cite_view(
    reference: Reference, card: Card, *, description: str, address: str, site_name: str
) -> CiteView:
    """The view of a citation.

    address: of the site, with a slash at its end; "" where it has none.
    """
    page = f"{address}{card.url}" if address else ""
    found = tags(reference, description=description, address=page, site_name=site_name)
    return CiteView(
        key=reference.key,
        text=prose(reference),
        bibtex=bibtex([reference]).strip(),
        head=tuple(
            MetaTag(attribute=tag.attribute, name=tag.name, content=tag.content) for tag in found
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
