"""How papers are cited: names, venues, keys, and the formats of reference managers."""

from builder.citation.bibtex import bibtex
from builder.citation.csl import csl
from builder.citation.prose import prose
from builder.citation.reference import Reference, References, references
from builder.citation.ris import ris

__all__ = ["Reference", "References", "bibtex", "csl", "prose", "references", "ris"]
