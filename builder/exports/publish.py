"""Every file for machines that the site publishes beside its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from builder.analysis import Analysis
from builder.analysis.stamps import stamps_of
from builder.citation import References
from builder.exports import catalogue, citations
from builder.exports.changes import changes
from builder.exports.discovery import llms_txt, opensearch_xml, robots_txt
from builder.exports.markdown import paper_text
from builder.exports.outputs import Form, Output, ready
from builder.exports.redirects import redirect_files
from builder.exports.schema import content_schemas, schema
from builder.exports.site import Site
from builder.feed import FeedInfo
from builder.history import Timeline
from builder.library import Library
from builder.memory import Memory, stamp
from builder.wording import edition_names


@dataclass(frozen=True, kw_only=True)
class Publication:
    """All that the files for machines are made of."""

    library: Library
    analysis: Analysis
    site: Site
    timeline: Timeline
    feeds: tuple[FeedInfo, ...]
    references: References

    @cached_property
    def forms(self) -> Mapping[str, Form]:
        """The pieces that whole lists are made of, by ending: bib, ris, csl.json, catalogue."""
        catalogued = Form(
            name="catalogue",
            between=catalogue.BETWEEN,
            stamps=self._catalogued,
            make=lambda slug: catalogue.entry_text(self.library, self.analysis, slug),
        )
        return {**citations.forms(self.references, self._cited), "catalogue": catalogued}

    @cached_property
    def common(self) -> str:
        """A stamp of what all papers' own files are made of."""
        tags = [(tag.id, tag.name) for tag in self.library.vocabulary.tags.values()]
        return stamp(repr(tags), self.site.url)

    @cached_property
    def own(self) -> Mapping[str, str]:
        """Slug -> stamps of what else the paper's own files are made of, in a row, but for the
        titles of papers that it is tied to and the names of its editions: no scores of links."""
        stamps, appearances = stamps_of(self.analysis), self.library.appearances
        tags, links = stamps["tags"], stamps["links"]
        own = {slug: f"{cited} {tags[slug]} {links[slug]}" for slug, cited in self._cited.items()}
        listed = {
            slug: f"{own[slug]} {' '.join([item.edition.id for item in found])}"
            for slug, found in appearances.items()
            if slug in own
        }
        return own | listed

    @cached_property
    def _cited(self) -> Mapping[str, str]:
        """Slug -> stamp of all that the paper's citations are made of."""
        keys = self.references.keys_of
        return {slug: f"{digest} {keys[slug]}" for slug, digest in self.digests.items()}

    @cached_property
    def _catalogued(self) -> Mapping[str, str]:
        """Slug -> stamp of all that the paper's entry in the catalogue is made of."""
        analysis, appearances = self.analysis, self.library.appearances
        stamps = stamps_of(analysis)
        tags, related = stamps["tags"], stamps["related"]
        return {
            slug: "\0".join(
                [
                    digest,
                    tags[slug],
                    related[slug],
                    *[
                        f"{item.edition.id}\1{item.edition.date}\1{item.comments}"
                        for item in appearances.get(slug, ())
                    ],
                ]
            )
            for slug, digest in self.digests.items()
        }

    @cached_property
    def digests(self) -> Mapping[str, str]:
        """Slug -> digest of all that the paper's file says."""
        papers = self.library.papers
        return {
            slug: digest or stamp(repr(papers[slug]))
            for slug, digest in self.library.paper_digests.items()
        }

    @cached_property
    def edition_names(self) -> Mapping[str, str]:
        """What the editions are called, by id."""
        return edition_names(self.library.editions.values())


def paper_paths(slug: str) -> tuple[str, ...]:
    """The paths of a paper's own files below the site's root."""
    folder = f"papers/{slug}"
    return (*(f"{folder}/cite.{ending}" for ending in citations.FORMATS), f"{folder}/index.md")


def publish_papers(slugs: Iterable[str], publication: Publication) -> dict[str, str]:
    """The own files of some papers, path below the site's root -> text: citations, and the paper
    as plain Markdown."""
    library, analysis = publication.library, publication.analysis
    entries = {ending: publication.forms[ending] for ending in citations.FORMATS}
    files: dict[str, str] = {}
    for slug in slugs:
        files |= citations.paper_files(entries, slug)
        files[f"papers/{slug}/index.md"] = paper_text(
            library,
            analysis,
            library.papers[slug],
            publication.site,
            publication.edition_names,
        )
    return files


def publish_lists(publication: Publication, memory: Memory | None = None) -> dict[str, Output]:
    """All files of many papers, path below the site's root -> file; a file of all pieces of a form
    stands before those of some."""
    # What writes XML loads a quarter of Python's library: whoever only names files needs it not.
    from builder.exports.feeds import feed_outputs

    library, analysis, site = publication.library, publication.analysis, publication.site
    catalogued = publication.forms["catalogue"]
    texts = {
        "api/papers.schema.json": schema(site),
        **content_schemas(library.vocabulary, site),
        "api/changes.json": changes(library, publication.timeline),
        "robots.txt": robots_txt(site),
        "llms.txt": llms_txt(library, analysis, site),
        **({"opensearch.xml": opensearch_xml(site)} if site.url else {}),
        **redirect_files(library.redirects, site),
    }
    return {
        "api/papers.json": catalogue.joined(catalogued, tuple(library.papers)),
        **catalogue.joined_shards(library, catalogued),
        **citations.list_files(library, analysis, publication.forms),
        **feed_outputs(
            publication.feeds,
            library,
            analysis,
            publication.timeline,
            site,
            digests=publication.digests,
            memory=memory,
        ),
        **{path: ready(text) for path, text in texts.items()},
    }


def publish(
    library: Library,
    analysis: Analysis,
    site: Site,
    *,
    timeline: Timeline,
    feeds: tuple[FeedInfo, ...],
    references: References,
) -> dict[str, str]:
    """Path below the site's root -> text of every file."""
    publication = Publication(
        library=library,
        analysis=analysis,
        site=site,
        timeline=timeline,
        feeds=feeds,
        references=references,
    )
    return {
        **publish_papers(library.papers, publication),
        **{path: file.text() for path, file in publish_lists(publication).items()},
    }
