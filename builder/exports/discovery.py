"""Files by which machines find their way: robots.txt, opensearch.xml, llms.txt."""

from __future__ import annotations

import xml.etree.ElementTree as etree

from builder.analysis import Analysis
from builder.exports.markdown import escape
from builder.exports.site import Site
from builder.library import Library

# Of a longer list llms.txt names topics and listings: a reader of it has a window to fill.
PAPERS_NAMED = 1000


def robots_txt(site: Site) -> str:
    """Everything may be read (RFC 9309); the sitemap is named where the site has an address.

    Robots look for this file at the root of the host: a site below a path has it copied there, or
    tells search engines of its sitemap itself.
    """
    lines = ["User-agent: *", "Allow: /"]
    if site.url:
        lines += ["", f"Sitemap: {site.address('sitemap.xml')}"]
    return "\n".join(lines) + "\n"


def opensearch_xml(site: Site) -> str:
    """An OpenSearch 1.1 description, by which a browser's address bar searches the list.

    Only for a site with an address: the standard knows no relative ones.
    """
    # https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md: the short name
    # has at most 16 signs, the long one 48, the description 1024.
    root = etree.Element("OpenSearchDescription", xmlns="http://a9.com/-/spec/opensearch/1.1/")
    for name, text in (
        ("ShortName", site.name[:16].strip()),
        ("LongName", site.name[:48].strip()),
        ("Description", site.description[:1024] or site.name),
        ("InputEncoding", "UTF-8"),
    ):
        etree.SubElement(root, name).text = text
    etree.SubElement(
        root, "Url", type="text/html", template=site.address("browse/?q={searchTerms}")
    )
    etree.SubElement(
        root,
        "Url",
        type="application/opensearchdescription+xml",
        rel="self",
        template=site.address("opensearch.xml"),
    )
    etree.indent(root)
    made = etree.tostring(root, encoding="unicode", short_empty_elements=True)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{made}\n'


def llms_txt(library: Library, analysis: Analysis, site: Site) -> str:
    """The list for language models, in the form of https://llmstxt.org/: what it is, the data as a
    whole, topics, and each paper's plain Markdown with its summary."""
    parts = [f"# {escape(site.name)}"]
    if site.description:
        parts.append(f"> {escape(site.description)}")
    parts += [
        f"{len(library.papers):,} papers. Each has a page at papers/SLUG/ and the same as plain "
        "Markdown at papers/SLUG/index.md.",
        "## Data",
        "\n".join(
            f"- [{name}]({site.address(path)}): {what}"
            for name, path, what in (
                ("papers.json", "api/papers.json", "every paper with topics and cross-links"),
                ("papers.schema.json", "api/papers.schema.json", "the JSON Schema of it"),
                (
                    "front-matter.schema.json",
                    "api/front-matter.schema.json",
                    "the JSON Schema of a paper's file",
                ),
                ("library.bib", "library.bib", "citations as BibTeX"),
                ("library.ris", "library.ris", "citations as RIS"),
                ("library.csl.json", "library.csl.json", "citations as CSL JSON"),
            )
        ),
    ]
    used = {tag for subjects in analysis.subjects.values() for tag, _ in subjects}
    tags = [
        f"- [{escape(tag.name)}]({site.address(f'tags/{tag.id}/')}): {escape(tag.definition)}"
        for tag in library.vocabulary.tags.values()
        if tag.id in used
    ]
    if tags:
        parts += ["## Topics", "\n".join(tags)]
    if len(library.papers) <= PAPERS_NAMED:
        papers = [
            f"- [{escape(paper.title)}]({site.address(f'papers/{slug}/index.md')})"
            + (f": {escape(paper.summary)}" if paper.summary else "")
            for slug, paper in library.papers.items()
        ]
        parts += ["## Papers", "\n".join(papers)]
    return "\n\n".join(parts) + "\n"
