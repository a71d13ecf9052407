"""Every paper of content/, written and read back by other programs than the one that wrote."""

import codecs
import json
import re
import shutil
import subprocess
import unicodedata
import warnings
import xml.etree.ElementTree as etree

import jsonschema
import latexcodec  # noqa: F401 - registers the codec
import pybtex.database
import pytest
from citeproc.source.json import CiteProcJSON

from builder import library
from builder.citation import Reference, bibtex, csl, references, ris
from builder.citation.names import Name
from tests.conftest import DATA
from tests.projects import ROOT

MODS = "{http://www.loc.gov/mods/v3}"
# Commands that latexcodec does not know.
COMMANDS = {"\\texttwosuperior": "²", "\\textbraceleft": "{", "\\textbraceright": "}"}


@pytest.fixture(scope="module")
def cited() -> dict[str, Reference]:
    """Key -> reference, of all papers."""
    made = references(library.load(ROOT / "content").papers)
    return {item.key: item for item in made.values()}


def plain(latex: str) -> str:
    """LaTeX as plain text, mathematics without its dollar signs."""
    pieces = []
    for index, piece in enumerate(re.split(r"(?<!\\)\$", latex)):
        if index % 2 == 0:
            for command, sign in COMMANDS.items():
                piece = piece.replace(f"{{{command}}}", sign)
            # The codec takes leading space for the end of a command.
            lead = piece[: len(piece) - len(piece.lstrip())]
            piece = lead + codecs.decode(piece.lstrip(), "ulatex")
            piece = re.sub(r"(?<!\\)[{}]", "", piece)
        pieces.append(piece)
    return normal("".join(pieces))


def normal(text: str) -> str:
    """Signs that BibTeX files write alike: quotation marks, dashes, spaces."""
    text = unicodedata.normalize("NFC", text).replace("\\$", "$")
    for signs, sign in (("“”", '"'), ("‘’", "'"), ("–", "--"), ("\N{NO-BREAK SPACE}", " ")):
        for other in signs:
            text = text.replace(other, sign)
    return text.replace("``", '"').replace("''", '"')


def person(name: Name) -> tuple[str, str, str]:
    return name.given, name.sorting, name.suffix


def read_person(found: pybtex.database.Person) -> tuple[str, str, str]:
    """Given name, family name with its particles, suffix."""
    given = " ".join(found.first_names + found.middle_names)
    family = " ".join(found.prelast_names + found.last_names)
    return plain(given), plain(family), plain(" ".join(found.lineage_names))


def test_keys_are_different_ascii_and_readable(cited):
    assert len(cited) == len(library.load(ROOT / "content").papers)
    for key in cited:
        assert re.fullmatch(r"[a-z0-9]+-[0-9a-z]{3}", key), key
        assert cited[key].year is None or re.search(r"(19|20)\d\d", key), key


def test_pybtex_reads_every_entry_back_field_by_field(cited):
    found = pybtex.database.parse_string(bibtex(cited.values()), "bibtex")
    assert list(found.entries) == list(cited)
    types = {"conference": ("inproceedings", "booktitle"), "journal": ("article", "journal")}
    for key, item in cited.items():
        entry = found.entries[key]
        other = ("misc", "howpublished")
        kind, place = types.get(item.kind, other) if item.year else other
        assert entry.type == kind, key
        people = list(map(read_person, entry.persons["author"]))
        if item.more_authors:
            assert people.pop() == ("", "others", ""), key
        assert people == [person(name) for name in item.authors], key
        assert plain(entry.fields["title"]) == normal(item.title.replace("$", "")), key
        expected = {
            "year": item.year and str(item.year),
            "eprint": item.arxiv,
            "archiveprefix": "arXiv" if item.arxiv else None,
            "doi": item.doi,
            "url": item.url,
            place: item.venue and item.venue.title,
            "volume": item.venue and item.venue.volume,
            "number": item.venue and item.venue.issue,
            "pages": item.venue and item.venue.pages,
        }
        given = {name: plain(entry.fields[name]) for name in entry.fields if name != "title"}
        assert given == {name: value for name, value in expected.items() if value}, key


