"""Pagefind's files: read, and put in a fixed order."""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.site import bundle, search
from tests.projects import files_of

PAGE = """<!doctype html><html lang="en"><head><title>{title}</title></head><body>
<main data-pagefind-body><h1 data-pagefind-meta="title">{title}</h1>
<span data-pagefind-filter="kind:paper"></span>
<span data-pagefind-filter="year:{year}"></span><span data-pagefind-filter="tag:{tag}"></span>
<span data-pagefind-sort="date:{year}"></span><span data-pagefind-sort="title:{title}"></span>
<p>A paper crane of {year}, folded by Jörg and José.</p></main></body></html>"""


def make_site(folder: Path, numbers=range(40)) -> Path:
    for number in numbers:
        page = folder / f"papers/crane-{number:02}" / "index.html"
        page.parent.mkdir(parents=True)
        page.write_text(
            PAGE.format(title=f"Crane {number:02}", year=2000 + number, tag=f"Tag {number % 7}"),
            encoding="utf-8",
        )
    return folder


@pytest.fixture(scope="module")
def raw(tmp_path_factory) -> Path:
    """The bundle as Pagefind leaves it."""
    site = make_site(tmp_path_factory.mktemp("raw"))
    subprocess.run(
        [sys.executable, "-m", "pagefind", "--site", str(site), "--silent"], check=True, cwd=site
    )
    return site / "pagefind"


def test_two_runs_over_the_same_pages_give_the_same_bytes(tmp_path):
    # Folders list their files in the order in which they were made, or in none.
    sites = [make_site(tmp_path / "one"), make_site(tmp_path / "another", range(39, -1, -1))]
    for site in sites:
        search.index(site)
    one, another = (files_of(site) for site in sites)
    assert one == another
    assert any(name.endswith(".pf_filter") for name in one)


def test_what_the_site_does_not_use_is_dropped(tmp_path):
    site = make_site(tmp_path / "site")
    search.index(site)
    names = {path.name for path in (site / "pagefind").iterdir()}
    assert names.isdisjoint(bundle.UNUSED)
    assert {"pagefind.js", "pagefind-worker.js", "wasm.en.pagefind", "pagefind-entry.json"} < names


def test_fragments_tell_what_was_indexed(raw):
    found = list(bundle.fragments(raw))
    assert [fragment.url for fragment in found[:2]] == ["/papers/crane-00/", "/papers/crane-01/"]
    assert found[0].meta["title"] == "Crane 00"
    assert found[0].filter("year") == "2000"
    assert found[0].filter("venue") == ""
    assert "folded by Jörg and José." in found[0].content
    assert (raw / "fragment" / f"{found[0].id}.pf_fragment").is_file()


def test_settling_keeps_every_filter_and_sort_order(raw, tmp_path):
    copy = Path(shutil.copytree(raw, tmp_path / "pagefind"))
    before = _contents(copy)
    bundle.settle(copy)
    assert _contents(copy) == before


def _contents(folder: Path) -> dict[str, object]:
    """All filters and sort orders by name, whatever order they are written in."""
    entry = json.loads((folder / "pagefind-entry.json").read_text())
    meta = bundle._read(folder / f"pagefind.{entry['languages']['en']['hash']}.pf_meta")
    filters = {}
    for name, file in meta[3]:
        written, values = bundle._read(folder / "filter" / f"{file}.pf_filter")
        assert written == name
        filters[name] = dict(values)
    assert {"kind", "year", "tag"} == filters.keys()
    return {"filters": filters, "sorts": dict(meta[4]), "pages": meta[1], "chunks": meta[2]}


VALUES = st.recursive(
    st.integers(-(2**40), 2**40) | st.text(max_size=300),
    lambda inner: st.lists(inner, max_size=30),
    max_leaves=60,
)


@given(VALUES)
def test_what_is_written_is_read_again(value):
    data = bundle._encode(value)
    assert bundle._decode(data, 0) == (value, len(data))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"no gzip at all", "Not a gzipped file"),
        (gzip.compress(b"another signature"), "no Pagefind signature"),
        (gzip.compress(bundle.SIGNATURE + b"\x82\x01"), "the file ends early"),
        (gzip.compress(bundle.SIGNATURE + b"\x63ab"), "the file ends early"),
        (gzip.compress(bundle.SIGNATURE + b"\xa1\x01\x02"), "a value of unknown type 5"),
        (gzip.compress(bundle.SIGNATURE + b"\x18\x01"), "unexpected form"),
        (gzip.compress(bundle.SIGNATURE + b"\x81\x01"), "unexpected form"),
    ],
)
def test_a_file_of_another_form_is_refused(raw, tmp_path, content, message):
    copy = Path(shutil.copytree(raw, tmp_path / "pagefind"))
    next(copy.glob("*.pf_meta")).write_bytes(content)
    with pytest.raises(bundle.UnknownBundle, match=message):
        bundle.settle(copy)


def test_a_fragment_of_another_form_is_refused(raw, tmp_path):
    copy = Path(shutil.copytree(raw, tmp_path / "pagefind"))
    fragment = next((copy / "fragment").iterdir())
    fragment.write_bytes(gzip.compress(bundle.SIGNATURE + b'{"url": "/"}'))
    with pytest.raises(bundle.UnknownBundle, match=f"{fragment.name}: 'content'"):
        list(bundle.fragments(copy))


def test_settings_meant_for_other_sites_are_not_obeyed(tmp_path, monkeypatch):
    monkeypatch.setenv("PAGEFIND_OUTPUT_SUBDIR", "elsewhere")
    monkeypatch.chdir(tmp_path)
    Path("pagefind.yml").write_text("output_subdir: nowhere\n")
    site = make_site(tmp_path / "site")
    search.index(site)
    assert sorted(path.name for path in site.iterdir()) == ["pagefind", "papers", "search"]