@pytest.mark.skipif(shutil.which("bibtex") is None, reason="BibTeX is not installed")
@pytest.mark.parametrize("style", ["plain", "alpha"])
def test_bibtex_compiles_every_entry_without_a_warning(cited, tmp_path, style):
    (tmp_path / "library.bib").write_text(bibtex(cited.values()), encoding="utf-8")
    (tmp_path / "paper.aux").write_text(
        f"\\relax\n\\citation{{*}}\n\\bibstyle{{{style}}}\n\\bibdata{{library}}\n"
    )
    done = subprocess.run(
        ["bibtex", "paper"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout
    assert "warning" not in done.stdout.lower(), done.stdout
    made = (tmp_path / "paper.bbl").read_text(encoding="utf-8")
    assert made.count("\\bibitem") == len(cited)
    assert "{LoRA}" in made


def test_the_csl_schema_and_a_citation_processor_accept_every_item(cited):
    items = json.loads(csl(cited.values()))
    schema = json.loads((DATA / "schemas/csl-data.json").read_text())
    jsonschema.Draft7Validator(schema).validate(items)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read = CiteProcJSON(items)
    assert list(read) == [key.lower() for key in cited]
    for key, item in cited.items():
        found = read[key.lower()]
        assert str(found.title) == item.plain_title
        assert int(found.issued.year) == item.year if item.year else "issued" not in found
        names = [(n.get("given", ""), n.get("family", n.get("literal"))) for n in found.author]
        assert names == [(name.given, name.sorting) for name in item.authors], key
        assert str(found.get("DOI", "")) == (item.doi or "")


def test_every_ris_line_is_a_tag_and_every_record_is_closed(cited):
    text = ris(cited.values())
    records = text.split("ER  - ")
    assert records.pop().strip() == ""
    assert len(records) == len(cited)
    for record, (key, item) in zip(records, cited.items(), strict=True):
        lines = [line for line in record.splitlines() if line]
        assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - \S.*", line) for line in lines), key
        values = {}
        for line in lines:
            values.setdefault(line[:2], []).append(line[6:])
        assert lines[0].startswith("TY  - ")
        assert values["ID"] == [key]
        assert values["TI"] == [item.plain_title]
        assert values["AU"] == [
            name.inverted if name.family else f"{name.printed}," for name in item.authors
        ]
        assert values.get("PY") == ([str(item.year)] if item.year else None)


@pytest.mark.skipif(shutil.which("ris2xml") is None, reason="bibutils are not installed")
def test_bibutils_read_every_ris_record_back(cited, tmp_path):
    path = tmp_path / "library.ris"
    path.write_text(ris(cited.values()), encoding="utf-8")
    done = subprocess.run(["ris2xml", path.name], cwd=tmp_path, capture_output=True, check=True)
    assert b"not recognize" not in done.stderr
    items = etree.fromstring(done.stdout.lstrip(b"\xef\xbb\xbf"))
    assert len(items) == len(cited)
    for found, (key, item) in zip(items, cited.items(), strict=True):
        assert found.get("ID") == key
        title = found.find(f"{MODS}titleInfo")
        assert _letters("".join(map(_text, title))) == _letters(item.plain_title), key
        people = [
            " ".join(map(_text, name.iter(f"{MODS}namePart")))
            for name in found.iterfind(f"{MODS}name")
        ]
        assert [_letters(name) for name in people] == [
            _letters(f"{name.given} {name.sorting} {name.suffix}") for name in item.authors
        ], key
        # bibutils know no DOI of a conference paper.
        ids = {node.get("type"): node.text for node in found.iter(f"{MODS}identifier")}
        assert item.kind == "conference" or ids.get("doi") == item.doi, key
        host = found.find(f"{MODS}relatedItem[@type='host']/{MODS}titleInfo/{MODS}title")
        if item.venue:
            assert host is not None and _letters(_text(host)) in _letters(item.venue.title)


def _text(node: etree.Element) -> str:
    return (node.text or "").strip()


def _letters(text: str) -> str:
    """The letters of a name: bibutils write initials apart."""
    return "".join(sorted(re.sub(r"[\W_]", "", text).casefold()))
